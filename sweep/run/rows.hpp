// Between tallies and rows: the layout of a plan's result file, and the writing of one row.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sweep/base/units.hpp"
#include "sweep/run/tally.hpp"
#include "sweep/store/frames.hpp"
#include "sweep/store/layout.hpp"
#include "sweep/study/design.hpp"
#include "sweep/study/plan.hpp"

namespace truce {

/// The layout that follows from a plan alone.
Layout layout_of(const Plan& plan);

/// How a plan's units map to rows of its result file.
RowMap row_map_of(const Plan& plan);

/// Series have differences where siblings share random numbers: policies, and the members of a pair.
bool has_differences(const Plan& plan);

/// How many references tally_sibling needs of its tallier.
std::size_t references_of(const Plan& plan);

/// The tally of a sibling, whose differences are taken from its member at the first policy; but those of `to` from
/// `from` at the same policy. The siblings of a unit must come one policy after the other, in each its members in
/// order.
const Tally& tally_sibling(const Plan& plan, Tallier& tallier, const Runs& runs, std::int64_t policy, int member);

/// The tallies of a plan's points.
TallyShape tally_shape_of(const Plan& plan);

/// Replicates of a chunk of a base point, where all points have as many.
std::uint32_t replicates_of(const Plan& plan, std::int64_t chunk);

/// Bytes of a unit in a frame: its share of the rows, or (`partial`) a tally of every sibling.
double bytes_of_unit(const Plan& plan, const Layout& layout, bool partial);

/// Writes rows in the columnar form of a frame: `payload` holds `rows` rows of every row column.
class RowWriter {
 public:
  /// What `payload` views must outlive the writer.
  RowWriter(const Layout& layout, std::int64_t rows, std::span<std::byte> payload);
  /// The part of a row of `point` that one policy fills.
  void point(std::int64_t row, std::int64_t policy, const TallyShape& shape, const Tally& tally);
  /// One row of `run`.
  void run(std::int64_t row, std::span<const double> outcomes, bool failed);

 private:
  /// A row column in the payload.
  struct Slot {
    std::byte* first;
    std::size_t row_bytes, value_bytes;
    Type type;
  };
  void put(std::size_t slot, std::int64_t row, std::size_t element, double value);
  std::vector<Slot> slots_;
  std::vector<double> survival_;
};

/// Value of a computed column at a row (inputs, base, member, point, policy, replicate).
class Computed {
 public:
  /// Both must outlive it.
  Computed(const Plan& plan, const Layout& layout);
  /// `count` rows from `first` of column `column`, little endian.
  void fill(std::size_t column, std::int64_t first, std::int64_t count, std::span<std::byte> into) const;

 private:
  const Plan& plan_;
  const Layout& layout_;
  Design design_;
};

}  // namespace truce
