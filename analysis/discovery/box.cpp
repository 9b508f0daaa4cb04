// Cuts a marginal to the limits of a box, as text that the study parser reads back.
#include "analysis/discovery/box.hpp"

#include <algorithm>

#include "sweep/study/marginal_parse.hpp"
#include "sweep/study/values.hpp"

namespace truce::analysis {
namespace {

using Shape = Marginal::Shape;

bool consecutive(const std::vector<double>& levels) {
  return levels.back() - levels.front() == static_cast<double>(levels.size() - 1);
}

std::string of_levels(const Input& input, const Marginal& marginal, const std::vector<double>& levels) {
  if (levels.size() == 1) return spell_level(input, levels.front());
  if (marginal.shape == Shape::integer && consecutive(levels))
    return "integer(" + spell(levels.front()) + ", " + spell(levels.back()) + ")";
  std::vector<double> kept;  // as often as before: a choice may name a value twice
  for (const double value : marginal.values)
    if (std::ranges::find(levels, value) != levels.end()) kept.push_back(value);
  if (kept.empty()) kept = levels;
  const Shape shape = marginal.shape == Shape::list ? Shape::list : Shape::choice;
  return finite_marginal(input, shape, kept).text;
}

std::string of_range(const Marginal& marginal, double low, double high) {
  const std::string ends = spell(low) + ", " + spell(high) + ")";
  const auto& p = marginal.parameters;
  if (low == high) return spell(low);
  if (marginal.shape == Shape::loguniform) return "loguniform(" + ends;
  if (marginal.shape == Shape::normal || marginal.shape == Shape::truncated_normal)
    return "truncated_normal(" + spell(p[0]) + ", " + spell(p[1]) + ", " + ends;
  return "uniform(" + ends;
}

}  // namespace

bool contains(const Box& box, std::span<const double> inputs) {
  return std::ranges::all_of(box.restrictions, [&](const Restriction& restriction) {
    const double value = inputs[restriction.input];
    if (!restriction.levels.empty()) return std::ranges::find(restriction.levels, value) != restriction.levels.end();
    return restriction.low <= value && value <= restriction.high;
  });
}

std::vector<std::string> box_lines(const Plan& plan, const Box& box) {
  std::vector<std::string> lines;
  for (const Restriction& restriction : box.restrictions) {
    const Input& input = plan.kernel->inputs[restriction.input];
    const Marginal& marginal = plan.inputs[restriction.input].marginal;
    lines.push_back(std::string(input.name) + " = " +
                    (restriction.levels.empty() ? of_range(marginal, restriction.low, restriction.high)
                                                : of_levels(input, marginal, restriction.levels)));
  }
  return lines;
}

}  // namespace truce::analysis
