// Values are centred first; the index centres again, as the mean of a resample is another.
#include "analysis/indices/rank_estimator.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace truce::analysis {

SampledValues sampled_values(const Moments& moments, Eigen::Index policy, double fewest) {
  const auto rows = static_cast<std::size_t>(moments.mean.rows());
  SampledValues values{std::vector<double>(rows, std::numeric_limits<double>::quiet_NaN()),
                       std::vector<double>(rows, 0.0), std::vector<double>(rows, 0.0), 0};
  for (std::size_t r = 0; r < rows; ++r) {
    const auto row = static_cast<Eigen::Index>(r);
    if (!(moments.n(row, policy) >= fewest) || !std::isfinite(moments.mean(row, policy))) continue;
    values.mean[r] = moments.mean(row, policy);
    values.count += 1;
    if (fewest < 2) continue;
    values.noise_of_mean[r] = moments.var(row, policy) / moments.n(row, policy);
    values.noise_of_run[r] = moments.var(row, policy);
  }
  return values;
}

GroupSums RankSums::of(const RankOrder& order, const SampledValues& values) {
  if (values.count < 2) return GroupSums(0, width);
  std::vector<std::uint32_t> kept;
  kept.reserve(values.count);
  double mean = 0;
  for (const std::uint32_t row : order.rows)
    if (!std::isnan(values.mean[row])) {
      kept.push_back(row);
      mean += values.mean[row];
    }
  const auto count = static_cast<std::int64_t>(kept.size());
  mean /= static_cast<double>(count);
  const std::int64_t blocks = std::min(count, most_blocks);
  GroupSums sums = GroupSums::Zero(blocks, width);
  for (std::int64_t j = 0; j < count; ++j) {
    const std::uint32_t row = kept[static_cast<std::size_t>(j)], next = kept[static_cast<std::size_t>((j + 1) % count)];
    const double y = values.mean[row] - mean;
    double* into = &sums(j * blocks / count, 0);
    into[0] += 1;
    into[1] += y;
    into[2] += y * y;
    into[3] += y * (values.mean[next] - mean);
    into[4] += values.noise_of_mean[row];
    into[5] += values.noise_of_run[row];
  }
  return sums;
}

double RankSums::index(std::span<const double> sums, Reading reading) {
  const double count = sums[0], mean = sums[1] / count;
  const double covariance = sums[3] / count - mean * mean;
  double variance = sums[2] / count - mean * mean;
  if (reading == Reading::mean_response || reading == Reading::one_run) variance -= sums[4] / count;
  if (reading == Reading::one_run) variance += sums[5] / count;
  return covariance / variance;
}

}  // namespace truce::analysis
