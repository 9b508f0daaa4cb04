// [pair]: what differs between the two members of method = paired, as values of inputs or as a mechanism.
#include <algorithm>

#include "sweep/study/marginal_parse.hpp"
#include "sweep/study/plan_parts.hpp"
#include "sweep/study/values.hpp"

namespace truce {
namespace {

using Role = PlannedInput::Role;

/// The texts on both sides of the arrow.
std::array<std::string, 2> sides_of(const std::string& value, const std::string& form) {
  const auto arrow = value.find("->");
  const std::string whole = "'" + value + "'";
  if (arrow == std::string::npos) refuse(whole + " has no -> (a pair says from what to what); write it like " + form);
  const std::string from(trim(std::string_view(value).substr(0, arrow)));
  const std::string to(trim(std::string_view(value).substr(arrow + 2)));
  if (from.empty() || to.empty())
    refuse(whole + " lacks a value beside its -> (none is assumed); write it like " + form);
  return {from, to};
}

/// The section that gives the input a value too, "" if none does.
std::string section_with(const StudyKeys& keys, const std::string& name) {
  if (std::ranges::find(keys.levers, name, &FreeKey::name) != keys.levers.end()) return "levers";
  return std::ranges::find(keys.inputs, name, &FreeKey::name) != keys.inputs.end() ? "inputs" : "";
}

void move_input(const FreeKey& key, const StudyKeys& keys, const KernelList& kernels, Plan& plan, Problems& problems) {
  const std::size_t i = input_index(*plan.kernel, key.name);
  if (!key.kernel.empty() || i == plan.inputs.size()) {
    const bool of_others = std::ranges::any_of(
        kernels, [&](const Kernel* kernel) { return input_index(*kernel, key.name) < kernel->inputs.size(); });
    if (key.kernel.empty() && of_others)
      return problems.add(key.where,
                          "not an input (a pair is the same move in every kernel); leave the kernel out, or "
                          "move what all have");
    auto names = input_names(*plan.kernel);
    names.emplace_back("mechanism");
    return problems.add(key.where, "not an input of " + any_of_kernels(kernels) + suggestion(key.name, names));
  }
  if (const std::string section = section_with(keys, key.name); !section.empty())
    return problems.add(key.where, "stands in [" + section + "] too (the pair gives the input both its values); " +
                                       "delete one of the two");
  try {
    const Input& input = plan.kernel->inputs[i];
    const auto [from, to] = sides_of(key.value, key.name + " = 0 -> 1");
    plan.pair->moves.push_back({i, {parse_level(input, from), parse_level(input, to)}});
    plan.inputs[i].role = Role::moved;
    plan.inputs[i].value = *plan.pair->moves.back().values[0];
    if (plan.inputs[i].value == *plan.pair->moves.back().values[1])
      plan.notes.push_back("pair." + key.name + ": from and to are the same value, so nothing will differ");
  } catch (const Error& error) {
    problems.add(key.where, error.what());
  }
}

std::vector<std::string> mechanism_names(const Kernel& kernel) {
  std::vector<std::string> names;
  for (const Mechanism& mechanism : kernel.mechanisms) names.emplace_back(mechanism.name);
  return names;
}

/// The member in which a mechanism is on.
std::size_t member_with(const std::string& direction, const std::string& form) {
  const auto [from, to] = sides_of(direction, form);
  if (from == "off" && to == "on") return 1;
  if (from == "on" && to == "off") return 0;
  refuse("'" + direction + "' is not off -> on or on -> off (a mechanism has these two settings); write it like " +
         form);
}

const Mechanism& mechanism_named(const Kernel& kernel, const std::string& name) {
  const auto found = std::ranges::find(kernel.mechanisms, name, &Mechanism::name);
  if (found != kernel.mechanisms.end()) return *found;
  const auto names = mechanism_names(kernel);
  refuse("'" + name + "' is no mechanism of " + std::string(kernel.name) + " (see truce describe " +
         std::string(kernel.name) + ")" + (names.empty() ? "; move an input" : suggestion(name, names)));
}

void switch_mechanism(const FreeKey& key, Plan& plan, Problems& problems) {
  try {
    const auto colon = key.value.find(':');
    const auto names = mechanism_names(*plan.kernel);
    const std::string form = "mechanism = " + (names.empty() ? "NAME" : names.front()) + ": off -> on";
    if (colon == std::string::npos)
      refuse("'" + key.value + "' has no colon (a mechanism is named, then switched); write it like " + form);
    const Mechanism& mechanism = mechanism_named(*plan.kernel, std::string(trim(key.value.substr(0, colon))));
    plan.pair->mechanism = mechanism.name;
    plan.pair->on = member_with(std::string(trim(key.value.substr(colon + 1))), form);
    for (const Mechanism::Off& off : mechanism.off) {
      Move move{input_index(*plan.kernel, off.input), {}};
      if (plan.inputs[move.input].role == Role::moved)
        refuse(std::string(off.input) + " of mechanism " + plan.pair->mechanism +
               " has a line of its own (which of the two moves it?); delete one of the two");
      move.values[1 - plan.pair->on] = off.value;
      plan.pair->moves.push_back(move);
    }
  } catch (const Error& error) {
    problems.add(key.where, error.what());
  }
}

/// A lever would undo the switch, and a mechanism that is off anyway cannot be switched off.
void check_mechanism(const StudyKeys& keys, bool inputs_known, const Plan& plan, Problems& problems) {
  const std::string at = keys.at("pair.mechanism");
  bool can_differ = false;
  std::string at_off;
  for (const Move& move : plan.pair->moves) {
    const PlannedInput& input = plan.inputs[move.input];
    const std::string name(plan.kernel->inputs[move.input].name);
    if (input.role == Role::moved) continue;
    if (input.role == Role::lever)
      problems.add(at, "switches " + name + ", which is a lever (the policies would undo it); take it out of [levers]");
    const double off = *move.values[1 - plan.pair->on];
    can_differ = can_differ || input.role != Role::constant || input.value != off;
    at_off += (at_off.empty() ? "" : ", ") + name + " = " + spell(off);
  }
  if (!inputs_known || can_differ || at_off.empty()) return;
  problems.add(at, plan.pair->mechanism + " is off in both members (on is how the study has it, and it has " + at_off +
                       "); give an input of it another value in [inputs]");
}

}  // namespace

void plan_pair(const StudyKeys& keys, const KernelList& kernels, Plan& plan, Problems& problems) {
  if (keys.method != Method::paired) {
    if (!keys.pair.empty() && keys.has("design.method") == keys.method.has_value())
      problems.add(keys.pair.front().where,
                   "is only read by method = paired (it would be ignored); write method = paired, or delete [pair]");
    return;
  }
  plan.pair.emplace();
  plan.members = 2;
  if (keys.pair.empty())
    problems.add(keys.at("design.method"),
                 "paired needs [pair] (it says what differs between the members); add [pair] "
                 "with a line such as INPUT = FROM -> TO or mechanism = NAME: off -> on");
  const FreeKey* mechanism = nullptr;
  for (const FreeKey& key : keys.pair) {
    if (key.name == "mechanism" && key.kernel.empty())
      mechanism = &key;
    else
      move_input(key, keys, kernels, plan, problems);
  }
  if (mechanism != nullptr) switch_mechanism(*mechanism, plan, problems);
  std::ranges::sort(plan.pair->moves, {}, &Move::input);
}

void check_pair(const StudyKeys& keys, bool inputs_known, const Plan& plan, Problems& problems) {
  if (plan.pair && !plan.pair->mechanism.empty()) check_mechanism(keys, inputs_known, plan, problems);
}

}  // namespace truce
