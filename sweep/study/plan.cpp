// From a study file, or from the canonical text in a result file, to the plan.
#include "sweep/study/plan.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

#include "sweep/study/identity.hpp"
#include "sweep/study/plan_parts.hpp"
#include "sweep/study/values.hpp"

namespace truce {
namespace {

void find_kernel(const StudyKeys& keys, std::span<const Kernel> kernels, Plan& plan, Problems& problems) {
  std::vector<std::string> names;
  for (const auto& kernel : kernels) {
    names.emplace_back(kernel.name);
    if (kernel.name == keys.kernel) plan.kernel = &kernel;
  }
  if (plan.kernel != nullptr) return;
  const std::string at = keys.at("study.kernel");
  if (keys.kernel.empty()) {
    if (!keys.has("study.kernel")) problems.add(at, "is missing (no model is assumed); add one of " + join(names));
    return;
  }
  problems.add(at, "'" + keys.kernel + "' is not a kernel (see truce kernels)" + suggestion(keys.kernel, names));
}

void check_quantiles(const StudyKeys& keys, Problems& problems) {
  if (!keys.quantiles || keys.rows != Rows::run) return;
  problems.add(keys.at("store.quantiles"),
               "needs rows = point (quantiles are over the replicates of a point, and rows "
               "= run keeps each of them as it is); delete the line or use rows = point");
}

/// The number in "source:12: ...", or the largest number: what is no line of the study comes after its lines.
std::size_t line_of(const std::string& problem, const std::string& source) {
  std::size_t line = std::numeric_limits<std::size_t>::max();
  const std::string start = source + ":";
  if (problem.starts_with(start)) std::from_chars(problem.data() + start.size(), problem.data() + problem.size(), line);
  return line;
}

Problems in_line_order(const Problems& problems, const std::string& source) {
  std::vector<std::string> lines = problems.lines();
  std::stable_sort(lines.begin(), lines.end(),
                   [&](const std::string& a, const std::string& b) { return line_of(a, source) < line_of(b, source); });
  Problems sorted;
  for (auto& line : lines) sorted.add("", std::move(line));
  return sorted;
}

}  // namespace

std::int64_t Plan::policies() const {
  std::int64_t count = 1;
  for (const auto& lever : levers) count *= static_cast<std::int64_t>(lever.values.size());
  return count;
}

Plan make_plan(const StudyKeys& keys, std::span<const Kernel> kernels, const ListSource& source, Problems& problems) {
  Plan plan;
  plan.title = keys.title;
  plan.seed = keys.seed;
  plan.replicates = keys.replicates;
  plan.common_random_numbers = keys.common_random_numbers;
  plan.arithmetic = keys.arithmetic;
  plan.rows = keys.rows;
  plan.quantiles = keys.quantiles;
  plan.block = keys.block;
  plan.file = keys.store_file;
  find_kernel(keys, kernels, plan, problems);
  if (plan.kernel != nullptr) {
    const bool inputs_known = plan_inputs(keys, plan, problems);
    plan_design(keys, source, plan, problems);
    if (inputs_known) check_grid_points(keys, plan, problems);
    plan_precision(keys, plan, problems);
    check_sizes(keys, plan, problems);
  }
  check_quantiles(keys, problems);
  in_line_order(problems, keys.source).raise();
  set_identity(plan);
  return plan;
}

Plan load_plan(const std::filesystem::path& study, const std::vector<std::string>& options,
               std::span<const Kernel> kernels) {
  Problems problems;
  const std::string shown = study.string(), text = read_user_text(study);
  if (begins_as_result(text))
    throw Error(Exit::usage, shown + " is a result, not a study (it begins with the signature of HDF5); give the " +
                                 "study file, or see truce status " + shown);
  auto records = parse_records(text, shown, study_sections(), problems, keys_that_may_be_empty());
  StudyKeys keys = read_keys(shown, std::move(records), options, problems);
  if (keys.store_file.empty()) keys.store_file = study.stem().string() + ".h5";
  std::error_code ignored;
  if (std::filesystem::is_directory(keys.store_file, ignored))
    problems.add(keys.at("store.file"), keys.store_file + " is a folder; name a file in it");
  return make_plan(keys, kernels, {study.parent_path(), {}}, problems);
}

Plan plan_from_canonical(const std::string& canonical, std::span<const Kernel> kernels, const ListReader& list) {
  Plan plan = plan_changed(canonical, {}, kernels, list);
  if (plan.canonical != canonical) {
    throw Error(Exit::usage,
                "stored study: is not the one that this version of truce would run (stored against now); "
                "use the version that wrote it\n" +
                    identity_difference(canonical, plan.canonical));
  }
  return plan;
}

Plan plan_changed(const std::string& canonical, const std::vector<std::string>& options,
                  std::span<const Kernel> kernels, const ListReader& list) {
  const std::string shown = "stored study";
  Problems problems;
  const auto keys = read_keys(shown, parse_records(canonical, shown, study_sections(), problems), options, problems);
  const auto no_list = [](const std::vector<std::string>&) -> std::vector<double> {
    throw Error(Exit::usage,
                "stored study: its points come from a list (which is not at hand); name the study file instead");
  };
  return make_plan(keys, kernels, {{}, list ? list : ListReader(no_list)}, problems);
}

}  // namespace truce
