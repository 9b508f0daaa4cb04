// Three passes for the points as they are, three more for each draw of noise that is added to them.
#include "analysis/robustness/profiles.hpp"

#include <cmath>

#include "analysis/robustness/measured_sums.hpp"

namespace truce::analysis {
namespace {

std::vector<std::vector<MetricValues>> metrics_of(const MeasuredSums& sums, std::size_t policies) {
  const GroupSums whole = sums.whole();
  std::vector<std::vector<MetricValues>> found(policies);
  for (std::size_t q = 0; q < policies; ++q)
    for (const Goal goal : goals) {
      const Profile profile = sums.refined(sums.coarse(whole, 0, q, goal), q, goal);
      MetricValues& values = found[q].emplace_back();
      for (const Metric& metric : metrics()) values.push_back(metric.value(profile, goal));
    }
  return found;
}

}  // namespace

Profiles profiles(const PartTask& task, std::size_t series, double threshold, const Baseline& baseline,
                  const GroupSums& weights) {
  const std::size_t policies = task.data.policies();
  const MeasuredSums sums(task, {task, series, baseline}, threshold, baseline);
  Profiles told;
  if (task.crew.rank() != 0) return told;
  const GroupSums whole = sums.whole(), drawn = sums.resamples(weights);
  told.best = sums.best();
  told.points = std::llround(MeasuredSums::of_policy(whole, 0, 0)[PolicySums::count]);
  for (std::size_t q = 0; q < policies; ++q) {
    told.bin_width = std::max(told.bin_width, sums.bin_width(q));
    told.fine.emplace_back();
    told.coarse.emplace_back();
    told.resamples.emplace_back();
    for (const Goal goal : goals) {
      told.coarse.back().push_back(sums.coarse(whole, 0, q, goal));
      told.fine.back().push_back(sums.refined(told.coarse.back().back(), q, goal));
      auto& resamples = told.resamples.back().emplace_back();
      for (Eigen::Index r = 0; r < drawn.rows(); ++r) resamples.push_back(sums.coarse(drawn, r, q, goal));
    }
  }
  return told;
}

std::optional<WithNoise> with_noise(const PartTask& task, std::size_t series, double threshold,
                                    const Baseline& baseline) {
  const AddedNoise noise(task, series);
  if (!noise.known()) return {};
  WithNoise means;
  const int draws = AddedNoise::draws(task.data.bases());
  for (int draw = 0; draw < draws; ++draw) {
    const MeasuredSums sums(task, {task, series, baseline, &noise, draw}, threshold, baseline);
    if (task.crew.rank() != 0) continue;
    const auto found = metrics_of(sums, task.data.policies());
    const GroupSums best = sums.best() / draws;
    if (draw == 0) {
      means.metrics.assign(found.size(), {2, MetricValues(metrics().size(), 0)});
      means.best = GroupSums::Zero(best.rows(), best.cols());
    }
    means.best += best;
    for (std::size_t q = 0; q < found.size(); ++q)
      for (std::size_t g = 0; g < 2; ++g)
        for (std::size_t m = 0; m < metrics().size(); ++m) means.metrics[q][g][m] += found[q][g][m] / draws;
  }
  return means;
}

}  // namespace truce::analysis
