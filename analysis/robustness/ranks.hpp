// The order in which a metric puts the policies.
#pragma once

#include <span>
#include <vector>

namespace truce::analysis {

/// Of each policy: 1 and the number of policies that are better; NaN where any value is missing. `better`: 1 if more is
/// better, -1 if less is.
std::vector<double> ranks(std::span<const double> values, int better);

/// How often resamples agree with all points: shares of the resamples, those with a missing value agreeing with
/// nothing.
struct RankStability {
  double order = 0;            ///< all ranks are the same
  std::vector<double> policy;  ///< [policy]: its rank is the same
};

/// `resamples`: [resample][policy]. NaN where `values` has a missing one, or there are no resamples.
RankStability rank_stability(std::span<const double> values, std::span<const std::vector<double>> resamples,
                             int better);

}  // namespace truce::analysis
