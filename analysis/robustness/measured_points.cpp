// Histograms take one pass for their ends and one to fill them.
#include "analysis/robustness/measured_points.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "analysis/fold/add_up.hpp"

namespace truce::analysis {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

bool any_missing(std::span<const double> f) {
  return std::ranges::any_of(f, [](double value) { return std::isnan(value); });
}

/// The differences, if noise is added.
std::optional<DifferenceReader> differences_of(const Dataset& data, std::size_t series, const AddedNoise* noise) {
  if (noise == nullptr) return {};
  return DifferenceReader(data, series);
}

}  // namespace

MeasuredPoints::MeasuredPoints(const PartTask& task, std::size_t series, const Baseline& baseline,
                               const AddedNoise* noise, int draw)
    : task_(task), series_(series), noise_(noise), draw_(draw), at_baseline_(task.data.policies()) {
  MomentsReader reader(task.data, series);
  auto differences = differences_of(task.data, series, noise);
  const Range here{baseline.base(), 1};
  values(reader.read(here), differences ? &differences->read(here) : nullptr, 0, here.first, at_baseline_);
}

void MeasuredPoints::values(const Moments& means, const Moments* differences, Eigen::Index row, std::int64_t base,
                            std::span<double> f) const {
  for (std::size_t q = 0; q < f.size(); ++q) f[q] = means.mean(row, static_cast<Eigen::Index>(q));
  if (noise_ == nullptr || any_missing(f)) return;
  std::vector<double> errors(f.size());
  noise_->errors(means, *differences, row, base, draw_, errors);
  const bool is_share = task_.data.series()[series_].is_share;
  for (std::size_t q = 0; q < f.size(); ++q) {
    f[q] += errors[q];
    if (!is_share) continue;
    const double n = means.n(row, static_cast<Eigen::Index>(q));
    f[q] = std::clamp(std::round(f[q] * n) / n, 0.0, 1.0);
  }
}

GroupSums MeasuredPoints::fold(std::size_t columns, const Visit& visit) const {
  const Dataset& data = task_.data;
  MomentsReader reader(data, series_);
  auto differences = differences_of(data, series_, noise_);
  std::vector<double> f(data.policies());
  std::vector<Measured> measured(data.policies());
  const Groups groups(data.bases(), data.members());
  return fold_groups(task_.crew, groups, columns, [&](Range bases, std::span<double> sums) {
    const Moments& means = reader.read(bases);
    const Moments* noise = differences ? &differences->read(bases) : nullptr;
    for (std::int64_t b = 0; b < bases.count; ++b) {
      values(means, noise, b * data.members(), bases.first + b, f);
      if (any_missing(f)) continue;
      measure(f, at_baseline_, measured);
      visit(bases.first + b, measured, sums);
    }
  });
}

Histograms MeasuredPoints::histograms() const {
  const std::size_t policies = task_.data.policies();
  std::vector<double> ends(policies * quantities * 2, -infinity);  // -lowest, highest
  fold(0, [&](std::int64_t, std::span<const Measured> measured, std::span<double>) {
    for (std::size_t q = 0; q < policies; ++q)
      for (std::size_t k = 0; k < quantities; ++k) {
        const double value = measured[q][k];
        double* end = ends.data() + (q * quantities + k) * 2;
        if (std::isnan(value) || value >= beyond) continue;
        end[0] = std::max(end[0], -value);
        end[1] = std::max(end[1], value);
      }
  });
  greatest(task_.crew, ends);
  Histograms histograms(policies);
  for (std::size_t at = 0; at < policies * quantities; ++at) {
    const bool any = ends[2 * at + 1] > -infinity;
    histograms[at / quantities].emplace_back(any ? -ends[2 * at] : 0, any ? ends[2 * at + 1] : 0);
  }
  fold(0, [&](std::int64_t, std::span<const Measured> measured, std::span<double>) {
    for (std::size_t q = 0; q < policies; ++q)
      for (std::size_t k = 0; k < quantities; ++k)
        if (!std::isnan(measured[q][k])) histograms[q][k].add(measured[q][k]);
  });
  for (auto& policy : histograms)
    for (Histogram& histogram : policy) add_up(task_.crew, histogram.counts());
  return histograms;
}

}  // namespace truce::analysis
