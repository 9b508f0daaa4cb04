// Regional sensitivity: how far the distributions of an input lie apart where something happens and where it does not.
//
// Row j happens to the share p_j (a fraction of its runs, or 0 or 1). With a_j = p_j / sum(p) - (1 - p_j) / sum(1 - p)
// the distance of Kolmogorov and Smirnov between the two weighted distributions of an input is
//   D = max over x of |sum of a_j over rows with input <= x|            (Hornberger & Spear 1981)
// If the input has nothing to do with p, the a_j stand in random order along it: a bridge of scale e = sqrt(sum a_j^2),
// so D / e has Kolmogorov's distribution; for 0 and 1 that is the test of two samples.
#pragma once

#include <span>
#include <vector>

#include "analysis/indices/rank_order.hpp"

namespace truce::analysis {

/// Kolmogorov's distribution: chance of a larger maximum of a Brownian bridge, for x > 0; 1 at 0.
double kolmogorov_tail(double x);
/// The x with that tail, 0 < tail < 1.
double kolmogorov_quantile(double tail);

/// What happens where, by row of a sample.
struct Split {
  std::vector<double> weights;  ///< a_j; 0 where the row does not count; empty if nothing, or everything, happens
  double scale = 0;             ///< e
  double threshold = 0;         ///< of an outcome that is no share: it happens at or above; else NaN
  double share = 0;             ///< mean p
  std::size_t count = 0;        ///< rows that count
};

/// Of shares in [0, 1], NaN where a row does not count.
Split split_by_share(std::span<const double> shares);
/// Of an outcome by its median: where it is at least that, or above it if the smallest value is the median.
Split split_by_median(std::span<const double> values);

/// D of a split that happens somewhere and not everywhere.
double distance(const RankOrder& order, const Split& split);

}  // namespace truce::analysis
