// Histograms of the points in the box stand; a step takes its points out of them, so that every point leaves once.
#include "analysis/discovery/peel.hpp"

#include <algorithm>
#include <cmath>

namespace truce::analysis {
namespace {

constexpr std::int64_t least_points = 20;

/// The points in the box: how often each counts, 0 for those outside, and their histograms on this rank.
struct Inside {
  std::vector<std::uint8_t> weights;
  BinCounts counts;
};

Inside all_of(const SearchPoints& points) {
  Inside inside{std::vector<std::uint8_t>(points.size()), BinCounts(points.bins.size())};
  for (std::size_t p = 0; p < points.size(); ++p) inside.weights[p] = points.weight(p);
  for (std::size_t i = 0; i < points.bins.size(); ++i)
    for (std::size_t p = 0; p < points.size(); ++p)
      if (inside.weights[p] > 0) inside.counts[i][points.codes[i][p]].add(inside.weights[p], points.shares[p]);
  return inside;
}

void take_off(const SearchPoints& points, const PeelStep& step, Inside& inside) {
  const std::span<const std::uint8_t> codes = points.codes[step.input];
  for (std::size_t p = 0; p < points.size(); ++p) {
    if (inside.weights[p] == 0 || !step.off[codes[p]]) continue;
    Count one;
    one.add(inside.weights[p], points.shares[p]);
    inside.weights[p] = 0;
    for (std::size_t i = 0; i < points.codes.size(); ++i) inside.counts[i][points.codes[i][p]].take(one);
  }
}

/// Weighs slices against each other: the most gain in density per point, and where all of them lose, the least loss.
class Choice {
 public:
  Choice(const Count& box, std::int64_t least) : box_(box), least_(least) {}
  void offer(std::size_t input, const std::array<bool, InputBins::most>& off, const Count& slice) {
    if (slice.points == 0 || box_.points - slice.points < least_) return;
    Count rest = box_;
    rest.take(slice);
    double gain = rest.density() - box_.density();
    if (gain > 0) gain /= static_cast<double>(slice.points);
    if (any_ && gain <= gain_) return;
    any_ = true;
    gain_ = gain;
    step_ = {input, off, rest};
  }
  bool any() const { return any_; }
  const PeelStep& step() const { return step_; }

 private:
  Count box_;
  std::int64_t least_;
  double gain_ = 0;
  bool any_ = false;
  PeelStep step_;
};

/// Bins from one end of what is kept until the slice comes nearest to `target` points; at least one that holds some.
template <class Bin>
void offer_end(std::size_t input, std::span<const Count> counts, Bin bin, double target, Choice& choice) {
  std::array<bool, InputBins::most> off{};
  Count slice;
  for (std::size_t k = 0; k < counts.size(); ++k) {
    const Count& next = counts[bin(k)];
    const double with = static_cast<double>(slice.points + next.points), now = static_cast<double>(slice.points);
    if (slice.points > 0 && std::abs(with - target) >= std::abs(now - target)) break;
    slice.put(next);
    off[bin(k)] = true;
  }
  choice.offer(input, off, slice);
}

void offer_levels(std::size_t input, std::span<const Count> counts, Choice& choice) {
  for (std::size_t bin = 0; bin < counts.size(); ++bin) {
    std::array<bool, InputBins::most> off{};
    off[bin] = true;
    choice.offer(input, off, counts[bin]);
  }
}

}  // namespace

std::vector<PeelStep> peel(const SearchPoints& points, const BoxSearch& search) {
  Inside inside = all_of(points);
  BinCounts counts = inside.counts;
  add_up(points, counts);
  Count all;
  for (const Count& count : counts.front()) all.put(count);
  std::vector<PeelStep> steps{{points.bins.size(), {}, all}};
  const auto least =
      std::max(least_points, static_cast<std::int64_t>(std::ceil(search.least_mass * static_cast<double>(all.points))));
  while (true) {
    const Count box = steps.back().box;
    if (box.sum == 0 || box.sum == box.points * share_one) return steps;
    Choice choice(box, least);
    for (std::size_t i = 0; i < points.bins.size(); ++i) {
      const std::span<const Count> bins(counts[i].data(), points.bins[i].count());
      const double target = search.peel * static_cast<double>(box.points);
      if (!points.bins[i].ordered()) {
        offer_levels(i, bins, choice);
        continue;
      }
      offer_end(
          i, bins, [](std::size_t k) { return k; }, target, choice);
      offer_end(
          i, bins, [&](std::size_t k) { return bins.size() - 1 - k; }, target, choice);
    }
    if (!choice.any()) return steps;
    steps.push_back(choice.step());
    take_off(points, steps.back(), inside);
    counts = inside.counts;
    add_up(points, counts);
  }
}

Kept kept_after(std::span<const InputBins> bins, std::span<const PeelStep> steps) {
  Kept kept = keep_all(bins);
  for (const PeelStep& step : steps)
    for (std::size_t bin = 0; bin < InputBins::most; ++bin)
      if (step.off[bin]) kept[step.input][bin] = false;
  return kept;
}

}  // namespace truce::analysis
