// Sums in the order of base points; the statistic centres afterwards, which is exact for any shift.
#include "analysis/indices/pick_freeze.hpp"

#include <algorithm>
#include <cmath>

namespace truce::analysis {
namespace {

/// Whether all rows of a base point count.
bool counts(const Moments& moments, Eigen::Index first, Eigen::Index members, Eigen::Index policy, double fewest) {
  for (Eigen::Index m = 0; m < members; ++m)
    if (!(moments.n(first + m, policy) >= fewest) || !std::isfinite(moments.mean(first + m, policy))) return false;
  return true;
}

}  // namespace

void PickFreeze::add(const Moments& moments, Eigen::Index policy, double shift, double fewest, std::span<double> sums) {
  const auto factors = static_cast<Eigen::Index>((sums.size() - fixed) / 3), members = factors + 2;
  const double share = 1 / static_cast<double>(members);
  for (Eigen::Index first = 0; first + members <= moments.mean.rows(); first += members) {
    if (!counts(moments, first, members, policy, fewest)) continue;
    const double a = moments.mean(first, policy) - shift, b = moments.mean(first + members - 1, policy) - shift;
    sums[0] += 1;
    sums[1] += a;
    sums[2] += b;
    sums[3] += a * a + b * b;
    double of_means = 0, of_runs = 0;
    for (Eigen::Index m = 0; fewest >= 2 && m < members; ++m) {
      of_means += moments.var(first + m, policy) / moments.n(first + m, policy);
      of_runs += moments.var(first + m, policy);
    }
    sums[4] += of_means * share;
    sums[5] += of_runs * share;
    double* at = sums.data() + fixed;
    for (Eigen::Index i = 1; i <= factors; ++i, at += 3) {
      const double step = moments.mean(first + i, policy) - shift - a;
      at[0] += step;
      at[1] += b * step;
      at[2] += step * step;
    }
  }
}

PickFreeze::PickFreeze(std::span<const double> sums) : sums_(sums) {
  const std::size_t factors = (sums.size() - fixed) / 3;
  double steps = 0;
  for (std::size_t i = 0; i < factors; ++i) steps += of(i, 0);
  const auto members = static_cast<double>(factors + 2);
  centre_ = (sums[1] * (members - 1) + sums[2] + steps) / (members * count());
  const double mean = (sums[1] + sums[2]) / (2 * count());
  variance_ = sums[3] / (2 * count()) - mean * mean;
}

}  // namespace truce::analysis
