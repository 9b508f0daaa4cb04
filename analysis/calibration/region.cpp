// Sums of all groups, read back into what they count.
#include "analysis/calibration/region.hpp"

#include "analysis/calibration/region_pass.hpp"
#include "sweep/base/no_number.hpp"
#include "sweep/crew/collective.hpp"

namespace truce::analysis {
namespace {

TargetCount target_count(std::span<const double> sums, double largest_closeness, bool ruling) {
  TargetCount count;
  count.defined = sums[0];
  count.mean = sums[0] > 0 ? sums[1] / sums[0] : no_number;
  count.ruled_out = sums[2];
  count.alone = sums[3];
  count.by_chance = sums[4];
  count.left_so_far = ruling ? sums[5] : no_number;
  count.closest = sums[0] > 0 ? 1 / largest_closeness - 1 : no_number;
  return count;
}

template <class Sums>
Both<Sums> both_at(const double* place) {
  Both<Sums> both{};
  std::memcpy(&both, place, sizeof both);
  return both;
}

std::vector<std::vector<CurveCount>> curve_counts(const RegionPlaces& places, const Eigen::ArrayXd& sums,
                                                  const Watched& watched) {
  std::vector<std::vector<CurveCount>> all;
  std::size_t month = 0;
  for (const WatchedCurve& curve : watched.curves) {
    auto& own = all.emplace_back();
    for (std::size_t m = 0; m < curve.months.size(); ++m, ++month) {
      const double* of = sums.data() + places.curve(month);
      own.push_back({{of, of + curve_bins}, {of + curve_bins, of + 2 * curve_bins}});
    }
  }
  return all;
}

Region region_of(const RegionPlaces& places, const GroupSums& groups, const std::vector<Target>& targets,
                 const Watched& watched, const Rule& rule) {
  Eigen::ArrayXd sums = Eigen::ArrayXd::Zero(groups.cols());
  for (Eigen::Index g = 0; g < groups.rows(); ++g) sums += groups.row(g).transpose();
  const auto largest = [&](std::size_t place) { return groups.col(static_cast<Eigen::Index>(place)).maxCoeff(); };
  Region region;
  region.points = sums(0);
  region.silent = sums(1);
  region.left = sums(2);
  region.left_by_second = sums(3);
  region.closest = sums(0) > 0 ? 1 / largest(4) - 1 : no_number;
  for (std::size_t k = 0; k < told_discrepancies.size(); ++k)
    region.left_at[k] = sums(static_cast<Eigen::Index>(first_told + k));
  for (std::size_t t = 0; t < places.targets; ++t)
    region.targets.push_back(target_count({sums.data() + places.target(t), target_counts},
                                          largest(places.target(t) + 6), rules_out(rule, targets[t])));
  for (std::size_t i = 0; i < places.inputs; ++i) {
    const double* of = sums.data() + places.input(i);
    region.inputs.push_back({{of, of + region_bins}, {of + region_bins, of + 2 * region_bins}});
    auto& thirds = region.thirds.emplace_back();
    for (std::size_t e = 0; e < places.effects; ++e)
      thirds.push_back(both_at<ThirdSums>(sums.data() + places.effect(i, e)));
  }
  for (std::size_t policy = 1; places.differences > 0 && policy < places.policies; ++policy) {
    auto& differences = region.differences.emplace_back();
    for (std::size_t d = 0; d < places.differences; ++d)
      differences.push_back(both_at<WeightedSums>(sums.data() + places.difference(policy, d)));
  }
  region.curves = curve_counts(places, sums, watched);
  return region;
}

}  // namespace

bool rules_out(const Rule& rule, const Target& target) {
  return target.use == Use::hard || (rule.soft && target.use == Use::soft);
}

Region find_region(Crew& crew, const Dataset& data, const std::vector<Target>& targets, const Watched& watched,
                   const Rule& rule, const OnLeft& on_left) {
  std::optional<Pass> pass;
  together(crew, [&] { pass.emplace(data, targets, watched, rule, on_left); });
  const GroupSums sums = fold_groups(crew, Groups(data.bases(), data.members()), pass->places().size(),
                                     [&](Range bases, std::span<double> into) { pass->fold(bases, into); });
  return crew.rank() == 0 ? region_of(pass->places(), sums, targets, watched, rule) : Region{};
}

}  // namespace truce::analysis
