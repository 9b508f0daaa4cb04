// One object, one key a line.
#include "analysis/answers/salib_problem.hpp"

#include <algorithm>
#include <vector>

#include "sweep/store/json.hpp"
#include "sweep/study/members.hpp"
#include "sweep/study/values.hpp"

namespace truce::analysis {
namespace {

template <class Items, class Spell>
std::string list_of(const Items& items, const Spell& spelled) {
  std::string text;
  for (const auto& item : items) text += (text.empty() ? "" : ", ") + spelled(item);
  return "[" + text + "]";
}

/// SALib's name of a distribution and what its bounds hold.
struct Dist {
  std::string name;
  std::vector<double> bounds;
};

Dist dist_of(const Marginal& marginal) {
  const std::vector<double>& p = marginal.parameters;
  switch (marginal.shape) {
    case Marginal::Shape::loguniform:
      return {"logunif", p};
    case Marginal::Shape::triangular:
      return {"triang", {p[0], p[2], (p[1] - p[0]) / (p[2] - p[0])}};
    case Marginal::Shape::normal:
      if (marginal.p_lo == 0 && marginal.p_hi == 1) return {"norm", p};
      return {"truncnorm", {marginal.lo, marginal.hi, p[0], p[1]}};
    case Marginal::Shape::truncated_normal:
      return {"truncnorm", {marginal.lo, marginal.hi, p[0], p[1]}};
    case Marginal::Shape::uniform:
    case Marginal::Shape::beta:
    case Marginal::Shape::integer:
    case Marginal::Shape::choice:
    case Marginal::Shape::list:
      break;
  }
  if (marginal.values.empty()) return {"unif", {marginal.lo, marginal.hi}};
  const auto [lo, hi] = std::ranges::minmax(marginal.values);
  return {"unif", {lo, hi}};
}

/// The range of an input of method = list, which has no distribution.
Dist dist_of_column(const Plan& plan, std::size_t column) {
  std::vector<double> ends{plan.list_values[column], plan.list_values[column]};
  for (std::size_t at = column; at < plan.list_values.size(); at += plan.list_columns) {
    ends[0] = std::min(ends[0], plan.list_values[at]);
    ends[1] = std::max(ends[1], plan.list_values[at]);
  }
  return {"unif", ends};
}

}  // namespace

std::string salib_problem(const PartTask& task) {
  const Plan& plan = task.data.plan();
  const auto& inputs = task.data.inputs();
  const bool listed = plan.placement == Method::list;
  const auto dist = [&](const VariedInput& input) {
    const PlannedInput& planned = plan.inputs[input.input];
    return listed ? dist_of_column(plan, planned.column) : dist_of(planned.marginal);
  };
  const auto marginal = [&](const VariedInput& input) {
    return quote_json(listed ? "list" : plan.inputs[input.input].marginal.text);
  };
  const auto group = [&](const VariedInput& input) {
    const std::string name = group_of(plan, input.input);
    return quote_json(name.empty() ? input.name : name);
  };
  const bool grouped =
      std::ranges::any_of(inputs, [&](const VariedInput& i) { return !group_of(plan, i.input).empty(); });
  const auto bounds = [&](const VariedInput& i) { return list_of(dist(i).bounds, [](double b) { return spell(b); }); };
  return "{\"num_vars\": " + std::to_string(inputs.size()) +
         ",\n \"names\": " + list_of(inputs, [](const VariedInput& i) { return quote_json(i.name); }) +
         ",\n \"bounds\": " + list_of(inputs, bounds) +
         ",\n \"dists\": " + list_of(inputs, [&](const VariedInput& i) { return quote_json(dist(i).name); }) +
         ",\n \"groups\": " + (grouped ? list_of(inputs, group) : "null") +
         ",\n \"outputs\": " + list_of(series_axis(task).labels, [](const std::string& s) { return quote_json(s); }) +
         ",\n \"marginals\": " + list_of(inputs, marginal) + "}\n";
}

std::filesystem::path problem_path(const std::filesystem::path& analysis_file) {
  std::filesystem::path path = analysis_file;
  return path.replace_extension(".problem.json");
}

}  // namespace truce::analysis
