// Which rank searches what plays no part in the boxes.
#include "analysis/discovery/search_all.hpp"

#include <cmath>

#include "analysis/data/moments_reader.hpp"
#include "sweep/crew/collective.hpp"

namespace truce::analysis {
namespace {

/// Shares of what is looked for: the outcome's own where it is a share, else whether its mean is beyond the threshold.
PointShares shares_of(const Dataset& data, MomentsReader& reader, bool is_share, double threshold, std::size_t policy,
                      bool higher) {
  return [=, &data, &reader](Range bases, std::span<double> shares) {
    const Moments& moments = reader.read(bases);
    for (std::int64_t b = 0; b < bases.count; ++b) {
      double value = moments.mean(b * data.members(), static_cast<Eigen::Index>(policy));
      if (!is_share && !std::isnan(value)) value = (higher ? value > threshold : value < threshold) ? 1 : 0;
      shares[static_cast<std::size_t>(b)] = is_share && !higher ? 1 - value : value;
    }
  };
}

std::vector<Case> cases_of(const PartTask& task) {
  std::vector<Case> cases;
  for (std::size_t s = 0; s < task.settings.series.size(); ++s)
    for (std::size_t policy = 0; policy < task.data.policies(); ++policy)
      for (const std::size_t goal : {std::size_t{0}, std::size_t{1}}) cases.push_back({s, policy, goal, 0, {}});
  return cases;
}

}  // namespace

std::vector<Case> search_all(const PartTask& task, const CodedPoints& points, const BoxSearch& search,
                             std::span<const double> limits) {
  std::vector<Case> cases = cases_of(task);
  const auto find = [&](Crew& crew, Case& each) {
    const std::size_t series = task.settings.series[each.outcome];
    MomentsReader reader(task.data, series);
    const bool is_share = task.data.series()[series].is_share;
    const PointShares shares =
        shares_of(task.data, reader, is_share, limits[each.outcome], each.policy, each.goal == 0);
    each.boxes = find_boxes(crew, points, shares, search);
  };
  const auto ranks = static_cast<std::size_t>(task.crew.size());
  const std::size_t apart = points.whole() ? cases.size() - cases.size() % ranks : 0;
  // Turns begin one rank later each time, so that no rank gets one goal alone.
  for (std::size_t c = 0; c < apart; ++c) cases[c].rank = static_cast<int>((c + c / ranks) % ranks);
  together(task.crew, [&] {
    for (std::size_t c = 0; c < apart; ++c)
      if (cases[c].rank == task.crew.rank()) find(points.holders(), cases[c]);
  });
  for (std::size_t c = apart; c < cases.size(); ++c) find(task.crew, cases[c]);
  return cases;
}

}  // namespace truce::analysis
