// Quantiles of more values than fit into memory, from a histogram with fixed edges.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace truce::analysis {

/// So many values from `low` to `high`, evenly between them.
struct Heap {
  double count = 0, low = 0, high = 0;
};

/// The quantile at p of values that are given in rising order, by Hazen's rule: the k-th of n stands at (k - 1/2) / n,
/// and between them it is linear (Hyndman & Fan 1996, type 5; numpy's `hazen`). NaN if there are none.
double quantile(std::span<const Heap> heaps, double p);

/// Mean of how far the values lie below `value`, or above it; 0 for those on the other side. A heap counts at its
/// middle.
double mean_short_of(std::span<const Heap> heaps, double value, bool below);

/// Equal bins from `low` to `high`, and one for what is above; whole counts, so that they can be added in any order.
/// A quantile is off by at most half of `bin_width`, and not at all where all values are alike.
class Histogram {
 public:
  static constexpr std::size_t bins = 8192;
  Histogram() = default;
  Histogram(double low, double high) : low_(low), high_(high), counts_(bins + 1, 0) {}
  /// The bin of a value that is not NaN; `bins` if it is above `high`.
  std::size_t bin_of(double value) const;
  void add(double value) { ++counts_[bin_of(value)]; }
  double bin_width() const { return (high_ - low_) / bins; }
  /// Of the values in a bin: its middle, of the first and the last bin the end of the range; infinite above it.
  double value_of(std::size_t bin) const;
  /// Of the bins that hold something.
  std::vector<Heap> heaps() const;
  double quantile(double p) const { return analysis::quantile(heaps(), p); }
  std::span<std::int64_t> counts() { return counts_; }
  std::span<const std::int64_t> counts() const { return counts_; }

 private:
  double low_ = 0, high_ = 0;
  std::vector<std::int64_t> counts_;
};

}  // namespace truce::analysis
