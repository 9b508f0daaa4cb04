// Every rank gets the same sample of points and searches its turn of the resamples alone.
#include "analysis/discovery/resample.hpp"

#include <algorithm>
#include <bit>
#include <numeric>

#include "analysis/discovery/search_box.hpp"
#include "analysis/fold/add_up.hpp"

namespace truce::analysis {
namespace {

constexpr double most_points = 16384;
constexpr std::uint32_t sampled = 1;

/// In order of base points, the same on all ranks.
struct Sample {
  std::vector<std::vector<std::uint8_t>> codes;  ///< [varied input][point]
  std::vector<std::uint32_t> shares;
  std::vector<std::int64_t> groups;
};

/// Calls `visit(piece, point)` for this rank's points of the sample, in order.
template <class Visit>
void visit_sample(const CodedPoints& points, std::span<const std::uint32_t> shares, const Visit& visit) {
  const std::uint64_t seed = points.data().plan().seed;
  const double share = most_points / static_cast<double>(points.data().bases());
  for (const CodedPoints::Piece& piece : points.pieces()) {
    std::size_t point = piece.first;
    for (std::int64_t base = piece.bases.first; base < piece.bases.end(); ++base) {
      if (!points.holds(base)) continue;
      if (shares[point] != left_out && (share >= 1 || lot_of(seed, base, sampled) < share)) visit(piece, point);
      ++point;
    }
  }
}

Sample draw_sample(const CodedPoints& points, std::span<const std::uint32_t> shares) {
  const auto groups = static_cast<std::size_t>(points.groups().count());
  std::vector<std::int64_t> sizes(groups, 0);
  visit_sample(points, shares, [&](const auto& piece, std::size_t) { ++sizes[static_cast<std::size_t>(piece.group)]; });
  add_up(points.holders(), sizes);
  std::vector<std::int64_t> place(groups, 0);
  std::exclusive_scan(sizes.begin(), sizes.end(), place.begin(), std::int64_t{0});
  const auto size = static_cast<std::size_t>(std::accumulate(sizes.begin(), sizes.end(), std::int64_t{0}));
  const std::size_t inputs = points.bins().size(), width = inputs + 2;
  std::vector<std::int64_t> table(size * width, 0);  // [point][inputs, share, group]
  visit_sample(points, shares, [&](const auto& piece, std::size_t point) {
    std::int64_t* row = table.data() + static_cast<std::size_t>(place[static_cast<std::size_t>(piece.group)]++) * width;
    for (std::size_t i = 0; i < inputs; ++i) row[i] = points.codes(i)[point];
    row[inputs] = shares[point];
    row[inputs + 1] = piece.group;
  });
  add_up(points.holders(), table);
  Sample sample{std::vector(inputs, std::vector<std::uint8_t>(size)), std::vector<std::uint32_t>(size),
                std::vector<std::int64_t>(size)};
  for (std::size_t p = 0; p < size; ++p) {
    const std::int64_t* row = table.data() + p * width;
    for (std::size_t i = 0; i < inputs; ++i) sample.codes[i][p] = static_cast<std::uint8_t>(row[i]);
    sample.shares[p] = static_cast<std::uint32_t>(row[inputs]);
    sample.groups[p] = row[inputs + 1];
  }
  return sample;
}

/// Chance of what the box holds among the points of weight 0.
double chance_outside(const SearchPoints& points, const Kept& kept) {
  Count all, box;
  for (std::size_t p = 0; p < points.size(); ++p) {
    if (points.weights[p] > 0) continue;
    bool in = true;
    for (std::size_t i = 0; i < kept.size() && in; ++i) in = kept[i][points.codes[i][p]];
    all.add(1, points.shares[p]);
    if (in) box.add(1, points.shares[p]);
  }
  return all.points == 0 || box.points == 0 ? 1 : chance_of(box, all.density());
}

}  // namespace

ResampledBoxes resample_boxes(Crew& crew, const CodedPoints& points, std::span<const std::uint32_t> shares,
                              const BoxSearch& search, const GroupSums& weights) {
  const Sample sample = draw_sample(points, shares);
  SearchPoints seen{points.bins(), {}, sample.shares, {}, [](std::span<std::int64_t>) {}};
  for (const auto& codes : sample.codes) seen.codes.emplace_back(codes);
  std::vector<std::uint8_t> drawn(seen.size());
  seen.weights = drawn;
  const std::size_t inputs = points.bins().size(), width = 3 * inputs + 1;
  std::vector<std::int64_t> table(static_cast<std::size_t>(search.resamples) * width, 0);
  for (std::int64_t r = crew.rank(); r < search.resamples; r += crew.size()) {
    for (std::size_t p = 0; p < drawn.size(); ++p) drawn[p] = static_cast<std::uint8_t>(weights(r, sample.groups[p]));
    const SearchedBox found = search_box(seen, search);
    std::int64_t* row = table.data() + static_cast<std::size_t>(r) * width;
    for (std::size_t i = 0; i < inputs; ++i) {
      const auto& kept = found.pasted.kept[i];
      const auto count = static_cast<std::ptrdiff_t>(points.bins()[i].count());
      std::int64_t end = count;
      while (!kept[static_cast<std::size_t>(end - 1)]) --end;
      row[3 * i] = std::find(kept.begin(), kept.begin() + count, true) - kept.begin();
      row[3 * i + 1] = end;
      row[3 * i + 2] = restricts(found.pasted.kept, points.bins(), i) ? 1 : 0;
    }
    row[3 * inputs] = std::bit_cast<std::int64_t>(found.found ? chance_outside(seen, found.pasted.kept) : 1.0);
  }
  add_up(crew, table);
  ResampledBoxes boxes;
  for (std::int64_t r = 0; r < search.resamples; ++r) {
    const std::int64_t* row = table.data() + static_cast<std::size_t>(r) * width;
    auto& limits = boxes.limits.emplace_back();
    for (std::size_t i = 0; i < inputs; ++i) limits.push_back({row[3 * i], row[3 * i + 1], row[3 * i + 2] != 0});
    boxes.chance.push_back(std::bit_cast<double>(row[3 * inputs]));
  }
  return boxes;
}

}  // namespace truce::analysis
