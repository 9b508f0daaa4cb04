// Finds the columns of inputs and series by the names that the plan gives them.
#include "analysis/data/dataset.hpp"

#include <algorithm>

#include "sweep/base/error.hpp"
#include "sweep/study/design.hpp"
#include "sweep/study/series.hpp"
#include "sweep/study/values.hpp"

namespace truce::analysis {
namespace {

std::vector<std::string> policy_names_of(const Plan& plan) {
  if (plan.levers.empty()) return {"all"};
  const Design design(plan);
  std::vector<double> inputs(plan.kernel->inputs.size());
  std::vector<std::string> names;
  for (std::int64_t policy = 0; policy < plan.policies(); ++policy) {
    design.policy(policy, inputs);
    std::string name;
    for (const Lever& lever : plan.levers) {
      const Input& input = plan.kernel->inputs[lever.input];
      const double value = inputs[lever.input];
      const std::string shown =
          input.kind == InputKind::choice ? std::string(input.names[static_cast<std::size_t>(value)]) : spell(value);
      name += (name.empty() ? "" : " ") + std::string(input.name) + "=" + shown;
    }
    names.push_back(name);
  }
  return names;
}

}  // namespace

Dataset::Dataset(const std::filesystem::path& file) : opened_(file), policy_names_(policy_names_of(opened_.plan())) {
  const Kernel& kernel = *plan().kernel;
  for (std::size_t i = 0; i < kernel.inputs.size(); ++i) {
    if (plan().inputs[i].role != PlannedInput::Role::varied) continue;
    const Input& input = kernel.inputs[i];
    inputs_.push_back({std::string(input.name), std::string(input.unit), i, result().index(input.name)});
  }
  add_series();
}

void Dataset::add_series() {
  const Kernel& kernel = *plan().kernel;
  for (const Series& each : series_of(kernel)) {
    const Outcome& outcome = kernel.outcomes[each.outcome];
    const std::string name(outcome.name);
    StoredSeries series;
    series.name = each.name;
    series.unit = outcome.unit;
    series.meaning = each.code < 0 ? std::string(outcome.meaning)
                                   : std::string(outcome.meaning) + ": " +
                                         std::string(outcome.meanings[static_cast<std::size_t>(each.code)]);
    series.is_share = outcome.kind == OutcomeKind::flag;
    series.outcome = each.outcome;
    series.code = each.code;
    series.mean = result().index(plan().rows == Rows::run ? name : each.name);
    series.var = result().find(each.name + "_var");
    series.n = result().find(name + "_n");
    series.diff = result().find(each.name + "_diff");
    series.diff_var = result().find(each.name + "_diff_var");
    series.diff_n = result().find(name + "_diff_n");
    series_.push_back(std::move(series));
  }
  StoredSeries failed;
  failed.name = failed_series;
  failed.unit = "1";
  failed.meaning = "the run failed";
  failed.is_share = true;
  failed.outcome = kernel.outcomes.size();
  failed.mean = result().index(plan().rows == Rows::run ? "status" : "runs_failed");
  failed.n = result().find("replicates");
  series_.push_back(std::move(failed));
}

std::size_t Dataset::find_series(const std::string& name) const {
  const auto at = std::ranges::find(series_, name, &StoredSeries::name);
  if (at != series_.end()) return static_cast<std::size_t>(at - series_.begin());
  if (const std::string as = stored_as(*plan().kernel, name); !as.empty()) throw Error(Exit::usage, path() + ": " + as);
  const std::string near = nearest(name, series_names());
  throw Error(Exit::usage, path() + " has no outcome " + name + " (kernel " + std::string(plan().kernel->name) +
                               " does not have it); " +
                               (near.empty() ? "truce describe " + std::string(plan().kernel->name) + " lists them"
                                             : "did you mean " + near + "?"));
}

std::vector<std::string> Dataset::input_names() const {
  std::vector<std::string> names;
  for (const auto& input : inputs_) names.push_back(input.name);
  return names;
}

std::vector<std::string> Dataset::series_names() const {
  std::vector<std::string> names;
  for (const auto& series : series_) names.push_back(series.name);
  return names;
}

}  // namespace truce::analysis
