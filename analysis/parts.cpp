// The list of parts, and what they share.
#include "analysis/parts.hpp"

#include "analysis/discovery/prim_part.hpp"
#include "analysis/indices/indices.hpp"
#include "analysis/robustness/robustness_part.hpp"

namespace truce::analysis {

const std::vector<Part>& parts() {
  static const std::vector<Part> all{sobol_part(),    morris_part(),     given_data_part(), regional_part(),
                                     failures_part(), robustness_part(), prim_part()};
  return all;
}

Axis series_axis(const PartTask& task) {
  Axis axis{"outcome", {}, "outcome, or share of an outcome"};
  for (const std::size_t s : task.settings.series) axis.labels.push_back(task.data.series()[s].name);
  return axis;
}

Axis policy_axis(const PartTask& task) {
  return {"policy", task.data.policy_names(), "policy (setting of the levers)"};
}

Axis goal_axis() { return {"goal", {"higher", "lower"}, "what is looked for: more of the outcome, or less"}; }

}  // namespace truce::analysis
