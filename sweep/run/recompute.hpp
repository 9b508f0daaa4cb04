// Computes base points of a sealed result again, with the plain code, and compares every number bit for bit.
#pragma once

#include <cstdint>

#include "sweep/run/block_run.hpp"
#include "sweep/run/open_result.hpp"
#include "sweep/run/rows.hpp"

namespace truce {

/// One lane wide, on the plainest instruction set.
class Recomputation {
 public:
  /// `opened` must outlive it.
  explicit Recomputation(const OpenResult& opened);
  /// All inputs and outcomes of base point `base`. Throws Error(corrupt), naming the column, if the file has other
  /// bits.
  void compare(std::int64_t base);

 private:
  void compare_column(std::size_t column, Range rows, std::span<const std::byte> expected);
  const OpenResult& opened_;
  Design design_;
  Layout layout_;
  Computed computed_;
  BlockRun block_;
};

}  // namespace truce
