// [inputs] and [levers]: each key is looked up in the kernel, and its value read against that input's limits.
#include <algorithm>

#include "sweep/study/marginal_parse.hpp"
#include "sweep/study/plan_parts.hpp"
#include "sweep/study/values.hpp"

namespace truce {
namespace {

using Role = PlannedInput::Role;

/// Whether this marginal can serve the method.
void check_method(const FreeKey& key, const Marginal& marginal, const StudyKeys& keys, Problems& problems) {
  const auto placement = keys.placement();
  if (!placement) return;  // the missing method is one problem of its own
  if (*placement == Method::list) {
    return problems.add(key.where, key.value + " varies the input (method = list takes every varied value from " +
                                       "its file); give a constant or a column");
  }
  if (*placement == Method::grid && marginal.levels() == 0) {
    return problems.add(key.where, key.value + " has no finite levels (a grid crosses finite lists); use list(...) " +
                                       "or steps(lo, hi, n), or another method");
  }
  if (*placement != Method::grid && marginal.shape == Marginal::Shape::list) {
    problems.add(key.where, key.value + " is for grids and levers (a sampled input needs a distribution); use " +
                                "choice(...), or a continuous distribution");
  }
}

void read_input(const FreeKey& key, const StudyKeys& keys, Plan& plan, Problems& problems) {
  const std::size_t index = input_index(*plan.kernel, key.name);
  try {
    InputValue value = parse_input_value(plan.kernel->inputs[index], key.value);
    if (!value.note.empty()) plan.notes.push_back("inputs." + key.name + ": " + value.note);
    if (!value.marginal) {
      plan.inputs[index].value = value.number;
      return;
    }
    check_method(key, *value.marginal, keys, problems);
    plan.inputs[index].role = Role::varied;
    plan.inputs[index].marginal = std::move(*value.marginal);
  } catch (const Error& error) {
    problems.add(key.where, error.what());
  }
}

void read_lever(const FreeKey& key, Plan& plan, Problems& problems) {
  const std::size_t index = input_index(*plan.kernel, key.name);
  try {
    const InputValue value = parse_input_value(plan.kernel->inputs[index], key.value);
    if (!value.marginal || value.marginal->shape != Marginal::Shape::list) {
      throw Error(Exit::usage, "'" + key.value + "' is not a list (a lever's policies are listed); write " +
                                   (value.marginal ? "list(value, ...)" : "list(" + key.value + ")"));
    }
    plan.inputs[index].role = Role::lever;
    plan.inputs[index].value = value.marginal->values.front();
    plan.levers.push_back({index, value.marginal->values});
  } catch (const Error& error) {
    problems.add(key.where, error.what());
  }
}

/// `all = range`: every input that nothing else names.
void vary_rest(const FreeKey& key, const std::vector<bool>& named, const StudyKeys& keys, Plan& plan,
               Problems& problems) {
  if (key.value != "range") {
    return problems.add(key.where, "'" + key.value + "' is not known here (accepted: range); write all = range");
  }
  if (const auto placement = keys.placement(); placement == Method::grid || placement == Method::list) {
    return problems.add(
        key.where, std::string("ranges have no finite levels (method = ") +
                       (placement == Method::grid ? "grid crosses finite lists" : "list takes its values from a file") +
                       "); use sobol, monte_carlo or latin_hypercube");
  }
  for (std::size_t i = 0; i < named.size(); ++i) {
    if (named[i]) continue;
    if (auto marginal = range_marginal(plan.kernel->inputs[i])) {
      plan.inputs[i].role = Role::varied;
      plan.inputs[i].marginal = std::move(*marginal);
    }
  }
}

}  // namespace

std::vector<std::string> input_names(const Kernel& kernel) {
  std::vector<std::string> names;
  for (const auto& input : kernel.inputs) names.emplace_back(input.name);
  return names;
}

std::size_t input_index(const Kernel& kernel, std::string_view name) {
  const auto found =
      std::find_if(kernel.inputs.begin(), kernel.inputs.end(), [&](const Input& input) { return input.name == name; });
  return static_cast<std::size_t>(found - kernel.inputs.begin());
}

bool plan_inputs(const StudyKeys& keys, const KernelList& kernels, Plan& plan, Problems& problems) {
  const std::size_t problems_before = problems.lines().size();
  const Kernel& kernel = *plan.kernel;
  plan.inputs.resize(kernel.inputs.size());
  for (std::size_t i = 0; i < kernel.inputs.size(); ++i) plan.inputs[i].value = kernel.inputs[i].standard;
  std::vector<bool> named(kernel.inputs.size(), false);
  const FreeKey* all = nullptr;
  for (const auto& key : keys.inputs) {
    if (key.name == "all") {
      all = &key;
    } else {
      named[input_index(kernel, key.name)] = true;
      read_input(key, keys, plan, problems);
    }
  }
  for (const auto& key : keys.levers) {
    const std::size_t index = input_index(kernel, key.name);
    if (named[index]) {
      problems.add(key.where,
                   "stands in [inputs] too (an input is either uncertain or a lever); delete one of the two");
      continue;
    }
    named[index] = true;
    read_lever(key, plan, problems);
  }
  plan_pair(keys, kernels, plan, problems);
  for (std::size_t i = 0; i < named.size(); ++i) named[i] = named[i] || plan.inputs[i].role == Role::moved;
  if (all != nullptr) vary_rest(*all, named, keys, plan, problems);
  return problems.lines().size() == problems_before;
}

}  // namespace truce
