// Part `regional`: which inputs lie elsewhere where a share of runs ends one way, or an outcome is above its median.
#include <string>
#include <vector>

#include "analysis/indices/distance_answers.hpp"
#include "analysis/indices/factors.hpp"
#include "analysis/indices/indices.hpp"
#include "analysis/indices/rank_estimator.hpp"
#include "analysis/indices/sample.hpp"

namespace truce::analysis {
namespace {

std::string regional_needs(const Dataset& data) {
  return data.inputs().empty() || data.bases() < 2 ? "needs an input that varies, and two points" : "";
}

std::vector<AnswerTable> regional_tables(const PartTask& task) {
  const Dataset& data = task.data;
  const Sample sample(data);
  const std::vector<RankOrder> orders = rank_orders(task.crew, data, sample);
  AnswerTable table{
      "regional",
      "regional sensitivity (Hornberger & Spear 1981): distance between the distributions of an input "
      "where an outcome happens, weighted by its share of runs, or is at least its median, and elsewhere; " +
          std::to_string(sample.rows()) + " of " + std::to_string(sample.of()) + " independent rows",
      {series_axis(task), policy_axis(task), single_input_axis(data)},
      {}};
  AnswerTable splits{"regional_split", "what the distances compare", {series_axis(task), policy_axis(task)}, {}};
  DistanceAnswers distances(table, "ks", task.settings.level);
  splits.add("ks_threshold", "unit of the outcome", "it happens where the outcome is at least this; none for shares");
  splits.add("ks_share", "1", "mean share of what happens");
  splits.add("ks_n", "1", "rows where the outcome is defined");
  const Places places{data.policies(), orders.size()};
  for (std::size_t o = 0; o < task.settings.series.size(); ++o) {
    const std::size_t series = task.settings.series[o];
    const Moments moments = sample.series(task.crew, series);
    if (task.crew.rank() != 0) continue;
    for (std::size_t p = 0; p < data.policies(); ++p) {
      const std::vector<double> means = sampled_values(moments, static_cast<Eigen::Index>(p), 1).mean;
      const Split split = data.series()[series].is_share ? split_by_share(means) : split_by_median(means);
      for (std::size_t i = 0; i < orders.size(); ++i) distances.set(places.at(o, p, i), orders[i], split);
      const std::size_t at = o * data.policies() + p;
      splits.answers[0].values[at] = split.threshold;
      splits.answers[1].values[at] = split.share;
      splits.answers[2].values[at] = static_cast<double>(split.count);
    }
  }
  if (task.crew.rank() != 0) return {};
  return {std::move(table), std::move(splits)};
}

}  // namespace

Part regional_part() {
  return {"regional", "inputs that lie elsewhere where an outcome happens (Kolmogorov-Smirnov)", regional_needs,
          regional_tables};
}

}  // namespace truce::analysis
