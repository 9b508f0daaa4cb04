// Lays the boxes of every outcome, policy and goal out in three tables.
#include "analysis/discovery/prim_part.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/answers/bring_together.hpp"
#include "analysis/discovery/search_all.hpp"
#include "analysis/fold/add_up.hpp"
#include "analysis/fold/thresholds.hpp"

namespace truce::analysis {
namespace {

Axis numbers(std::string name, std::size_t count, std::string long_name) {
  Axis axis{std::move(name), {}, std::move(long_name)};
  for (std::size_t i = 1; i <= count; ++i) axis.labels.push_back(std::to_string(i));
  return axis;
}

void add_estimate(AnswerTable& table, const std::string& name, const std::string& long_name) {
  table.add(name, "1", long_name);
  table.add(name + "_low", "1", long_name + ": lower end of its interval");
  table.add(name + "_high", "1", long_name + ": upper end of its interval");
}

void put_estimate(AnswerTable& table, std::size_t answer, std::size_t place, const Estimate& estimate) {
  table.answers[answer].values[place] = estimate.value;
  table.answers[answer + 1].values[place] = estimate.low;
  table.answers[answer + 2].values[place] = estimate.high;
}

AnswerTable boxes_table(const PartTask& task, std::span<const Case> cases, int boxes, std::span<const double> limits) {
  AnswerTable table{"prim",
                    "boxes of inputs in which an outcome is high, or low (PRIM, Friedman & Fisher 1999, on shares of "
                    "replicates; chosen on the trajectory by mass * (density - base rate))",
                    {series_axis(task), policy_axis(task), goal_axis(),
                     numbers("box", static_cast<std::size_t>(boxes), "box, in the order of covering")},
                    {}};
  add_estimate(table, "prim_coverage", "share of what is looked for that the box holds");
  add_estimate(table, "prim_density", "share of what the box holds that is looked for");
  add_estimate(table, "prim_mass", "share of the points that the box holds");
  table.add("prim_base_rate", "1", "density of all points that were searched for this box");
  table.add("prim_points", "1", "points in the box");
  table.add("prim_p_new", "1", "p of the box among points that its search had not seen");
  table.add("prim_threshold", "", "value that points are above or below of, where the outcome is no share");
  for (const Case& each : cases)
    for (std::size_t k = 0; k < each.boxes.size(); ++k) {
      const FoundBox& box = each.boxes[k];
      const std::size_t policies = task.data.policies();
      const std::size_t place =
          ((each.outcome * policies + each.policy) * 2 + each.goal) * table.axes[3].labels.size() + k;
      put_estimate(table, 0, place, box.coverage);
      put_estimate(table, 3, place, box.density);
      put_estimate(table, 6, place, box.mass);
      table.answers[9].values[place] = box.base_rate;
      table.answers[10].values[place] = box.points;
      table.answers[11].values[place] = box.p_new;
      if (!task.data.series()[task.settings.series[each.outcome]].is_share)
        table.answers[12].values[place] = limits[each.outcome];
    }
  return table;
}

AnswerTable limits_table(const PartTask& task, std::span<const Case> cases, int boxes) {
  const std::vector<VariedInput>& inputs = task.data.inputs();
  AnswerTable table{"prim_limits",
                    "limits of the boxes in the inputs' own units, quasi-p of each (Bryant & Lempert 2010), and how "
                    "they fall in resamples",
                    {series_axis(task),
                     policy_axis(task),
                     goal_axis(),
                     numbers("box", static_cast<std::size_t>(boxes), "box, in the order of covering"),
                     {"box_input", task.data.input_names(), "input that varies"}},
                    {}};
  table.add("prim_low", "", "lower limit of the box, in the input's unit");
  table.add("prim_low_from", "", "lower limit: lower end of its interval");
  table.add("prim_low_to", "", "lower limit: upper end of its interval");
  table.add("prim_high", "", "upper limit of the box, in the input's unit");
  table.add("prim_high_from", "", "upper limit: lower end of its interval");
  table.add("prim_high_to", "", "upper limit: upper end of its interval");
  table.add("prim_choices", "1", "of a choice: the sum of 2^code over the names that the box keeps");
  table.add("prim_quasi_p", "1", "chance of the density without this restriction");
  table.add("prim_restricted", "1", "share of the resamples whose box restricts this input");
  for (const Case& each : cases)
    for (std::size_t k = 0; k < each.boxes.size(); ++k)
      for (const FoundRestriction& found : each.boxes[k].restrictions) {
        const auto input = static_cast<std::size_t>(std::ranges::find(inputs, found.limits.input, &VariedInput::input) -
                                                    inputs.begin());
        std::size_t place = (each.outcome * task.data.policies() + each.policy) * 2 + each.goal;
        place = (place * table.axes[3].labels.size() + k) * inputs.size() + input;
        const Restriction& limits = found.limits;
        const bool choice = task.data.plan().kernel->inputs[limits.input].kind == InputKind::choice;
        double choices = 0;
        for (const double level : limits.levels) choices += std::exp2(level);
        const double values[] = {limits.low,
                                 found.low.low,
                                 found.low.high,
                                 limits.high,
                                 found.high.low,
                                 found.high.high,
                                 choice ? choices : std::nan(""),
                                 found.quasi_p,
                                 found.restricted};
        for (std::size_t a = 0; a < std::size(values); ++a) table.answers[a].values[place] = values[a];
      }
  return table;
}

/// Collective: of the longest trajectory of a first box.
std::size_t steps_of(Crew& crew, std::span<const Case> cases) {
  double steps = 1;
  for (const Case& each : cases)
    if (!each.boxes.empty()) steps = std::max(steps, static_cast<double>(each.boxes.front().trajectory.size()));
  greatest(crew, {&steps, 1});
  return static_cast<std::size_t>(steps);
}

AnswerTable trajectory_table(const PartTask& task, std::span<const Case> cases, std::size_t steps) {
  AnswerTable table{"prim_trajectory",
                    "the peeling of each first box, from the whole space on: what is left after each step",
                    {series_axis(task), policy_axis(task), goal_axis(), numbers("step", steps, "step of the peeling")},
                    {}};
  table.add("prim_step_mass", "1", "share of the points that are left");
  table.add("prim_step_coverage", "1", "share of what is looked for that is left");
  table.add("prim_step_density", "1", "share of what is left that is looked for");
  table.add("prim_step_input", "1", "varied input that was peeled, by its number on the axis box_input");
  table.add("prim_step_chosen", "1", "1 for the step that made the box");
  for (const Case& each : cases) {
    if (each.boxes.empty()) continue;
    const FoundBox& box = each.boxes.front();
    const std::size_t first = ((each.outcome * task.data.policies() + each.policy) * 2 + each.goal) * steps;
    for (std::size_t step = 0; step < box.trajectory.size(); ++step) {
      const Peel& peel = box.trajectory[step];
      table.answers[0].values[first + step] = peel.mass;
      table.answers[1].values[first + step] = peel.coverage;
      table.answers[2].values[first + step] = peel.density;
      if (step > 0) table.answers[3].values[first + step] = static_cast<double>(peel.input);
      table.answers[4].values[first + step] = step == box.chosen ? 1 : 0;
    }
  }
  return table;
}

std::string prim_needs(const Dataset& data) {
  if (data.inputs().empty()) return "needs inputs that vary";
  if (data.bases() < 40) return "needs 40 points or more";
  return "";
}

std::vector<AnswerTable> all_prim_tables(const PartTask& task) {
  return prim_tables(task, CodedPoints(task.crew, task.data));
}

}  // namespace

std::vector<AnswerTable> prim_tables(const PartTask& task, const CodedPoints& points) {
  BoxSearch search;
  search.resamples = std::min<std::int64_t>(search.resamples, task.settings.resamples);
  search.level = task.settings.level;
  const std::vector<double> limits = thresholds(task);
  const std::vector<Case> cases = search_all(task, points, search, limits);
  std::vector<AnswerTable> tables{boxes_table(task, cases, search.boxes, limits),
                                  limits_table(task, cases, search.boxes),
                                  trajectory_table(task, cases, steps_of(task.crew, cases))};
  std::vector<int> owners;
  for (const Case& each : cases) owners.push_back(each.rank);
  for (AnswerTable& table : tables) bring_together(task.crew, owners, table);
  if (task.crew.rank() != 0) return {};
  return tables;
}

Part prim_part() {
  return {"prim", "boxes of inputs in which an outcome is high or low: coverage, density, limits (PRIM)", prim_needs,
          all_prim_tables};
}

}  // namespace truce::analysis
