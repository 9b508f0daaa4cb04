// Values are centred first; the index centres again, as the mean of a resample is another.
#include "analysis/indices/rank_estimator.hpp"

#include <algorithm>
#include <cmath>

#include "sweep/base/no_number.hpp"

namespace truce::analysis {

SampledValues sampled_values(const Moments& moments, Eigen::Index policy, double fewest) {
  const auto rows = static_cast<std::size_t>(moments.mean.rows());
  SampledValues values{std::vector<double>(rows, no_number), std::vector<double>(rows, 0.0),
                       std::vector<double>(rows, 0.0), 0};
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

namespace {

/// Rows that count, in the order of an input.
struct Kept {
  std::vector<std::uint32_t> rows;
  std::vector<std::size_t> firsts;  ///< rank at which each run of equal inputs begins, then the number of rows
  double mean = 0;                  ///< of Y
};

Kept kept_rows(const RankOrder& order, const SampledValues& values) {
  Kept kept;
  kept.rows.reserve(values.count);
  bool begins = true;
  for (std::size_t rank = 0; rank < order.rows.size(); ++rank) {
    const std::uint32_t row = order.rows[rank];
    if (!std::isnan(values.mean[row])) {
      if (begins) kept.firsts.push_back(kept.rows.size());
      begins = false;
      kept.rows.push_back(row);
      kept.mean += values.mean[row];
    }
    begins = begins || order.ends[rank];
  }
  kept.firsts.push_back(kept.rows.size());
  kept.mean /= static_cast<double>(kept.rows.size());
  return kept;
}

/// By rank: the product of Y and that of the next row, expected over all orders of rows with equal inputs. Of a run of
/// n such rows with the sum s, and m the mean of the next run, a row y is followed by another of its run with chance
/// (n - 1) / n, else by a row of the next one: y (s - y + m) / n. Where all inputs are equal, y (s - y) / (n - 1).
///
/// A resample that draws a row once more changes the mean of its run as well, so the sum of a run depends on a row
/// twice as strongly as that row's product: departures from the mean product of a run are doubled, its sum stays.
std::vector<double> expected_products(const Kept& kept, const SampledValues& values) {
  const std::size_t runs = kept.firsts.size() - 1;
  std::vector<double> sums(runs, 0), products(kept.rows.size());
  const auto centred = [&](std::size_t rank) { return values.mean[kept.rows[rank]] - kept.mean; };
  for (std::size_t run = 0; run < runs; ++run)
    for (std::size_t rank = kept.firsts[run]; rank < kept.firsts[run + 1]; ++rank) sums[run] += centred(rank);
  for (std::size_t run = 0; run < runs; ++run) {
    const std::size_t first = kept.firsts[run], end = kept.firsts[run + 1], next = (run + 1) % runs;
    const auto n = static_cast<double>(end - first);
    const double after = sums[next] / static_cast<double>(kept.firsts[next + 1] - kept.firsts[next]);
    double mean = 0;
    for (std::size_t rank = first; rank < end; ++rank) {
      const double y = centred(rank);
      products[rank] = runs == 1 ? y * (sums[run] - y) / (n - 1) : y * (sums[run] - y + after) / n;
      mean += products[rank] / n;
    }
    for (std::size_t rank = first; rank < end && n > 1; ++rank) products[rank] = 2 * products[rank] - mean;
  }
  return products;
}

}  // namespace

GroupSums RankSums::of(const RankOrder& order, const SampledValues& values) {
  if (values.count < 2) return GroupSums(0, width);
  const Kept kept = kept_rows(order, values);
  const auto count = static_cast<std::int64_t>(kept.rows.size());
  const std::vector<double> products = expected_products(kept, values);
  const std::int64_t blocks = std::min(count, most_blocks);
  GroupSums sums = GroupSums::Zero(blocks, width);
  for (std::int64_t j = 0; j < count; ++j) {
    const std::uint32_t row = kept.rows[static_cast<std::size_t>(j)];
    const double y = values.mean[row] - kept.mean;
    double* into = &sums(j * blocks / count, 0);
    into[0] += 1;
    into[1] += y;
    into[2] += y * y;
    into[3] += products[static_cast<std::size_t>(j)];
    into[4] += values.noise_of_mean[row];
    into[5] += values.noise_of_run[row];
  }
  return sums;
}

double RankSums::index(std::span<const double> sums, Reading reading) {
  const double count = sums[0], mean = sums[1] / count;
  const double covariance = sums[3] / count - mean * mean;
  const bool corrected = reading == Reading::mean_response || reading == Reading::one_run;
  double variance = corrected ? response(sums) : sums[2] / count - mean * mean;
  if (reading == Reading::one_run) variance += sums[5] / count;
  return covariance / variance;
}

double RankSums::response(std::span<const double> sums) {
  const double count = sums[0], mean = sums[1] / count;
  return sums[2] / count - mean * mean - sums[4] / count;
}

}  // namespace truce::analysis
