// Between tallies and rows: the layout of a plan's result file, and the writing of one row.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "sweep/run/tally.hpp"
#include "sweep/store/layout.hpp"
#include "sweep/study/design.hpp"
#include "sweep/study/plan.hpp"

namespace truce {

/// The layout that follows from a plan alone.
Layout layout_of(const Plan& plan);

/// Rows of the file's first dimension in `count` units from `first` (whole base points, or runs).
struct RowRange {
  std::int64_t first = 0, count = 0;
};
RowRange rows_of(const Plan& plan, std::int64_t first_unit, std::int64_t units);

/// Replicates of a chunk of a base point (1,024, or what is left).
std::uint32_t replicates_of(const Plan& plan, std::int64_t chunk);

/// Writes rows in the columnar form of a frame: `payload` holds `rows` rows of every row column.
class RowWriter {
 public:
  RowWriter(const Layout& layout, std::int64_t rows, std::span<std::byte> payload);
  /// One row of `point` from its tallies, [policy][TallyShape::size].
  void point(std::int64_t row, const TallyShape& shape, std::span<const double> tallies);
  /// One row of `run`.
  void run(std::int64_t row, const Kernel& kernel, std::span<const double> outcomes, bool failed);

 private:
  void put(std::size_t column, std::int64_t row, std::size_t element, double value);
  const Layout& layout_;
  std::vector<std::size_t> columns_;  ///< row columns
  std::vector<std::size_t> offsets_;
  std::span<std::byte> payload_;
};

/// Value of a computed column at a row (inputs, base, member, point, policy, replicate).
class Computed {
 public:
  Computed(const Plan& plan, const Layout& layout);
  /// `count` rows from `first` of column `column`, little endian.
  void fill(std::size_t column, std::int64_t first, std::int64_t count, std::span<std::byte> into) const;

 private:
  const Plan& plan_;
  const Layout& layout_;
  Design design_;
};

}  // namespace truce
