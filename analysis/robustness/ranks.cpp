// Equal values have equal ranks.
#include "analysis/robustness/ranks.hpp"

#include <algorithm>
#include <cmath>

#include "sweep/base/no_number.hpp"

namespace truce::analysis {

std::vector<double> ranks(std::span<const double> values, int better) {
  if (std::ranges::any_of(values, [](double value) { return std::isnan(value); }))
    return std::vector<double>(values.size(), no_number);
  std::vector<double> ranks;
  for (const double value : values)
    ranks.push_back(1 + static_cast<double>(std::ranges::count_if(
                            values, [&](double other) { return better > 0 ? other > value : other < value; })));
  return ranks;
}

RankStability rank_stability(std::span<const double> values, std::span<const std::vector<double>> resamples,
                             int better) {
  const std::vector<double> all = ranks(values, better);
  if (all.empty() || std::isnan(all.front()) || resamples.empty())
    return {no_number, std::vector<double>(values.size(), no_number)};
  RankStability stability{0, std::vector<double>(values.size(), 0)};
  const double one = 1 / static_cast<double>(resamples.size());
  double same = 0;
  std::vector<double> same_rank(values.size(), 0);
  for (const std::vector<double>& resample : resamples) {
    const std::vector<double> drawn = ranks(resample, better);
    same += drawn == all ? 1 : 0;
    for (std::size_t q = 0; q < all.size(); ++q) same_rank[q] += drawn[q] == all[q] ? 1 : 0;
  }
  stability.order = same * one;
  for (std::size_t q = 0; q < all.size(); ++q) stability.policy[q] = same_rank[q] * one;
  return stability;
}

}  // namespace truce::analysis
