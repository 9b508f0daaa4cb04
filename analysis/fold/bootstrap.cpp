// Poisson weights by inverse CDF, one Philox word each.
#include "analysis/fold/bootstrap.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "kernels/philox.hpp"
#include "sweep/base/no_number.hpp"

namespace truce::analysis {
namespace {

constexpr std::uint32_t bootstrap_stream = 32;

/// Quantile of the Poisson distribution with mean 1.
double poisson_one(double u) {
  double term = 0.36787944117144233, sum = term;
  int k = 0;
  while (u > sum && k < 30) {
    term /= ++k;
    sum += term;
  }
  return k;
}

double quantile_of_sorted(std::span<const double> sorted, double p) {
  const double at = p * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(at);
  const double share = at - static_cast<double>(below);
  return below + 1 < sorted.size() ? sorted[below] + share * (sorted[below + 1] - sorted[below]) : sorted.back();
}

}  // namespace

GroupSums bootstrap_weights(std::uint64_t seed, std::int64_t groups, std::int64_t resamples) {
  GroupSums weights(resamples, groups);
  for (std::int64_t r = 0; r < resamples; ++r) {
    const Stream stream{seed, static_cast<std::uint64_t>(r), 0};
    for (std::int64_t g = 0; g < groups; g += 4) {
      const Words words = stream.block(bootstrap_stream, static_cast<std::uint32_t>(g / 4));
      for (std::int64_t i = 0; i < std::min<std::int64_t>(4, groups - g); ++i)
        weights(r, g + i) = poisson_one(uniform(words[static_cast<std::size_t>(i)]));
    }
    if ((weights.row(r) == 0).all()) weights.row(r) = 1;
  }
  return weights;
}

GroupSums resampled(const GroupSums& weights, const GroupSums& sums) {
  GroupSums out(weights.rows(), sums.cols());
  out.matrix().noalias() = weights.matrix() * sums.matrix();
  return out;
}

Eigen::ArrayXd total(const GroupSums& sums) {
  Eigen::ArrayXd all = Eigen::ArrayXd::Zero(sums.cols());
  for (Eigen::Index g = 0; g < sums.rows(); ++g) all += sums.row(g).transpose();
  return all;
}

Interval percentile_interval(std::span<double> values, double level) {
  const auto end = std::partition(values.begin(), values.end(), [](double v) { return std::isfinite(v); });
  const std::span<double> finite(values.begin(), end);
  if (finite.size() < 2) return {no_number, no_number};
  std::sort(finite.begin(), finite.end());
  const double tail = (1 - level) / 2;
  return {quantile_of_sorted(finite, tail), quantile_of_sorted(finite, 1 - tail)};
}

Estimate estimate(const Eigen::ArrayXd& total, const GroupSums& sums_of_resamples, double level,
                  const Statistic& statistic) {
  std::vector<double> values(static_cast<std::size_t>(sums_of_resamples.rows()));
  const auto width = static_cast<std::size_t>(sums_of_resamples.cols());
  for (std::size_t r = 0; r < values.size(); ++r) values[r] = statistic({sums_of_resamples.data() + r * width, width});
  const double value = statistic({total.data(), width});
  const Interval interval = percentile_interval(values, level);
  return {value, interval.low, interval.high};
}

}  // namespace truce::analysis
