// Part `given_data`: first-order indices by the rank estimator, which asks nothing of the design but independent rows.
#include <string>
#include <vector>

#include "analysis/indices/factors.hpp"
#include "analysis/indices/indices.hpp"
#include "analysis/indices/rank_index.hpp"
#include "analysis/indices/sample.hpp"

namespace truce::analysis {
namespace {

std::string given_data_needs(const Dataset& data) {
  return data.inputs().empty() || data.bases() < 2 ? "needs an input that varies, and two points" : "";
}

std::string summary(const Dataset& data, const Sample& sample, const Chance& chance) {
  const std::string rows = std::to_string(sample.rows());
  return "first-order indices by " + rank_estimator_of(data, sample) + ", from " +
         (sample.rows() == sample.of() ? "all " + rows : rows + " sampled of " + std::to_string(sample.of())) +
         " independent rows: " + chance.sentence();
}

std::vector<AnswerTable> given_data_tables(const PartTask& task) {
  const Dataset& data = task.data;
  const Chance chance = chance_of(data.plan());
  const Sample sample(data);
  const std::vector<RankOrder> orders = orders_of_indices(data, rank_orders(task.crew, data, sample));
  AnswerTable table{"given_data",
                    summary(data, sample, chance),
                    {series_axis(task), policy_axis(task), single_input_axis(data), reading_axis()},
                    {}};
  IndexAnswers s1(table, "S1_rank", "1", "first-order index by the rank estimator",
                  IndexAnswers::With::conf_and_outside);
  const std::size_t counted = table.answers.size();
  table.add("given_data_n", "1", "rows behind the index: those where the outcome is defined often enough");
  table.add("given_data_told", "1", told_meaning);
  RankIndices indices_of(data.plan().seed, task.settings.resamples, task.settings.level);
  const Places places{data.policies(), orders.size() * reading_count};
  for (std::size_t o = 0; o < task.settings.series.size(); ++o) {
    const Moments moments = sample.series(task.crew, task.settings.series[o]);
    if (task.crew.rank() != 0) continue;
    for (std::size_t p = 0; p < data.policies(); ++p) {
      const SampledValues values = sampled_values(moments, static_cast<Eigen::Index>(p), chance.fewest());
      const auto indices = indices_of(orders, values, chance);
      for (std::size_t i = 0; i < orders.size(); ++i)
        for (std::size_t r = 0; r < reading_count; ++r) {
          if (!chance.gives(static_cast<Reading>(r))) continue;
          const std::size_t place = places.at(o, p, i * reading_count + r);
          s1.set(place, indices[i][r].index);
          table.answers[counted].values[place] = static_cast<double>(values.count);
          table.answers[counted + 1].values[place] = indices[i][r].told ? 1 : 0;
        }
    }
  }
  if (task.crew.rank() != 0) return {};
  return {std::move(table)};
}

}  // namespace

Part given_data_part() {
  return {"given_data", "first-order indices of any design, by ranks of the inputs", given_data_needs,
          given_data_tables};
}

}  // namespace truce::analysis
