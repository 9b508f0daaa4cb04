// Part `failures`: what makes runs fail, where any failed.
#include <string>
#include <vector>

#include "analysis/indices/distance_answers.hpp"
#include "analysis/indices/factors.hpp"
#include "analysis/indices/indices.hpp"
#include "analysis/indices/rank_index.hpp"
#include "analysis/indices/sample.hpp"
#include "sweep/crew/collective.hpp"

namespace truce::analysis {
namespace {

std::string failures_needs(const Dataset& data) {
  return data.inputs().empty() || data.bases() < 2 ? "needs an input that varies, and two points" : "";
}

/// Collective: whether any of them failed.
bool any_failed(Crew& crew, const Moments& failed) {
  return broadcast(crew, crew.rank() == 0 && (failed.mean > 0).any() ? "yes" : "") == "yes";
}

std::vector<AnswerTable> failures_tables(const PartTask& task) {
  const Dataset& data = task.data;
  const Chance chance = chance_of(data.plan());
  const Sample sample(data);
  const Moments failed = sample.series(task.crew, data.find_series(std::string(failed_series)));
  if (!any_failed(task.crew, failed)) return {};
  const std::vector<RankOrder> orders = rank_orders(task.crew, data, sample);
  if (task.crew.rank() != 0) return {};
  const std::vector<RankOrder> of_indices = orders_of_indices(data, orders);
  AnswerTable table{"failures",
                    std::string("what makes runs fail: regional distance, and first-order index of the share that "
                                "failed by ") +
                        rank_estimator_of(data, sample) + ": " + chance.sentence(),
                    {policy_axis(task), single_input_axis(data)},
                    {}};
  AnswerTable shares{"failures_share", "how many runs failed", {policy_axis(task)}, {}};
  shares.add("failed_share", "1", "mean share of runs that failed, over " + std::to_string(sample.rows()) + " rows");
  DistanceAnswers distances(table, "failed_ks", task.settings.level);
  IndexAnswers s1(table, "failed_S1", "1", "first-order index of the share of runs that fail",
                  IndexAnswers::With::conf_and_outside);
  const std::size_t told = table.answers.size();
  table.add("failed_S1_told", "1", told_meaning);
  RankIndices indices_of(data.plan().seed, task.settings.resamples, task.settings.level);
  const Reading reading = chance.shared        ? Reading::common_random_numbers
                          : chance.correctable ? Reading::mean_response
                                               : Reading::uncorrected;
  for (std::size_t p = 0; p < data.policies(); ++p) {
    const SampledValues values = sampled_values(failed, static_cast<Eigen::Index>(p), chance.fewest());
    const Split split = split_by_share(values.mean);
    const auto indices = indices_of(of_indices, values, chance);
    shares.answers[0].values[p] = split.share;
    for (std::size_t i = 0; i < orders.size(); ++i) {
      const std::size_t place = p * orders.size() + i;
      distances.set(place, orders[i], split);
      s1.set(place, indices[i][static_cast<std::size_t>(reading)].index);
      table.answers[told].values[place] = indices[i][static_cast<std::size_t>(reading)].told ? 1 : 0;
    }
  }
  return {std::move(table), std::move(shares)};
}

}  // namespace

Part failures_part() { return {"failures", "what makes runs fail, if any failed", failures_needs, failures_tables}; }

}  // namespace truce::analysis
