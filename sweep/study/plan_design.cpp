// [design]: the method, the number of base points, and the points of a list.
#include <algorithm>
#include <bit>
#include <set>

#include "sweep/study/plan_parts.hpp"
#include "sweep/study/values.hpp"

namespace truce {
namespace {

using Role = PlannedInput::Role;

constexpr std::int64_t most_sobol_points = std::int64_t{1} << 32;
constexpr std::int64_t most_policies = 100'000;
constexpr std::int64_t most_runs = std::int64_t{1} << 62;

/// a * b, or nothing if it is above `most`; both at least 1.
std::optional<std::int64_t> product(std::int64_t a, std::int64_t b, std::int64_t most) {
  if (a > most / b) return std::nullopt;
  return a * b;
}

void sampled_points(const StudyKeys& keys, Plan& plan, Problems& problems) {
  if (!keys.points) {
    if (keys.has("design.points")) return;  // its value was bad and is reported already
    return problems.add(keys.at("design.points"),
                        "is missing (" + name_of(plan.method) + " needs the number of base points); add points = 1024");
  }
  plan.points = *keys.points;
  if (plan.placement != Method::sobol) return;
  if (plan.points > most_sobol_points) {
    return problems.add(keys.at("design.points"), "'" + std::to_string(plan.points) + "' is out of range (" +
                                                      name_of(plan.method) + " has " +
                                                      "1 to 4294967296 points of 32 bits); use fewer, or monte_carlo");
  }
  if (!std::has_single_bit(static_cast<std::uint64_t>(plan.points))) {
    plan.notes.push_back("design.points: " + std::to_string(plan.points) + " is not a power of two (the balance of a " +
                         "Sobol' sequence holds at powers of two); " +
                         std::to_string(std::bit_floor(static_cast<std::uint64_t>(plan.points))) + " or " +
                         std::to_string(std::bit_ceil(static_cast<std::uint64_t>(plan.points))) + " is better");
  }
}

/// The columns that a canonical study leaves to its list: the inputs that no key names.
ListData ask_reader(const StudyKeys& keys, const Plan& plan, const ListReader& reader) {
  ListData data;
  std::set<std::string> named;
  for (const auto& key : keys.inputs) named.insert(key.name);
  for (const auto& key : keys.levers) named.insert(key.name);
  for (const auto& key : keys.pair) named.insert(key.name);
  std::vector<std::string> columns;
  for (std::size_t i = 0; i < plan.inputs.size(); ++i) {
    const std::string name(plan.kernel->inputs[i].name);
    if (named.contains(name)) continue;
    data.inputs.push_back(i);
    columns.push_back(name);
  }
  if (columns.empty()) {
    data.rows = keys.points.value_or(0);  // all columns of the list were of other kernels
    return data;
  }
  data.values = reader(columns, plan.pair ? static_cast<int>(plan.pair->on) : 0);
  data.rows = static_cast<std::int64_t>(data.values.size() / columns.size());
  return data;
}

ListData read_list(const StudyKeys& keys, const ListSource& source, const KernelList& kernels, const Plan& plan,
                   Problems& problems) {
  if (source.reader) return ask_reader(keys, plan, source.reader);
  const std::filesystem::path path = source.folder / keys.list_file;
  try {
    return parse_list(read_user_text(path), path.string(), *plan.kernel, problems, kernels);
  } catch (const Error& error) {
    problems.add(keys.at("design.file"), error.what());
    return {};
  }
}

/// An input is given by the list or by a key, not by both.
void check_column(const StudyKeys& keys, std::string_view name, Problems& problems) {
  for (const auto* section : {&keys.inputs, &keys.levers, &keys.pair}) {
    for (const auto& key : *section) {
      if (key.name == name) {
        problems.add(key.where, "is a column of the list too (the two could differ); delete the line or the column");
      }
    }
  }
}

void list_points(const StudyKeys& keys, const ListSource& source, const KernelList& kernels, Plan& plan,
                 Problems& problems) {
  if (keys.list_file.empty()) {
    if (keys.has("design.file")) return;
    return problems.add(keys.at("design.file"),
                        "is missing (method = list reads its points from it); add file = x.csv");
  }
  ListData data = read_list(keys, source, kernels, plan, problems);
  for (std::size_t column = 0; column < data.inputs.size(); ++column) {
    PlannedInput& input = plan.inputs[data.inputs[column]];
    check_column(keys, plan.kernel->inputs[data.inputs[column]].name, problems);
    input.role = Role::varied;
    input.column = column;
  }
  plan.list_columns = data.inputs.size();
  plan.list_values = std::move(data.values);
  plan.points = std::max<std::int64_t>(1, data.rows);
  if (data.rows > 0 && keys.points && *keys.points != data.rows) {
    problems.add(keys.at("design.points"), "'" + std::to_string(*keys.points) + "' contradicts the list, which has " +
                                               std::to_string(data.rows) + " rows; delete the line");
  }
}

/// Without a method a study may only have constants.
void no_method(const StudyKeys& keys, Plan& plan, Problems& problems) {
  if (keys.has("design.method")) return;  // a bad name, reported already
  const auto varied = std::count_if(plan.inputs.begin(), plan.inputs.end(),
                                    [](const PlannedInput& input) { return input.role == Role::varied; });
  const std::string remedy = "; add method = sobol, or one of " + join(method_names());
  if (varied > 0) {
    problems.add(keys.at("design.method"), "is missing (" + std::to_string(varied) + " inputs are varied and must be " +
                                               "given values)" + remedy);
  } else if (keys.points.value_or(1) != 1) {
    problems.add(keys.at("design.method"),
                 "is missing (points = " + std::to_string(*keys.points) + " says how many, not how)" + remedy);
  } else if (keys.has("design.file")) {
    problems.add(keys.at("design.method"), "is missing (design.file needs method = list); add it");
  }
}

}  // namespace

void plan_design(const StudyKeys& keys, const ListSource& source, const KernelList& kernels, Plan& plan,
                 Problems& problems) {
  plan.method = keys.method.value_or(Method::grid);
  plan.placement = keys.placement().value_or(Method::grid);
  if (keys.base && keys.has("design.method") == keys.method.has_value() && keys.method != Method::paired)
    problems.add(keys.at("design.base"), "is only read by method = paired (it would be ignored); delete the line");
  if (!keys.method) return no_method(keys, plan, problems);
  if (plan.placement != Method::list && keys.has("design.file")) {
    problems.add(keys.at("design.file"), "is only read by method = list (it would be ignored); delete the line");
  }
  if (plan.placement == Method::list) return list_points(keys, source, kernels, plan, problems);
  if (plan.placement != Method::grid) sampled_points(keys, plan, problems);
}

void check_sizes(const StudyKeys& keys, const Plan& plan, Problems& problems) {
  std::optional<std::int64_t> policies = 1;
  std::string factors;
  for (const auto& lever : plan.levers) {
    const auto levels = static_cast<std::int64_t>(lever.values.size());
    if (policies) policies = product(*policies, levels, most_policies);
    factors += (factors.empty() ? "" : " * ") + std::to_string(levels);
  }
  if (!policies) {
    return problems.add(keys.source + ": [levers]",
                        "cross to " + factors +
                            " policies (at most 100000: every one is run on every point and a row holds all of " +
                            "them); list fewer values, or vary these inputs in [inputs]");
  }
  auto runs = product(plan.points, *policies, most_runs);
  if (runs) runs = product(*runs, plan.members, most_runs);
  if (runs) runs = product(*runs, plan.most_replicates(), most_runs);
  if (!runs) {
    problems.add(keys.source, std::to_string(plan.points) + " points * " +
                                  (plan.members > 1 ? std::to_string(plan.members) + " members * " : "") +
                                  std::to_string(*policies) + " policies * " + std::to_string(plan.most_replicates()) +
                                  " replicates are too many runs (at most 2^62 can " + "be numbered); ask for fewer");
  }
}

}  // namespace truce
