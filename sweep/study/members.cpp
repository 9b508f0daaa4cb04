// Names follow from the factors and the pair of a plan.
#include "sweep/study/members.hpp"

#include <algorithm>

#include "sweep/study/marginal_parse.hpp"

namespace truce {

const Move* Pair::move_of(std::size_t input) const {
  const auto found = std::ranges::find(moves, input, &Move::input);
  return found == moves.end() ? nullptr : &*found;
}

std::vector<std::string> member_names(const Plan& plan) {
  if (plan.pair) return {"from", "to"};
  if (plan.factors.empty()) return {};
  const bool saltelli = plan.method == Method::saltelli;
  std::vector<std::string> names{saltelli ? "A" : "base"};
  for (const Factor& factor : plan.factors) names.push_back((saltelli ? "AB_" : "") + factor.name);
  if (saltelli) names.emplace_back("B");
  return names;
}

std::string group_of(const Plan& plan, std::size_t input) {
  for (const Factor& factor : plan.factors)
    if (std::ranges::find(factor.inputs, input) != factor.inputs.end())
      return factor.name == plan.kernel->inputs[input].name ? "" : factor.name;
  return "";
}

std::vector<std::pair<std::string, std::string>> pair_lines(const Plan& plan) {
  std::vector<std::pair<std::string, std::string>> lines;
  if (!plan.pair) return lines;
  for (const Move& move : plan.pair->moves) {
    const Input& input = plan.kernel->inputs[move.input];
    if (plan.inputs[move.input].role == PlannedInput::Role::moved)
      lines.emplace_back(input.name,
                         spell_level(input, *move.values[0]) + " -> " + spell_level(input, *move.values[1]));
  }
  if (!plan.pair->mechanism.empty())
    lines.emplace_back("mechanism", plan.pair->mechanism + (plan.pair->on == 1 ? ": off -> on" : ": on -> off"));
  return lines;
}

}  // namespace truce
