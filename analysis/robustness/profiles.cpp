// First pass: ends of the histograms. Second: the histograms. Third: sums of groups in bins made from them.
#include "analysis/robustness/profiles.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "analysis/data/moments_reader.hpp"
#include "analysis/fold/add_up.hpp"
#include "analysis/robustness/policy_sums.hpp"

namespace truce::analysis {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr Goal goals[] = {Goal::higher, Goal::lower};

/// One outcome with what its points are measured against.
struct Subject {
  const Task& task;
  std::size_t series;
  std::vector<double> at_baseline;  ///< [policy], NaN where not defined
};

Subject subject_of(const Task& task, std::size_t series, const Baseline& baseline) {
  MomentsReader reader(task.data, series);
  const Moments& moments = reader.read({baseline.base(), 1});
  Subject subject{task, series, {}};
  for (Eigen::Index q = 0; q < moments.mean.cols(); ++q) subject.at_baseline.push_back(moments.mean(0, q));
  return subject;
}

/// Collective: calls `visit(base, measured, sums)` for each point that counts; as of fold_groups.
template <class Visit>
GroupSums fold_points(const Subject& subject, std::size_t columns, const Visit& visit) {
  const Dataset& data = subject.task.data;
  MomentsReader reader(data, subject.series);
  std::vector<double> f(data.policies());
  std::vector<Measured> measured(data.policies());
  const Groups groups(data.bases(), data.members());
  return fold_groups(subject.task.crew, groups, columns, [&](Range bases, std::span<double> sums) {
    const Moments& moments = reader.read(bases);
    for (std::int64_t b = 0; b < bases.count; ++b) {
      for (std::size_t q = 0; q < f.size(); ++q) f[q] = moments.mean(b * data.members(), static_cast<Eigen::Index>(q));
      if (std::ranges::any_of(f, [](double value) { return std::isnan(value); })) continue;
      measure(f, subject.at_baseline, measured);
      visit(bases.first + b, std::span<const Measured>(measured), sums);
    }
  });
}

/// [policy][quantity], over all ranks.
using Histograms = std::vector<std::vector<Histogram>>;

Histograms histograms_of(const Subject& subject) {
  const std::size_t policies = subject.task.data.policies();
  std::vector<double> ends(policies * quantities * 2, -infinity);  // -lowest, highest
  fold_points(subject, 0, [&](std::int64_t, std::span<const Measured> measured, std::span<double>) {
    for (std::size_t q = 0; q < policies; ++q)
      for (std::size_t k = 0; k < quantities; ++k) {
        const double value = measured[q][k];
        double* end = ends.data() + (q * quantities + k) * 2;
        if (std::isnan(value) || value >= beyond) continue;
        end[0] = std::max(end[0], -value);
        end[1] = std::max(end[1], value);
      }
  });
  greatest(subject.task.crew, ends);
  Histograms histograms(policies);
  for (std::size_t at = 0; at < policies * quantities; ++at) {
    const bool any = ends[2 * at + 1] > -infinity;
    histograms[at / quantities].emplace_back(any ? -ends[2 * at] : 0, any ? ends[2 * at + 1] : 0);
  }
  fold_points(subject, 0, [&](std::int64_t, std::span<const Measured> measured, std::span<double>) {
    for (std::size_t q = 0; q < policies; ++q)
      for (std::size_t k = 0; k < quantities; ++k)
        if (!std::isnan(measured[q][k])) histograms[q][k].add(measured[q][k]);
  });
  for (auto& policy : histograms)
    for (Histogram& histogram : policy) add_up(subject.task.crew, histogram.counts());
  return histograms;
}

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

/// Greatest values of the groups that a resample draws; groups without points say nothing.
void put_extremes(const GroupSums& groups, const GroupSums& weights, std::size_t policies, GroupSums& into) {
  for (Eigen::Index r = 0; r < into.rows(); ++r)
    for (std::size_t q = 0; q < policies; ++q) {
      const auto first = static_cast<Eigen::Index>(q * PolicySums::columns);
      for (std::size_t c = PolicySums::extremes; c < PolicySums::columns; ++c) {
        double most = -infinity;
        for (Eigen::Index g = 0; g < groups.rows(); ++g)
          if (weights(r, g) > 0 && groups(g, first + static_cast<Eigen::Index>(PolicySums::count)) > 0)
            most = std::max(most, groups(g, first + static_cast<Eigen::Index>(c)));
        into(r, first + static_cast<Eigen::Index>(c)) = most;
      }
    }
}

std::span<const double> of_policy(const GroupSums& sums, Eigen::Index row, std::size_t policy) {
  const auto first = static_cast<std::size_t>(row * sums.cols()) + policy * PolicySums::columns;
  return {sums.data() + first, PolicySums::columns};
}

/// Quantiles from the fine histograms; all else is exact already.
Profile refined(Profile profile, std::span<const Histogram> histograms, Goal goal) {
  const bool higher = goal == Goal::higher;
  const Histogram& f = histograms[performance];
  profile.q10 = f.quantile(0.10);
  profile.q25 = f.quantile(0.25);
  profile.q50 = f.quantile(0.50);
  profile.q75 = f.quantile(0.75);
  profile.q90 = f.quantile(0.90);
  profile.short_of_median = mean_short_of(f.heaps(), profile.q50, higher);
  const auto finite = [](double value) {
    return std::isfinite(value) ? value : std::numeric_limits<double>::quiet_NaN();
  };
  profile.regret_q90 = histograms[higher ? regret_higher : regret_lower].quantile(0.9);
  profile.relative_regret_q90 = finite(histograms[higher ? relative_higher : relative_lower].quantile(0.9));
  profile.departure_q90 = finite(histograms[departure].quantile(0.9));
  return profile;
}

}  // namespace

Profiles profiles(const Task& task, std::size_t series, double threshold, const Baseline& baseline,
                  const GroupSums& weights) {
  const std::size_t policies = task.data.policies();
  const Subject subject = subject_of(task, series, baseline);
  const Histograms histograms = histograms_of(subject);
  std::vector<PolicySums> sums_of;
  for (std::size_t q = 0; q < policies; ++q) {
    const double pilot = histograms[q][performance].quantile(0.5);
    sums_of.emplace_back(histograms[q], std::isnan(pilot) ? 0 : pilot);
  }
  const auto visit = [&](std::int64_t base, std::span<const Measured> measured, std::span<double> sums) {
    for (std::size_t q = 0; q < policies; ++q)
      sums_of[q].add(measured[q], threshold, baseline.distance(base),
                     sums.subspan(q * PolicySums::columns, PolicySums::columns));
    add_best(measured, sums);
  };
  const GroupSums groups = fold_points(subject, policies * PolicySums::columns, visit);
  Profiles told;
  if (task.crew.rank() != 0) return told;
  GroupSums whole(1, groups.cols()), drawn = resampled(weights, groups);
  whole.row(0) = total(groups).transpose();
  put_extremes(groups, GroupSums::Ones(1, groups.rows()), policies, whole);
  put_extremes(groups, weights, policies, drawn);
  told.points = std::llround(of_policy(whole, 0, 0)[PolicySums::count]);
  for (std::size_t q = 0; q < policies; ++q) {
    told.bin_width = std::max(told.bin_width, histograms[q][performance].bin_width());
    told.fine.emplace_back();
    told.coarse.emplace_back();
    told.resamples.emplace_back();
    told.best.emplace_back();
    for (const Goal goal : goals) {
      const Profile profile = sums_of[q].profile(of_policy(whole, 0, q), goal, baseline.farthest());
      told.coarse.back().push_back(profile);
      told.fine.back().push_back(refined(profile, histograms[q], goal));
      auto& resamples = told.resamples.back().emplace_back();
      std::vector<double> best;
      const std::size_t column = goal == Goal::higher ? PolicySums::best_higher : PolicySums::best_lower;
      for (Eigen::Index r = 0; r < drawn.rows(); ++r) {
        resamples.push_back(sums_of[q].profile(of_policy(drawn, r, q), goal, baseline.farthest()));
        best.push_back(of_policy(drawn, r, q)[column] / of_policy(drawn, r, q)[PolicySums::count]);
      }
      const Interval interval = percentile_interval(best, task.settings.level);
      const auto all = of_policy(whole, 0, q);
      told.best.back().push_back({all[column] / all[PolicySums::count], interval.low, interval.high});
    }
  }
  return told;
}

}  // namespace truce::analysis
