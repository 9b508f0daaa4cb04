// A study with claims is many studies: one for each claim, ranges and kernel, all over the same base points.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <set>

#include "sweep/study/claim_asked.hpp"
#include "sweep/study/marginal_parse.hpp"
#include "sweep/study/values.hpp"

namespace truce {
namespace {

using Shape = Marginal::Shape;
using Words = std::vector<std::string>;

bool has_input(const Kernel& kernel, const std::string& name) {
  return input_index(kernel, name) < kernel.inputs.size();
}

/// As people would write it: quartiles of round ends are round.
double rounded(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.12g", value);
  return parse_real(text);
}

/// The inner half of a distribution: between its quartiles, choices as they are.
std::string inner_half(const Marginal& marginal) {
  const double low = rounded(marginal.quantile(0.25)), high = rounded(marginal.quantile(0.75));
  if (marginal.shape == Shape::choice || marginal.shape == Shape::list || !(low < high)) return marginal.text;
  const std::string name = marginal.shape == Shape::integer      ? "integer"
                           : marginal.shape == Shape::loguniform ? "loguniform"
                                                                 : "uniform";
  return name + "(" + spell(low) + ", " + spell(high) + ")";
}

/// [inputs] as each kernel has them, with inner halves in the place of distributions.
std::vector<FreeKey> inner_inputs(const StudyKeys& keys, const KernelList& kernels, const std::set<std::string>& set) {
  std::vector<FreeKey> inner;
  for (const Kernel* kernel : kernels) {
    const StudyKeys own = keys_of_kernel(keys, *kernel);
    const auto all = std::ranges::find(own.inputs, "all", &FreeKey::name);
    for (const Input& input : kernel->inputs) {
      const auto key = std::ranges::find(own.inputs, input.name, &FreeKey::name);
      const std::string name(input.name), of(kernel->name);
      if (key != own.inputs.end()) {
        InputValue value;
        try {
          value = parse_input_value(input, key->value);
        } catch (const Error&) {  // told when the full ranges were planned
        }
        inner.push_back({key->where, of, name, value.marginal ? inner_half(*value.marginal) : key->value});
      } else if (all != own.inputs.end() && !set.contains(name)) {
        if (const auto range = range_marginal(input)) inner.push_back({all->where, of, name, inner_half(*range)});
      }
    }
  }
  return inner;
}

/// The study of one claim, for kernels of which it says the same.
StudyKeys keys_of_claim(const StudyKeys& keys, const StatedClaim& stated, const KernelList& kernels,
                        const std::string& ranges, const std::string& absent) {
  StudyKeys own = keys;
  own.claims.clear();
  own.claim = stated.claim;
  own.claim->ranges = ranges;
  own.claim->absent = absent;
  if (!stated.title.empty()) own.title = stated.title;
  Words names;
  for (const Kernel* kernel : kernels) names.emplace_back(kernel->name);
  own.kernel = join(names);
  std::set<std::string> set;  // what the claim sets itself
  for (const auto* lines : {&stated.pair, &stated.under, &stated.inputs})
    for (const FreeKey& line : *lines) set.insert(line.name);
  std::erase_if(own.inputs, [&](const FreeKey& key) {
    const bool of_these = key.kernel.empty() || std::ranges::find(names, key.kernel) != names.end();
    const bool had = key.name == "all" ||
                     std::ranges::any_of(kernels, [&](const Kernel* kernel) { return has_input(*kernel, key.name); });
    return !of_these || !had || set.contains(key.name);
  });
  if (ranges == "inner") own.inputs = inner_inputs(own, kernels, set);
  own.inputs.insert(own.inputs.end(), stated.inputs.begin(), stated.inputs.end());
  if (stated.pair.empty()) return own;
  own.base = keys.method;
  own.method = Method::paired;
  own.pair = stated.pair;
  for (const FreeKey& line : stated.under) {
    const auto arrow = line.value.find("->");
    const std::string from(trim(line.value.substr(0, arrow)));
    const std::string to(arrow == std::string::npos ? "" : trim(line.value.substr(arrow + 2)));
    own.levers.push_back({line.where, "", line.name, "list(" + from + ", " + to + ")"});
  }
  return own;
}

/// out/claims.h5 -> out/claims.C1.inner.forts.h5
std::string file_of(const std::filesystem::path& file, const Claim& claim, std::string_view kernel) {
  return (file.parent_path() / (file.stem().string() + "." + claim.name + (claim.ranges == "full" ? "." : ".inner.") +
                                std::string(kernel) + ".h5"))
      .string();
}

/// What a study of claims cannot have beside them.
void check_study(const StudyKeys& keys, Problems& problems) {
  const auto refuse = [&](const std::string& where, const std::string& what) { problems.add(where, what); };
  if (keys.claims.empty())
    refuse(keys.at(keys.has("claims.only") ? "claims.only" : "claims.ranges"),
           "the study has no claim (nothing is judged); add a section [claim C1], or delete [claims]");
  if (!keys.levers.empty())
    refuse(keys.levers.front().where, "a study with claims has no levers (each claim has a move of its own); delete " +
                                          std::string("[levers], or compare two settings with under"));
  if (!keys.pair.empty())
    refuse(keys.pair.front().where, "a study with claims has no [pair] (each claim has a move of its own); delete it");
  if (!keys.groups.empty())
    refuse(keys.groups.front().where, "a study with claims has no groups (nothing moves together here); delete it");
  if (keys.method == Method::paired || keys.method == Method::saltelli || keys.method == Method::morris)
    refuse(keys.at("design.method"), "gives base points members (those of a claim are from and to, by themselves); " +
                                         std::string("write how base points are chosen, e.g. method = sobol"));
  if (keys.rows == Rows::run)
    refuse(keys.at("store.rows"),
           "a claim is judged by the differences that rows = point stores (rows = run has none); " +
               std::string("delete the line"));
  for (const std::string& name : keys.only_claims)
    if (std::ranges::find(keys.claims, name, &ClaimSection::name) == keys.claims.end()) {
      Words names;
      for (const ClaimSection& section : keys.claims) names.push_back(section.name);
      refuse(keys.at("claims.only"), "'" + name + "' is no claim of this study" + known_names(name, names));
    }
}

/// A move that leaves an input where it is would compare a point with itself.
void check_moves(const Plan& plan, const StatedClaim& stated, Problems& problems) {
  if (!plan.pair) return;
  for (const Move& move : plan.pair->moves)
    if (move.values[0] && move.values[0] == move.values[1])
      problems.add(stated.where, std::string(plan.kernel->inputs[move.input].name).append(same_value));
}

/// Plans of one claim, and the problems that were not told before.
void add_plans(const StudyKeys& keys, const Asked& asked, std::span<const Kernel> kernels, const ListSource& source,
               std::vector<Plan>& plans, std::set<std::string>& told, Problems& problems) {
  for (const std::string& ranges : keys.claim_ranges)
    for (const auto& [stated, list] : asked.groups) {
      const StudyKeys own = keys_of_claim(keys, stated, list, ranges, asked.absent);
      Problems found;
      try {
        for (Plan& plan : make_plans(own, kernels, source, found)) {
          check_moves(plan, stated, found);
          plan.file = file_of(keys.store_file, *plan.claim, plan.kernel->name);
          plans.push_back(std::move(plan));
        }
      } catch (const Error&) {  // told below
      }
      for (const std::string& line : found.lines())
        if (told.insert(line).second) problems.add("", line);
    }
}

}  // namespace

std::vector<Plan> claim_plans(const StudyKeys& keys, std::span<const Kernel> kernels, const ListSource& source,
                              Problems& problems) {
  const KernelList named = kernels_named(keys, kernels, problems);
  check_study(keys, problems);
  check_names(keys, named, problems);
  std::set<std::string> told(problems.lines().begin(), problems.lines().end());
  std::vector<Plan> plans;
  if (named.empty()) return plans;
  for (const ClaimSection& section : keys.claims) {
    const bool wanted =
        keys.only_claims.empty() || std::ranges::find(keys.only_claims, section.name) != keys.only_claims.end();
    Problems stating;
    const Asked asked = ask(keys, section, named, kernels, wanted, stating);
    for (const std::string& line : stating.lines())
      if (told.insert(line).second) problems.add("", line);
    if (wanted && stating.empty()) add_plans(keys, asked, kernels, source, plans, told, problems);
  }
  if (plans.empty() && problems.empty())
    problems.add(keys.at(keys.left_out.empty() ? "claims.only" : "study.kernel"),
                 "no claim is left (none that is wanted can be asked of " + keys.kernel +
                     "); name another kernel, or " + "other claims with claims.only");
  return plans;
}

}  // namespace truce
