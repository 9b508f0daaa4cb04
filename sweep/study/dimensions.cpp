// Numbers the inputs over all that the kernels of a study declare, so that inputs of one name have the same values.
#include <algorithm>
#include <set>

#include "sweep/study/plan_parts.hpp"
#include "sweep/study/values.hpp"

namespace truce {
namespace {

using Role = PlannedInput::Role;

constexpr std::int64_t most_grid_points = std::int64_t{1} << 40;
constexpr std::int64_t most_dimensions = 3667;  // Sobol' direction numbers of Boost

/// An input that some kernel varies in a grid.
struct GridInput {
  std::string name;
  std::int64_t levels;
};

/// All inputs of all kernels, each name once, in the order of kernels and declarations.
std::vector<std::string> union_of(std::span<const Plan> plans) {
  std::vector<std::string> names;
  std::set<std::string> seen;
  for (const Plan& plan : plans)
    for (auto& name : input_names(*plan.kernel))
      if (seen.insert(name).second) names.push_back(std::move(name));
  return names;
}

/// Where the value of an input of `kernel` stands: its own key goes before that of all.
std::string place_of(const StudyKeys& keys, std::string_view kernel, const std::string& name) {
  std::string place = keys.source + ": inputs." + name;
  for (const FreeKey& key : keys.inputs)
    if (key.name == name && (key.kernel == kernel || key.kernel.empty())) place = key.where;
  for (const FreeKey& key : keys.inputs)
    if (key.name == name && key.kernel == kernel) place = key.where;
  return place;
}

/// The inputs of the grid in the order of union_of. Two kernels must give an input as many levels.
std::vector<GridInput> grid_inputs(const StudyKeys& keys, std::span<const Plan> plans, Problems& problems) {
  std::vector<GridInput> all;
  for (const std::string& name : union_of(plans)) {
    const Plan* first = nullptr;
    for (const Plan& plan : plans) {
      const std::size_t i = input_index(*plan.kernel, name);
      if (i == plan.inputs.size() || plan.inputs[i].role != Role::varied) continue;
      const std::int64_t levels = std::max<std::int64_t>(1, plan.inputs[i].marginal.levels());
      if (first == nullptr) {
        first = &plan;
        all.push_back({name, levels});
      } else if (levels != all.back().levels) {
        problems.add(place_of(keys, plan.kernel->name, name),
                     "has " + std::to_string(levels) + " levels in " + std::string(plan.kernel->name) + " and " +
                         std::to_string(all.back().levels) + " in " + std::string(first->kernel->name) +
                         " (a grid has the same points for every kernel); list as many values in both, or sample " +
                         "with sobol");
      }
    }
  }
  return all;
}

std::string factors_of(const std::vector<GridInput>& inputs) {
  std::string text;
  for (const auto& [name, levels] : inputs)
    text += (text.empty() ? "" : " * ") + std::to_string(levels) + " (" + name + ")";
  return text;
}

/// Nothing if there are more than can be numbered.
std::optional<std::int64_t> product(const std::vector<std::int64_t>& levels) {
  std::int64_t points = 1;
  for (const std::int64_t each : levels) {
    if (points > most_grid_points / each) return std::nullopt;
    points *= each;
  }
  return points;
}

/// The dimensions of one kernel's grid: what it does not vary itself is one dimension as long as nothing parts it.
void lay_grid(const std::vector<GridInput>& inputs, Plan& plan) {
  bool joins = false;
  for (const auto& [name, levels] : inputs) {
    const std::size_t i = input_index(*plan.kernel, name);
    const bool own = i < plan.inputs.size() && plan.inputs[i].role == Role::varied;
    if (own) plan.inputs[i].dimension = plan.grid.size();
    if (!own && joins)
      plan.grid.back() *= levels;
    else if (own || levels > 1)
      plan.grid.push_back(levels);
    joins = !own && (joins || levels > 1);
  }
}

void too_many_points(const StudyKeys& keys, const std::string& factors, Problems& problems) {
  problems.add(keys.at("design.method"), "the grid has " + factors + " points (at most 2^40 can be " +
                                             "numbered); list fewer levels, or sample with sobol");
}

/// `design.points` of a grid must be what the inputs give; only where these could all be read.
void check_grid_points(const StudyKeys& keys, bool inputs_known, std::int64_t points, const std::string& factors,
                       Problems& problems) {
  if (!inputs_known || !keys.points || *keys.points == points) return;
  problems.add(keys.at("design.points"), "'" + std::to_string(*keys.points) + "' contradicts the grid, which has " +
                                             std::to_string(points) + " points (" +
                                             (factors.empty() ? "nothing is varied" : factors) + "); delete the line");
}

void number_grid(const StudyKeys& keys, bool inputs_known, std::span<Plan> plans, Problems& problems) {
  const std::vector<GridInput> inputs = grid_inputs(keys, plans, problems);
  std::vector<std::int64_t> levels;
  for (const GridInput& input : inputs) levels.push_back(input.levels);
  const std::string factors = factors_of(inputs);
  const auto points = product(levels);
  if (!points) return too_many_points(keys, factors, problems);
  if (keys.grid.empty()) check_grid_points(keys, inputs_known, *points, factors, problems);
  for (Plan& plan : plans) {
    plan.points = *points;
    lay_grid(inputs, plan);
  }
}

/// Two inputs of one dimension would never differ, and a grid's dimension has the levels of its input.
void check_dimensions(const StudyKeys& keys, const Plan& plan, Problems& problems) {
  std::set<std::size_t> seen;
  for (std::size_t i = 0; i < plan.inputs.size(); ++i) {
    const PlannedInput& input = plan.inputs[i];
    if (input.role != Role::varied) continue;
    const std::string name(plan.kernel->inputs[i].name);
    const std::string at = keys.at("dimensions." + name), number = std::to_string(input.dimension);
    if (!seen.insert(input.dimension).second)
      problems.add(at,
                   "'" + number + "' is the dimension of another input too (the two would be one); give each its own");
    if (plan.placement != Method::grid) continue;
    if (input.dimension >= plan.grid.size())
      problems.add(at, "'" + number + "' is no dimension of the grid (design.grid lists " +
                           std::to_string(plan.grid.size()) + ", from 0 on); give one of them");
    else if (plan.grid[input.dimension] != input.marginal.levels())
      problems.add(keys.at("design.grid"), "lists " + std::to_string(plan.grid[input.dimension]) +
                                               " levels in dimension " + number + " (" + name + " has " +
                                               std::to_string(input.marginal.levels()) + "); write its number there");
  }
}

/// One line of [dimensions].
void state_dimension(const FreeKey& key, Plan& plan, Problems& problems) {
  const std::size_t i = input_index(*plan.kernel, key.name);
  if (!key.kernel.empty() || i == plan.inputs.size())
    return problems.add(key.where, "not an input of " + any_of_kernels({plan.kernel}) +
                                       suggestion(key.name, input_names(*plan.kernel)));
  if (plan.inputs[i].role != Role::varied || plan.placement == Method::list)
    return problems.add(key.where,
                        std::string(plan.placement == Method::list ? "the list gives its values" : "it is not varied") +
                            " (and no dimension of the design is asked for one); delete the line");
  try {
    plan.inputs[i].dimension = static_cast<std::size_t>(parse_whole(key.value, 0, most_dimensions - 1));
  } catch (const Error& error) {
    problems.add(key.where, error.what());
  }
}

/// `design.declared`: behind so many dimensions begin those of B.
void state_declared(const StudyKeys& keys, Plan& plan, Problems& problems) {
  const std::string at = keys.at("design.declared");
  if (plan.factors.empty())
    return problems.add(at, "is only read by method = saltelli and morris (it would be ignored); delete the line");
  plan.declared = *keys.declared;
  for (const PlannedInput& input : plan.inputs)
    if (input.role == Role::varied && input.dimension >= plan.declared)
      return problems.add(at, "'" + std::to_string(plan.declared) + "' is too few (dimension " +
                                  std::to_string(input.dimension) + " is used, and would be one of B too); give more");
}

/// A and B have dimensions of their own for every input that is declared.
void check_both_matrices(const StudyKeys& keys, std::span<const Plan> plans, Problems& problems) {
  for (const Plan& plan : plans) {
    if (plan.factors.empty() || 2 * static_cast<std::int64_t>(plan.declared) <= most_dimensions) continue;
    return problems.add(keys.at("design.method"),
                        name_of(plan.method) + " needs two Sobol' dimensions for each of the " +
                            std::to_string(plan.declared) + " inputs that are declared (there are " +
                            std::to_string(most_dimensions) + "); name fewer kernels, or use another method");
  }
}

/// What the canonical text of one kernel of several says of the others: their levels and where its own inputs stand.
void state_dimensions(const StudyKeys& keys, Plan& plan, Problems& problems) {
  if (!keys.grid.empty()) {
    if (plan.placement != Method::grid)
      return problems.add(keys.at("design.grid"),
                          "is only read by method = grid (it would be ignored); delete the line");
    plan.grid = keys.grid;
    const auto points = product(plan.grid);
    if (!points) return too_many_points(keys, "more", problems);
    plan.points = *points;
    check_grid_points(keys, true, plan.points, "of design.grid", problems);
  }
  for (const FreeKey& key : keys.dimensions) state_dimension(key, plan, problems);
  if (keys.declared) state_declared(keys, plan, problems);
  check_dimensions(keys, plan, problems);
}

/// Where the first key stands that only the canonical text of one kernel has; "" if there is none.
std::string first_of_one_kernel(const StudyKeys& keys) {
  if (!keys.grid.empty()) return keys.at("design.grid");
  if (keys.declared) return keys.at("design.declared");
  return keys.dimensions.empty() ? "" : keys.dimensions.front().where;
}

}  // namespace

std::size_t own_dimension(const Plan& plan, std::size_t i) {
  if (plan.placement != Method::grid) return i;
  return static_cast<std::size_t>(std::count_if(plan.inputs.begin(),
                                                plan.inputs.begin() + static_cast<std::ptrdiff_t>(i),
                                                [](const PlannedInput& input) { return input.role == Role::varied; }));
}

void number_dimensions(const StudyKeys& keys, bool inputs_known, std::span<Plan> plans, Problems& problems) {
  if (!keys.method) return;  // nothing is varied, or that is a problem of its own
  if (keys.placement() == Method::grid) {
    number_grid(keys, inputs_known, plans, problems);
  } else {
    const std::vector<std::string> names = union_of(plans);
    for (Plan& plan : plans) {
      plan.declared = names.size();
      for (std::size_t i = 0; i < plan.inputs.size(); ++i)
        plan.inputs[i].dimension =
            static_cast<std::size_t>(std::ranges::find(names, plan.kernel->inputs[i].name) - names.begin());
    }
  }
  if (plans.size() == 1) {
    if (!keys.grid.empty() || !keys.dimensions.empty() || keys.declared)
      state_dimensions(keys, plans.front(), problems);
  } else if (const std::string where = first_of_one_kernel(keys); !where.empty()) {
    problems.add(where,
                 "is for one kernel of several (this study has them all, and they number their inputs "
                 "themselves); delete it");
  }
  check_both_matrices(keys, plans, problems);
}

}  // namespace truce
