// The number type's operations as plain function pointers, so that plain code can compare instruction sets.
#pragma once

#include <cstdint>

namespace truce::testing {

inline constexpr int most_operations = 40, most_lanes = 32;

/// What operations made, [operation][lane]; a mask as 1 and 0.
template <class T>
struct Results {
  const char* names[most_operations];
  T values[most_operations][most_lanes];
  int count;
};

/// One number type (T in `registers` parts) of one instruction set.
template <class T>
struct Vocabulary {
  int lanes = 1, registers = 1;
  /// Every operation on a, b and c, [lane].
  void (*apply)(const T* a, const T* b, const T* c, Results<T>& results) = nullptr;
  /// Uniforms of one Philox block a lane: counters [word][lane], key of two words; uniforms [word][lane].
  void (*draw)(const std::uint64_t* counters, const std::uint32_t* key, T* uniforms) = nullptr;
  /// Takes the first runs of `left` and gives what is left; `spread` [lane] is x of those runs, `variants` [pass][lane]
  /// the numbers 100 to 107.
  std::uint64_t (*spread)(const T* x, std::uint64_t left, T* spread, T* variants) = nullptr;
};

/// Number types of one instruction set.
struct Vocabularies {
  Vocabulary<double> in_double[8];
  Vocabulary<float> in_float[8];
  int doubles = 0, floats = 0;
};

}  // namespace truce::testing
