// From a study file, or from the canonical text in a result file, to the plan.
#include "sweep/study/plan.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <utility>

#include "sweep/study/claim_keys.hpp"
#include "sweep/study/identity.hpp"
#include "sweep/study/plan_parts.hpp"
#include "sweep/study/values.hpp"

namespace truce {
namespace {

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

/// What all kernels of a study have in common.
Plan plan_of_keys(const StudyKeys& keys) {
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
  plan.claim = keys.claim;
  return plan;
}

/// out/rivals.h5 of the kernel forts is out/rivals.forts.h5.
std::string file_of_kernel(const std::filesystem::path& file, const Kernel& kernel) {
  if (file.empty()) return "";
  return (file.parent_path() / (file.stem().string() + "." + std::string(kernel.name) + ".h5")).string();
}

/// No other ending: what stands beside x.h5 is named after x, and must not be what stands beside x. Nor longer than
/// leaves room, in the 255 bytes of a name, for the temporaries of these, which have the host and the process in
/// theirs.
void check_file(const StudyKeys& keys, const std::string& file, Problems& problems) {
  constexpr std::size_t longest = 160;
  std::error_code ignored;
  const std::string name = std::filesystem::path(file).filename().string();
  if (std::filesystem::is_directory(file, ignored))
    problems.add(keys.at("store.file"), file + " is a folder; name a file in it");
  else if (!file.empty() && (!name.ends_with(".h5") || name == ".h5"))
    problems.add(keys.at("store.file"), file + " does not end in .h5 (manifest and codebook of x.h5 are named after " +
                                            "x); write " + file + ".h5");
  else if (name.size() > longest)
    problems.add(keys.at("store.file"), name + " has " + std::to_string(name.size()) + " bytes (its temporary files " +
                                            "have longer names, and systems end at 255); write one of at most " +
                                            std::to_string(longest));
}

/// Inputs, design and sizes of each kernel's plan, and what they must agree on.
void fill_plans(const StudyKeys& keys, const ListSource& source, const KernelList& kernels, std::vector<Plan>& plans,
                Problems& problems) {
  bool inputs_known = check_names(keys, kernels, problems);
  std::vector<Problems> found(plans.size());
  for (std::size_t k = 0; k < plans.size(); ++k) {
    const StudyKeys own = keys_of_kernel(keys, *kernels[k]);
    inputs_known = plan_inputs(own, kernels, plans[k], found[k]) && inputs_known;
    plan_design(own, source, kernels, plans[k], found[k]);
    plan_members(own, inputs_known, kernels, plans[k], found[k]);
    plan_precision(own, plans[k], found[k]);
    if (const std::string note = replicates_note(plans[k]); !note.empty()) plans[k].notes.push_back(note);
  }
  number_dimensions(keys, inputs_known, plans, problems);
  for (std::size_t k = 0; k < plans.size(); ++k) check_sizes(keys, plans[k], found[k]);
  tell_together(keys, kernels, found, problems);
}

}  // namespace

std::string replicates_note(const Plan& plan) {
  const std::string most = std::to_string(plan.most_replicates());
  if (plan.claim && plan.most_replicates() < replicates_of_a_verdict)
    return "study.replicates: " + most + " leaves every point of a claim undecided (a verdict needs " +
           std::to_string(replicates_of_a_verdict) + " runs); write that many or more";
  if (plan.method == Method::saltelli && !plan.common_random_numbers && plan.most_replicates() == 1)
    return "study.replicates: 1 leaves chance within the indices (it cannot be told from interaction); write 2 or more "
           "if the kernel has chance events";
  return "";
}

std::int64_t Plan::policies() const {
  std::int64_t count = 1;
  for (const auto& lever : levers) count *= static_cast<std::int64_t>(lever.values.size());
  return count;
}

std::vector<Plan> make_plans(const StudyKeys& keys, std::span<const Kernel> kernels, const ListSource& source,
                             Problems& problems) {
  const KernelList named = kernels_named(keys, kernels, problems);
  std::vector<Plan> plans;
  for (const Kernel* kernel : named) {
    plans.push_back(plan_of_keys(keys));
    plans.back().kernel = kernel;
    if (named.size() > 1) plans.back().file = file_of_kernel(keys.store_file, *kernel);
  }
  if (!plans.empty()) fill_plans(keys, source, named, plans, problems);
  const std::size_t before = problems.lines().size();
  check_file(keys, keys.store_file, problems);
  if (problems.lines().size() == before)
    for (const Plan& plan : plans)
      if (plan.file != keys.store_file) check_file(keys, plan.file, problems);
  check_quantiles(keys, problems);
  in_line_order(problems, keys.source).raise();
  for (Plan& plan : plans) set_identity(plan);
  return plans;
}

std::vector<Plan> load_plans(const std::filesystem::path& study, const std::vector<std::string>& options,
                             std::span<const Kernel> kernels) {
  Problems problems;
  const std::string shown = study.string(), text = read_user_text(study);
  if (begins_as_result(text))
    throw Error(Exit::usage, shown + " is a result, not a study (it begins with the signature of HDF5); give the " +
                                 "study file, or see truce status " + shown);
  auto records = parse_records(text, shown, study_sections(), problems, keys_that_may_be_empty());
  StudyKeys keys = read_keys(shown, std::move(records), options, problems);
  if (keys.store_file.empty()) keys.store_file = study.stem().string() + ".h5";
  leave_out_kernels(keys, kernels);
  const ListSource source{study.parent_path(), {}};
  if (keys.claims.empty() && !keys.has("claims.only") && !keys.has("claims.ranges"))
    return make_plans(keys, kernels, source, problems);
  std::vector<Plan> plans = claim_plans(keys, kernels, source, problems);
  in_line_order(problems, shown).raise();
  return plans;
}

Plan load_plan(const std::filesystem::path& study, const std::vector<std::string>& options,
               std::span<const Kernel> kernels) {
  std::vector<Plan> plans = load_plans(study, options, kernels);
  if (plans.size() > 1)
    throw Error(Exit::usage, study.string() + " names " + std::to_string(plans.size()) +
                                 (plans.front().claim ? " studies (one is needed here); name a result"
                                                      : " kernels (one is needed here); add --study.kernel=NAME"));
  return std::move(plans.front());
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
  auto keys = read_keys(shown, parse_records(canonical, shown, study_sections(), problems), options, problems);
  keys.claim = stored_claim(keys);
  const auto no_list = [](const std::vector<std::string>&, int) -> std::vector<double> {
    throw Error(Exit::usage,
                "stored study: its points come from a list (which is not at hand); name the study file instead");
  };
  return std::move(make_plans(keys, kernels, {{}, list ? list : ListReader(no_list)}, problems).front());
}

}  // namespace truce
