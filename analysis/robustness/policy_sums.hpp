// The columns that groups sum up for one policy, and the profile that can be read from them.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "analysis/fold/histogram.hpp"
#include "analysis/robustness/metrics.hpp"

namespace truce::analysis {

/// What is measured of a policy at a point. A division by 0 gives `beyond`.
enum Quantity { performance, regret_higher, regret_lower, relative_higher, relative_lower, departure, quantities };
inline constexpr double beyond = 1e100;
using Measured = std::array<double, quantities>;

/// Measures every policy at a point: `f` over the policies, `baseline` f at the baseline point.
void measure(std::span<const double> f, std::span<const double> baseline, std::span<Measured> into);

/// Bins of the quantities, and which column of a policy is which: counts of each bin, then what is summed and what is
/// the greatest. A bin is a run of a histogram's bins.
class PolicySums {
 public:
  static constexpr std::size_t performance_bins = 64, tail_bins = 20;
  static constexpr std::size_t binned = performance_bins + (quantities - 1) * tail_bins;
  /// Columns behind the bins; from `extremes` on they are greatest values, NaN where a group has no point.
  enum Column : std::size_t {
    count = binned,
    sum,
    squares,
    satisfied_higher,
    satisfied_lower,
    best_higher,
    best_lower,
    extremes,
    minus_least = extremes,
    greatest_f,
    most_regret_higher,
    most_regret_lower,
    near_higher,
    near_lower,
    columns
  };

  /// Bins of equal probability from the policy's histograms, [quantity], which must outlive this.
  explicit PolicySums(std::span<const Histogram> histograms);
  /// Adds a point to a group's columns. `distance`: from the defaults; `threshold` as of `profiles`.
  void add(const Measured& measured, double threshold, double distance, std::span<double> into) const;
  /// `farthest`: radius where no point fails.
  Profile profile(std::span<const double> sums, Goal goal, double farthest) const;

 private:
  std::vector<Heap> heaps(std::span<const double> sums, Quantity quantity) const;

  /// Bins of one quantity: which histogram bin goes where, and what each bin holds.
  struct Bins {
    std::vector<std::uint8_t> of;  ///< [bin of the histogram]
    std::vector<Heap> heaps;       ///< count 0
  };
  static Bins bins_of(const Histogram& histogram, std::span<const double> edges);

  std::span<const Histogram> histograms_;
  std::array<Bins, quantities> bins_;
  double pilot_;
};

}  // namespace truce::analysis
