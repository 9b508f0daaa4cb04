// Two series for the tail: each converges fast where the other does not.
#include "analysis/indices/kolmogorov.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "sweep/base/no_number.hpp"

namespace truce::analysis {

double kolmogorov_tail(double x) {
  if (!(x > 0)) return 1;
  double sum = 0;
  if (x < 1.18) {  // Jacobi's form of the same theta function
    for (int k = 1; k <= 7; k += 2) sum += std::exp(-k * k * std::numbers::pi * std::numbers::pi / (8 * x * x));
    return 1 - std::sqrt(2 * std::numbers::pi) / x * sum;
  }
  for (int k = 1; k <= 4; ++k) sum += (k % 2 == 1 ? 2 : -2) * std::exp(-2.0 * k * k * x * x);
  return sum;
}

double kolmogorov_quantile(double tail) {
  double low = 0, high = 8;
  for (int i = 0; i < 60; ++i) {
    const double middle = (low + high) / 2;
    (kolmogorov_tail(middle) > tail ? low : high) = middle;
  }
  return (low + high) / 2;
}

Split split_by_share(std::span<const double> shares) {
  Split split;
  split.threshold = no_number;
  double happens = 0;
  for (const double share : shares) {
    if (std::isnan(share)) continue;
    split.count += 1;
    happens += share;
  }
  const double not_so = static_cast<double>(split.count) - happens;
  split.share = happens / static_cast<double>(split.count);
  if (!(happens > 0 && not_so > 0)) return split;
  double squares = 0;
  for (const double share : shares) {
    const double weight = std::isnan(share) ? 0 : share / happens - (1 - share) / not_so;
    split.weights.push_back(weight);
    squares += weight * weight;
  }
  split.scale = std::sqrt(squares);
  return split;
}

Split split_by_median(std::span<const double> values) {
  std::vector<double> kept;
  std::ranges::copy_if(values, std::back_inserter(kept), [](double v) { return !std::isnan(v); });
  if (kept.empty()) return split_by_share(values);
  const auto middle = kept.begin() + static_cast<std::ptrdiff_t>(kept.size() / 2);
  std::nth_element(kept.begin(), middle, kept.end());
  double threshold = *middle;
  if (*std::ranges::min_element(kept) == threshold)
    threshold = std::nextafter(threshold, std::numeric_limits<double>::infinity());
  std::vector<double> shares(values.begin(), values.end());
  for (double& value : shares)
    if (!std::isnan(value)) value = value >= threshold ? 1 : 0;
  Split split = split_by_share(shares);
  split.threshold = threshold;
  return split;
}

double distance(const RankOrder& order, const Split& split) {
  double sum = 0, largest = 0;
  for (std::size_t rank = 0; rank < order.rows.size(); ++rank) {
    sum += split.weights[order.rows[rank]];
    if (order.ends[rank]) largest = std::max(largest, std::abs(sum));
  }
  return largest;
}

}  // namespace truce::analysis
