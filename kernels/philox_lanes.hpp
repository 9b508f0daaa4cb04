// Philox in every lane at once, each lane with a counter of its own: the words of kernels/philox.hpp, as uniforms.
#pragma once

#include <Random123/philox.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "kernels/philox.hpp"
#include "kernels/twin.hpp"
#include "kernels/vector.hpp"

namespace truce {
inline namespace TRUCE_ISA {

/// The two words of the key that each round adds, a word in each 64-bit number.
struct KeySchedule {
  std::uint64_t word[2][philox4x32_rounds];
  explicit KeySchedule(const std::array<std::uint32_t, 2>& key = {}) {
    std::uint32_t a = key[0], b = key[1];
    for (int round = 0; round < philox4x32_rounds; ++round, a += PHILOX_W32_0, b += PHILOX_W32_1) {
      word[0][round] = a;
      word[1][round] = b;
    }
  }
};

/// Counters of many lanes, [word][lane], a 32-bit word in each 64-bit number.
template <int lanes>
struct Counters {
  alignas(64) std::uint64_t word[4][lanes];
};

/// n words side by side, each in the low half of 64 bits; the high halves hold anything.
template <int n>
struct WordLanes {
  typedef std::uint64_t Words __attribute__((vector_size(n * 8)));
  typedef Words InMemory __attribute__((may_alias, aligned(8)));
  struct Block {
    Words word[4];
  };

  /// Low half times `factor`, 64 bits.
  static Words product(const Words& a, std::uint32_t factor) {
#ifdef __AVX512F__
    if constexpr (n == 8)
      return reinterpret_cast<Words>(
          _mm512_mul_epu32(reinterpret_cast<__m512i>(a), _mm512_set1_epi64(static_cast<long long>(factor))));
#endif
#ifdef __AVX2__
    if constexpr (n == 4)
      return reinterpret_cast<Words>(
          _mm256_mul_epu32(reinterpret_cast<__m256i>(a), _mm256_set1_epi64x(static_cast<long long>(factor))));
#endif
    return (a & 0xffffffffU) * static_cast<std::uint64_t>(factor);
  }

  /// Ten rounds (Salmon et al. 2011) on the counters from `first` on.
  template <int lanes>
  static Block philox(const Counters<lanes>& counters, int first, const KeySchedule& key) {
    Block x;
    for (int i = 0; i < 4; ++i) x.word[i] = *reinterpret_cast<const InMemory*>(&counters.word[i][first]);
#pragma GCC unroll 10
    for (int round = 0; round < philox4x32_rounds; ++round) {
      const Words a = product(x.word[0], PHILOX_M4x32_0), b = product(x.word[2], PHILOX_M4x32_1);
      x = {{(b >> 32) ^ x.word[1] ^ key.word[0][round], b, (a >> 32) ^ x.word[3] ^ key.word[1][round], a}};
    }
    return x;
  }
};

/// Four uniforms a lane, from word 0 to 3 of the block that each lane's counter names.
template <class Real>
struct Uniforms;

template <class T>
requires std::is_floating_point_v<T>
struct Uniforms<T> {
  template <int lanes>
  static std::array<T, 4> draw(const Counters<lanes>& counters, int first, const KeySchedule& key) {
    Words counter;
    for (std::size_t i = 0; i < 4; ++i) counter[i] = static_cast<std::uint32_t>(counters.word[i][first]);
    const Words words =
        philox(counter, {static_cast<std::uint32_t>(key.word[0][0]), static_cast<std::uint32_t>(key.word[1][0])});
    return {uniform_as<T>(words[0]), uniform_as<T>(words[1]), uniform_as<T>(words[2]), uniform_as<T>(words[3])};
  }
};

/// 1 + k 2^-32 is a double whose bits are those of k below the exponent; less 1 - 2^-33 it is (k + 1/2) 2^-32, exactly.
template <int n>
struct Uniforms<Vector<double, n>> {
  using V = Vector<double, n>;
  template <int lanes>
  static std::array<V, 4> draw(const Counters<lanes>& counters, int first, const KeySchedule& key) {
    const auto block = WordLanes<n>::philox(counters, first, key);
    std::array<V, 4> u;
    for (std::size_t i = 0; i < 4; ++i)
      u[i] = V((block.word[i] << 32) >> 12 | std::bit_cast<std::uint64_t>(1.0)) - V(1.0 - 0x1p-33);
    return u;
  }
};

/// The same in float, of the upper 23 bits.
template <int n>
struct Uniforms<Vector<float, n>> {
  using V = Vector<float, n>;
  using Half = typename WordLanes<n / 2>::Words;

  /// The low halves of both.
  template <std::size_t... lane>
  static typename V::Words packed(const Half& lo, const Half& hi, std::index_sequence<lane...>) {
    typedef std::uint32_t Packed __attribute__((vector_size(n / 2 * 4)));
    return __builtin_shufflevector(__builtin_convertvector(lo, Packed), __builtin_convertvector(hi, Packed), lane...);
  }

  template <int lanes>
  static std::array<V, 4> draw(const Counters<lanes>& counters, int first, const KeySchedule& key) {
    constexpr int half = n / 2;
    const auto lo = WordLanes<half>::philox(counters, first, key);
    const auto hi = WordLanes<half>::philox(counters, first + half, key);
    std::array<V, 4> u;
    for (std::size_t i = 0; i < 4; ++i) {
      const auto words = packed(lo.word[i], hi.word[i], std::make_index_sequence<n>());
      u[i] = V(words >> 9 | std::bit_cast<std::uint32_t>(1.0F)) - V(1.0 - 0x1p-24);
    }
    return u;
  }
};

template <class Half>
struct Uniforms<Twin<Half>> {
  template <int lanes>
  static std::array<Twin<Half>, 4> draw(const Counters<lanes>& counters, int first, const KeySchedule& key) {
    const auto lo = Uniforms<Half>::draw(counters, first, key);
    const auto hi = Uniforms<Half>::draw(counters, first + Lanes<Half>::count, key);
    return {Twin<Half>(lo[0], hi[0]), Twin<Half>(lo[1], hi[1]), Twin<Half>(lo[2], hi[2]), Twin<Half>(lo[3], hi[3])};
  }
};

}  // namespace TRUCE_ISA
}  // namespace truce
