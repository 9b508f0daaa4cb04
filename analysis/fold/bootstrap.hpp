// Bootstrap over groups of base points: weights that are the same for all outcomes, and percentile intervals.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <functional>
#include <span>

#include "analysis/fold/groups.hpp"

namespace truce::analysis {

struct Interval {
  double low, high;
};

/// How often each resample draws each group: [resample][group], Poisson with mean 1 (the bootstrap of large samples in
/// one pass; Chamandy et al. 2012), from the random stream keyed by (seed, group, resample). A resample that draws
/// nothing has weight 1 for every group.
GroupSums bootstrap_weights(std::uint64_t seed, std::int64_t groups, std::int64_t resamples);

/// Sums of every resample: [resample][sum], the product of weights and sums.
GroupSums resampled(const GroupSums& weights, const GroupSums& sums);

/// Sums over all groups, in order.
Eigen::ArrayXd total(const GroupSums& sums);

/// Central interval of `level` (0.95) between quantiles of the finite values (linear interpolation, as numpy's
/// default); NaN if fewer than two are finite. Reorders `values`.
Interval percentile_interval(std::span<double> values, double level);

/// What a statistic of sums says: on all groups, and its interval over the resamples.
struct Estimate {
  double value, low, high;
};
using Statistic = std::function<double(std::span<const double> sums)>;
/// `sums_of_resamples` as returned by `resampled`.
Estimate estimate(const Eigen::ArrayXd& total, const GroupSums& sums_of_resamples, double level,
                  const Statistic& statistic);

}  // namespace truce::analysis
