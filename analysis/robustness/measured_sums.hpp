// Sums of groups over the measured points of one outcome, and the profiles of all points together.
#pragma once

#include <vector>

#include "analysis/robustness/measured_points.hpp"

namespace truce::analysis {

/// Collective to make; `groups` lies on rank 0 alone, and `profile` may be asked there.
class MeasuredSums {
 public:
  /// `threshold`: what satisfies. `baseline` must outlive this.
  MeasuredSums(const PartTask& task, const MeasuredPoints& points, double threshold, const Baseline& baseline);

  MeasuredSums(const MeasuredSums&) = delete;  // bins point into the histograms

  /// Rows of sums: all points in one, or each resample by its weights of the groups.
  GroupSums whole() const;
  GroupSums resamples(const GroupSums& weights) const;
  /// Columns of a policy in such a row.
  static std::span<const double> of_policy(const GroupSums& rows, Eigen::Index row, std::size_t policy);
  /// From such a row; quantiles by the bins of the groups.
  Profile coarse(const GroupSums& rows, Eigen::Index row, std::size_t policy, Goal goal) const;
  /// Of all points, quantiles from the histograms; all else is exact in `coarse` already.
  Profile refined(Profile coarse, std::size_t policy, Goal goal) const;
  /// Of each group: its points, then by policy and goal at how many of them that policy's mean is the best one, equals
  /// sharing a point.
  GroupSums best() const;
  /// Of f under a policy.
  double bin_width(std::size_t policy) const { return histograms_[policy][performance].bin_width(); }

 private:
  void put_extremes(const GroupSums& weights, GroupSums& into) const;

  const Baseline& baseline_;
  Histograms histograms_;
  std::vector<PolicySums> sums_;  ///< [policy]
  GroupSums groups_;
};

}  // namespace truce::analysis
