// The tally of one point (or of one chunk of its replicates): counts, moments and survival, mergeable in order.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sweep/run/moments.hpp"
#include "sweep/run/tally_shape.hpp"

namespace truce {

/// A tally and which of its bins are not zero (TallyShape::words).
struct Tally {
  std::vector<double> numbers;
  std::vector<std::uint64_t> used;
};

/// A tally of nothing.
Tally empty_tally(const TallyShape& shape);

/// Makes tallies, one after the other, in the same memory.
class Tallier {
 public:
  /// `shape` must outlive the tallier. `references`: how many siblings differences can be taken from at a time.
  explicit Tallier(const TallyShape& shape, std::size_t references = 1);
  /// Sets the sibling that differences are taken from as number `reference`, until the next call with this number.
  void set_reference(const Runs& runs, std::size_t reference = 0);
  /// Tally of at most 1,024 replicates in index order, as many as those of the reference if there are differences.
  /// Valid until the next call.
  const Tally& tally(const Runs& runs, std::size_t reference = 0);

 private:
  void count_times(const Runs& runs);
  void count_values(const Runs& runs);
  const TallyShape& shape_;
  Tally tally_;
  std::vector<SeriesTable> references_;
  SeriesTable table_;
};

/// Merges a later chunk into an earlier one (Chan, Golub & LeVeque 1979); into an empty one it is copied. The bins in
/// use of `into` are not found: see find_used.
void merge(const TallyShape& shape, const Tally& later, std::span<double> into);

/// Finds the bins in use of a merged tally.
void find_used(const TallyShape& shape, Tally& tally);

/// Kaplan-Meier survival at the curve's months, as many as `into` holds; NaN where nobody is at risk any more.
void survival(const TallyShape& shape, std::size_t curve, const Tally& tally, std::span<double> into);

/// The quantiles that a histogram gives.
inline constexpr std::array<int, 5> quantile_percents{5, 25, 50, 75, 95};

/// Quantiles of a histogram's outcome, one for each of `quantile_percents`: each lies in the same bin as the smallest
/// value that is not exceeded by this share of the runs (the inverse of their empirical distribution), so it is off by
/// less than a bin width. `lo` or `hi` where that value is beyond them; NaN if the outcome is defined in no run.
void quantiles(const TallyShape& shape, std::size_t histogram, const Tally& tally, std::span<double> into);

}  // namespace truce
