// The sums of all inputs are resampled by one product.
#include "analysis/indices/rank_index.hpp"

#include "analysis/fold/bootstrap.hpp"
#include "sweep/base/no_number.hpp"

namespace truce::analysis {

RankIndices::RankIndices(std::uint64_t seed, std::int64_t resamples, double level)
    : seed_(seed), resamples_(resamples), level_(level) {}

std::vector<std::vector<RankIndex>> RankIndices::operator()(const std::vector<RankOrder>& orders,
                                                            const SampledValues& values, const Chance& chance) {
  constexpr auto width = static_cast<std::size_t>(RankSums::width);
  std::vector<std::vector<RankIndex>> indices(
      orders.size(), std::vector<RankIndex>(reading_count, {{no_number, no_number, no_number, no_number}, false}));
  if (values.count < 2) return indices;
  GroupSums sums;
  for (std::size_t i = 0; i < orders.size(); ++i) {
    const GroupSums of_input = RankSums::of(orders[i], values);
    if (i == 0) sums.resize(of_input.rows(), RankSums::width * static_cast<Eigen::Index>(orders.size()));
    sums.middleCols(static_cast<Eigen::Index>(i) * RankSums::width, RankSums::width) = of_input;
  }
  if (weights_.cols() != sums.rows()) weights_ = bootstrap_weights(seed_, sums.rows(), resamples_);
  const Eigen::ArrayXd all = total(sums);
  const GroupSums resamples = resampled(weights_, sums);
  std::vector<double> found(static_cast<std::size_t>(resamples.rows()));
  for (std::size_t i = 0; i < orders.size(); ++i) {
    const auto say = [&](const auto& statistic) {
      for (std::size_t s = 0; s < found.size(); ++s)
        found[s] = statistic(std::span(&resamples(static_cast<Eigen::Index>(s), 0) + i * width, width));
      return resampled_value(statistic(std::span(all.data() + i * width, width)), found, level_);
    };
    const double response_low = say([](std::span<const double> of) { return RankSums::response(of); }).low;
    for (std::size_t r = 0; r < reading_count; ++r) {
      const auto reading = static_cast<Reading>(r);
      if (!chance.gives(reading)) continue;
      indices[i][r] = {say([&](std::span<const double> of) { return RankSums::index(of, reading); }),
                       may_be_told(reading, static_cast<double>(values.count), response_low)};
    }
  }
  return indices;
}

}  // namespace truce::analysis
