// Covering: box after box, each where no earlier one lies, with what the resamples say of the first.
#include "analysis/discovery/find_boxes.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/discovery/resample.hpp"
#include "analysis/discovery/search_box.hpp"
#include "analysis/fold/add_up.hpp"
#include "sweep/base/no_number.hpp"
#include "sweep/crew/collective.hpp"

namespace truce::analysis {
namespace {

constexpr std::int64_t fewest_points = 40;

std::vector<std::uint32_t> shares_of(Crew& crew, const CodedPoints& points, const PointShares& shares) {
  std::vector<std::uint32_t> all;
  together(crew, [&] {
    all.reserve(points.size());
    std::vector<double> piece_shares;
    for (const CodedPoints::Piece& piece : points.pieces()) {
      piece_shares.assign(static_cast<std::size_t>(piece.bases.count), no_number);
      shares(piece.bases, piece_shares);
      for (std::int64_t base = piece.bases.first; base < piece.bases.end(); ++base) {
        if (!points.holds(base)) continue;
        const double share = piece_shares[static_cast<std::size_t>(base - piece.bases.first)];
        if (share < 0 || share > 1)
          throw Error(Exit::internal, "a box was searched for a share of " + std::to_string(share) +
                                          " (shares lie between 0 and 1); please report this");
        all.push_back(std::isnan(share) ? left_out : static_cast<std::uint32_t>(std::llround(share * share_one)));
      }
    }
  });
  return all;
}

bool in_box(const CodedPoints& points, const Kept& kept, std::size_t point) {
  for (std::size_t i = 0; i < kept.size(); ++i)
    if (!kept[i][points.codes(i)[point]]) return false;
  return true;
}

/// [group][points, their sum, points of the box, their sum], over all points. Leaves the points of the box out of
/// `shares`.
GroupSums sums_of(const CodedPoints& points, std::vector<std::uint32_t>& shares, const Kept& kept) {
  const auto groups = static_cast<std::size_t>(points.groups().count());
  std::vector<std::int64_t> sums(groups * 4, 0);
  for (const CodedPoints::Piece& piece : points.pieces()) {
    std::int64_t* into = sums.data() + static_cast<std::size_t>(piece.group) * 4;
    for (std::size_t p = piece.first; p < piece.end; ++p) {
      if (shares[p] == left_out) continue;
      into[0] += 1;
      into[1] += shares[p];
      if (!in_box(points, kept, p)) continue;
      into[2] += 1;
      into[3] += shares[p];
      shares[p] = left_out;
    }
  }
  add_up(points.holders(), sums);
  GroupSums all(static_cast<Eigen::Index>(groups), 4);
  for (std::size_t at = 0; at < sums.size(); ++at) all.data()[at] = static_cast<double>(sums[at]);
  all.col(1) /= share_one;
  all.col(3) /= share_one;
  return all;
}

/// What a box holds, with intervals. `first`: sums of the first search, whose points and target all boxes are shares
/// of.
void measure(const GroupSums& first, const GroupSums& sums, const BoxSearch& search, const GroupSums& weights,
             FoundBox& box) {
  GroupSums both(sums.rows(), 6);
  both << sums, first.leftCols(2);
  const GroupSums drawn = resampled(weights, both);
  const Eigen::ArrayXd all = total(both);
  const auto estimated = [&](const Statistic& statistic) { return estimate(all, drawn, search.level, statistic); };
  box.mass = estimated([](auto s) { return s[2] / s[4]; });
  box.coverage = estimated([](auto s) { return s[3] / s[5]; });
  box.density = estimated([](auto s) { return s[3] / s[2]; });
  box.base_rate = all(1) / all(0);
  box.points = all(2);
}

std::vector<FoundRestriction> restrictions_of(const CodedPoints& points, const PastedBox& pasted) {
  std::vector<FoundRestriction> restrictions;
  for (std::size_t i = 0; i < pasted.kept.size(); ++i) {
    if (!restricts(pasted.kept, points.bins(), i)) continue;
    const InputBins& bins = points.bins()[i];
    const std::vector<bool> kept(pasted.kept[i].begin(),
                                 pasted.kept[i].begin() + static_cast<std::ptrdiff_t>(bins.count()));
    restrictions.push_back(
        {bins.restriction(kept), pasted.quasi_p[i], {no_number, no_number}, {no_number, no_number}, no_number});
  }
  return restrictions;
}

std::vector<Peel> told(const std::vector<PeelStep>& steps) {
  std::vector<Peel> trajectory;
  const Count& all = steps.front().box;
  for (const PeelStep& step : steps)
    trajectory.push_back({static_cast<double>(step.box.points) / static_cast<double>(all.points),
                          static_cast<double>(step.box.sum) / static_cast<double>(all.sum), step.box.density(),
                          step.input});
  return trajectory;
}

/// Intervals of the limits, how often an input is restricted, and the chance among points that were not drawn.
void add_resamples(const CodedPoints& points, const ResampledBoxes& boxes, double level, FoundBox& box) {
  std::vector<double> low, high, chance = boxes.chance;
  for (FoundRestriction& restriction : box.restrictions) {
    const auto at = std::ranges::find(points.bins(), restriction.limits.input, &InputBins::input);
    const auto input = static_cast<std::size_t>(at - points.bins().begin());
    low.clear();
    high.clear();
    double restricted = 0;
    for (const auto& limits : boxes.limits) {
      std::vector<bool> kept(at->count(), false);
      std::fill(kept.begin() + limits[input].first, kept.begin() + limits[input].end, true);
      const Restriction range = at->restriction(kept);
      low.push_back(range.low);
      high.push_back(range.high);
      restricted += limits[input].restricts ? 1 : 0;
    }
    if (at->ordered()) {
      restriction.low = percentile_interval(low, level);
      restriction.high = percentile_interval(high, level);
    }
    restriction.restricted = restricted / static_cast<double>(boxes.limits.size());
  }
  const auto middle =
      chance.begin() + static_cast<std::ptrdiff_t>(chance.size() / 2);  // of an even number the upper one
  std::nth_element(chance.begin(), middle, chance.end());
  box.p_new = std::min(1.0, 2 * *middle);
}

}  // namespace

Box FoundBox::box() const {
  Box all;
  for (const FoundRestriction& restriction : restrictions) all.restrictions.push_back(restriction.limits);
  return all;
}

std::vector<FoundBox> find_boxes(Crew& crew, const CodedPoints& points, const PointShares& shares,
                                 const BoxSearch& search) {
  std::vector<FoundBox> boxes;
  if (points.bins().empty()) return boxes;
  std::vector<std::uint32_t> left = shares_of(crew, points, shares);
  const std::vector<std::uint32_t> all = search.resamples > 1 ? left : std::vector<std::uint32_t>{};
  SearchPoints seen{
      points.bins(), {}, left, {}, [&](std::span<std::int64_t> numbers) { add_up(points.holders(), numbers); }};
  for (std::size_t i = 0; i < points.bins().size(); ++i) seen.codes.push_back(points.codes(i));
  const std::int64_t groups = points.groups().count(), resamples = search.resamples > 1 ? search.resamples : 0;
  const GroupSums weights = bootstrap_weights(points.data().plan().seed, groups, resamples);
  GroupSums first;
  while (static_cast<int>(boxes.size()) < search.boxes) {
    std::vector<std::int64_t> whole(2, 0);
    for (const std::uint32_t share : left)
      if (share != left_out) whole[0] += 1, whole[1] += share;
    seen.add_up(whole);
    if (whole[0] < fewest_points || whole[1] == 0) break;
    const SearchedBox searched = search_box(seen, search);
    if (!searched.found) break;
    const GroupSums sums = sums_of(points, left, searched.pasted.kept);
    if (boxes.empty()) first = sums;
    FoundBox box;
    box.restrictions = restrictions_of(points, searched.pasted);
    measure(first, sums, search, weights, box);
    box.trajectory = told(searched.trajectory);
    box.chosen = searched.chosen;
    box.p_new = no_number;
    if (boxes.empty() && search.resamples > 1)
      add_resamples(points, resample_boxes(crew, points, all, search, weights), search.level, box);
    boxes.push_back(std::move(box));
  }
  return boxes;
}

}  // namespace truce::analysis
