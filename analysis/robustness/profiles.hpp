// What robustness needs of one outcome, from three passes over its points: profiles of all policies, and of resamples.
#pragma once

#include <optional>
#include <vector>

#include "analysis/fold/bootstrap.hpp"
#include "analysis/robustness/baseline.hpp"
#include "analysis/robustness/metrics.hpp"

namespace truce::analysis {

/// Of one outcome. A point counts if the outcome is defined there under every policy; of a design with members the
/// first member (A, base, from) counts alone.
struct Profiles {
  std::int64_t points = 0;  ///< that count
  double bin_width = 0;     ///< of the widest histogram of f: quantiles are off by at most half of it
  /// [policy][goal]; quantiles from histograms of 8,192 bins
  std::vector<std::vector<Profile>> fine;
  /// [policy][goal][resample], and what they are compared with: quantiles from 64 bins of equal probability (of regrets
  /// 20, around the 90th percentile)
  std::vector<std::vector<Profile>> coarse;
  std::vector<std::vector<std::vector<Profile>>> resamples;
  GroupSums best;  ///< of MeasuredSums
};

/// Collective; complete on rank 0. `weights` as of bootstrap_weights; `threshold` is what satisfies (f at least that
/// where more is better, at most that where less is).
Profiles profiles(const PartTask& task, std::size_t series, double threshold, const Baseline& baseline,
                  const GroupSums& weights);

/// A value for each of metrics().
using MetricValues = std::vector<double>;

/// Means over draws of AddedNoise: what would be with twice the variance of chance. What that is more than what is
/// without is, to first order, what chance has added already (simulation-extrapolation; Cook & Stefanski 1994, J. Am.
/// Stat. Assoc. 89).
struct WithNoise {
  std::vector<std::vector<MetricValues>> metrics;  ///< [policy][goal]
  GroupSums best;                                  ///< of MeasuredSums
};

/// Collective; complete on rank 0. Nothing where noise is not known.
std::optional<WithNoise> with_noise(const PartTask& task, std::size_t series, double threshold,
                                    const Baseline& baseline);

}  // namespace truce::analysis
