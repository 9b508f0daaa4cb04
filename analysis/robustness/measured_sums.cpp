// One pass in bins that are made from the histograms.
#include "analysis/robustness/measured_sums.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "analysis/fold/bootstrap.hpp"
#include "sweep/base/no_number.hpp"

namespace truce::analysis {
namespace {

/// Equals share the point.
void add_best(std::span<const Measured> measured, std::span<double> sums) {
  for (const Quantity regret : {regret_higher, regret_lower}) {
    const auto is_best = [&](const Measured& policy) { return policy[regret] == 0; };
    const auto equals = static_cast<double>(std::ranges::count_if(measured, is_best));
    const std::size_t column = regret == regret_higher ? PolicySums::best_higher : PolicySums::best_lower;
    for (std::size_t q = 0; q < measured.size(); ++q)
      if (is_best(measured[q])) sums[q * PolicySums::columns + column] += 1 / equals;
  }
}

}  // namespace

MeasuredSums::MeasuredSums(const PartTask& task, const MeasuredPoints& points, double threshold,
                           const Baseline& baseline)
    : baseline_(baseline), histograms_(points.histograms()) {
  for (const auto& of_policy : histograms_) sums_.emplace_back(of_policy);
  groups_ = points.fold(task.data.policies() * PolicySums::columns,
                        [&](std::int64_t base, std::span<const Measured> measured, std::span<double> sums) {
                          for (std::size_t q = 0; q < measured.size(); ++q)
                            sums_[q].add(measured[q], threshold, baseline.distance(base),
                                         sums.subspan(q * PolicySums::columns, PolicySums::columns));
                          add_best(measured, sums);
                        });
}

GroupSums MeasuredSums::whole() const {
  GroupSums row(1, groups_.cols());
  row.row(0) = total(groups_).transpose();
  put_extremes(GroupSums::Ones(1, groups_.rows()), row);
  return row;
}

GroupSums MeasuredSums::resamples(const GroupSums& weights) const {
  GroupSums rows = resampled(weights, groups_);
  put_extremes(weights, rows);
  return rows;
}

/// Greatest values of the groups that a resample draws; groups without points say nothing.
void MeasuredSums::put_extremes(const GroupSums& weights, GroupSums& into) const {
  for (Eigen::Index r = 0; r < into.rows(); ++r)
    for (std::size_t q = 0; q < sums_.size(); ++q) {
      const auto first = static_cast<Eigen::Index>(q * PolicySums::columns);
      for (std::size_t c = PolicySums::extremes; c < PolicySums::columns; ++c) {
        double most = -std::numeric_limits<double>::infinity();
        for (Eigen::Index g = 0; g < groups_.rows(); ++g)
          if (weights(r, g) > 0 && groups_(g, first + static_cast<Eigen::Index>(PolicySums::count)) > 0)
            most = std::max(most, groups_(g, first + static_cast<Eigen::Index>(c)));
        into(r, first + static_cast<Eigen::Index>(c)) = most;
      }
    }
}

GroupSums MeasuredSums::best() const {
  GroupSums counts(groups_.rows(), static_cast<Eigen::Index>(1 + 2 * sums_.size()));
  for (Eigen::Index g = 0; g < groups_.rows(); ++g) {
    counts(g, 0) = of_policy(groups_, g, 0)[PolicySums::count];
    for (std::size_t q = 0; q < sums_.size(); ++q) {
      const auto sums = of_policy(groups_, g, q);
      const auto first = static_cast<Eigen::Index>(1 + 2 * q);
      counts(g, first) = sums[PolicySums::best_higher];
      counts(g, first + 1) = sums[PolicySums::best_lower];
    }
  }
  return counts;
}

std::span<const double> MeasuredSums::of_policy(const GroupSums& rows, Eigen::Index row, std::size_t policy) {
  const auto first = static_cast<std::size_t>(row * rows.cols()) + policy * PolicySums::columns;
  return {rows.data() + first, PolicySums::columns};
}

Profile MeasuredSums::coarse(const GroupSums& rows, Eigen::Index row, std::size_t policy, Goal goal) const {
  return sums_[policy].profile(of_policy(rows, row, policy), goal, baseline_.farthest());
}

Profile MeasuredSums::refined(Profile profile, std::size_t policy, Goal goal) const {
  const bool higher = goal == Goal::higher;
  const std::vector<Histogram>& histograms = histograms_[policy];
  const Histogram& f = histograms[performance];
  profile.q10 = f.quantile(0.10);
  profile.q25 = f.quantile(0.25);
  profile.q50 = f.quantile(0.50);
  profile.q75 = f.quantile(0.75);
  profile.q90 = f.quantile(0.90);
  profile.short_of_median = mean_short_of(f.heaps(), profile.q50, higher);
  const auto finite = [](double value) { return std::isfinite(value) ? value : no_number; };
  profile.regret_q90 = histograms[higher ? regret_higher : regret_lower].quantile(0.9);
  profile.relative_regret_q90 = finite(histograms[higher ? relative_higher : relative_lower].quantile(0.9));
  profile.departure_q90 = finite(histograms[departure].quantile(0.9));
  return profile;
}

}  // namespace truce::analysis
