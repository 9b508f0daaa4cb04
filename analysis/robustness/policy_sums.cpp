// Bins are narrow where the quantiles lie: all over the distribution of f, around 0.9 in those of regrets.
#include "analysis/robustness/policy_sums.hpp"

#include <algorithm>
#include <cmath>

#include "sweep/base/no_number.hpp"

namespace truce::analysis {
namespace {

constexpr std::array<double, PolicySums::tail_bins - 1> tail_edges{
    0.4, 0.6, 0.7, 0.75, 0.8, 0.83, 0.85, 0.87, 0.88, 0.89, 0.90, 0.91, 0.92, 0.93, 0.945, 0.96, 0.97, 0.98, 0.99};

std::size_t first_column(Quantity quantity) {
  if (quantity == performance) return 0;
  return PolicySums::performance_bins + (static_cast<std::size_t>(quantity) - 1) * PolicySums::tail_bins;
}

double share_of(double part, double of) {
  if (of != 0) return std::min(beyond, part / std::abs(of));
  return part == 0 ? 0 : beyond;
}

double finite(double value) { return std::isfinite(value) ? value : no_number; }

}  // namespace

void measure(std::span<const double> f, std::span<const double> baseline, std::span<Measured> into) {
  const auto [lowest, highest] = std::ranges::minmax(f);
  for (std::size_t q = 0; q < f.size(); ++q) {
    const double more = highest - f[q], less = f[q] - lowest;
    into[q] = {f[q],
               more,
               less,
               share_of(more, highest),
               share_of(less, lowest),
               share_of(std::abs(f[q] - baseline[q]), baseline[q])};
  }
}

PolicySums::PolicySums(std::span<const Histogram> histograms)
    : histograms_(histograms), pilot_(histograms[performance].quantile(0.5)) {
  if (std::isnan(pilot_)) pilot_ = 0;
  std::vector<double> even;
  for (std::size_t k = 1; k < performance_bins; ++k) even.push_back(static_cast<double>(k) / performance_bins);
  for (std::size_t k = 0; k < quantities; ++k)
    bins_[k] = bins_of(histograms[k], k == performance ? std::span<const double>(even) : tail_edges);
}

/// A bin begins wherever the values before it pass an edge.
PolicySums::Bins PolicySums::bins_of(const Histogram& histogram, std::span<const double> edges) {
  const std::span<const std::int64_t> counts = histogram.counts();
  double total = 0, passed = 0;
  for (const std::int64_t count : counts) total += static_cast<double>(count);
  Bins bins{std::vector<std::uint8_t>(counts.size(), 0), {}};
  std::ptrdiff_t filled = -1;
  for (std::size_t bin = 0; bin < counts.size(); ++bin) {
    if (counts[bin] == 0) continue;
    const auto edge = std::ranges::upper_bound(edges, passed / total) - edges.begin();
    const double value = histogram.value_of(bin);
    if (edge != filled) bins.heaps.push_back({0, value, value});
    filled = edge;
    bins.heaps.back().high = value;
    bins.of[bin] = static_cast<std::uint8_t>(bins.heaps.size() - 1);
    passed += static_cast<double>(counts[bin]);
  }
  return bins;
}

void PolicySums::add(const Measured& measured, double threshold, double distance, std::span<double> into) const {
  for (std::size_t quantity = 0; quantity < quantities; ++quantity) {
    const double value = measured[quantity];
    if (std::isnan(value)) continue;
    const std::size_t bin = bins_[quantity].of[histograms_[quantity].bin_of(value)];
    into[first_column(static_cast<Quantity>(quantity)) + bin] += 1;
  }
  const auto raise = [&](std::size_t column, double value) {
    into[column] = into[count] == 0 ? value : std::max(into[column], value);
  };
  const double f = measured[performance], from_pilot = f - pilot_;
  const bool enough = f >= threshold, little = f <= threshold;
  raise(minus_least, -f);
  raise(greatest_f, f);
  raise(most_regret_higher, measured[regret_higher]);
  raise(most_regret_lower, measured[regret_lower]);
  constexpr double nowhere = -2;  // farther than any distance
  raise(near_higher, enough ? nowhere : -distance);
  raise(near_lower, little ? nowhere : -distance);
  into[count] += 1;
  into[sum] += from_pilot;
  into[squares] += from_pilot * from_pilot;
  into[satisfied_higher] += enough ? 1 : 0;
  into[satisfied_lower] += little ? 1 : 0;
}

std::vector<Heap> PolicySums::heaps(std::span<const double> sums, Quantity quantity) const {
  std::vector<Heap> heaps = bins_[quantity].heaps;
  for (std::size_t bin = 0; bin < heaps.size(); ++bin) heaps[bin].count = sums[first_column(quantity) + bin];
  return heaps;
}

Profile PolicySums::profile(std::span<const double> sums, Goal goal, double farthest) const {
  const bool higher = goal == Goal::higher;
  const double n = sums[count], mean = sums[sum] / n;
  Profile p;
  p.mean = pilot_ + mean;
  p.sd = std::sqrt(std::max(0.0, (sums[squares] - n * mean * mean) / (n - 1)));
  p.least = -sums[minus_least];
  p.greatest = sums[greatest_f];
  const std::vector<Heap> f = heaps(sums, performance);
  p.q10 = quantile(f, 0.10);
  p.q25 = quantile(f, 0.25);
  p.q50 = quantile(f, 0.50);
  p.q75 = quantile(f, 0.75);
  p.q90 = quantile(f, 0.90);
  p.short_of_median = mean_short_of(f, p.q50, higher);
  p.most_regret = sums[higher ? most_regret_higher : most_regret_lower];
  p.regret_q90 = quantile(heaps(sums, higher ? regret_higher : regret_lower), 0.9);
  p.relative_regret_q90 = finite(quantile(heaps(sums, higher ? relative_higher : relative_lower), 0.9));
  p.departure_q90 = finite(quantile(heaps(sums, departure), 0.9));
  p.satisfied = sums[higher ? satisfied_higher : satisfied_lower] / n;
  const double near = -sums[higher ? near_higher : near_lower];
  p.radius = near > 1 ? farthest : near;
  return p;
}

}  // namespace truce::analysis
