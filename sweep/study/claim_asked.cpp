// A kernel is asked a claim if it has all that the claim names.
#include "sweep/study/claim_asked.hpp"

#include <algorithm>
#include <set>

#include "sweep/study/series.hpp"
#include "sweep/study/values.hpp"

namespace truce {
namespace {

using Words = std::vector<std::string>;

/// What a kernel lacks: "input", "mechanism" or "outcome", and its name; no kind if nothing.
struct Lack {
  std::string kind, name;
};

/// The mechanism of "guarantees: off -> on".
std::string mechanism_of(const std::string& value) { return std::string(trim(value.substr(0, value.find(':')))); }

Lack lack_of(const Kernel& kernel, const StatedClaim& stated) {
  for (const auto* lines : {&stated.pair, &stated.under, &stated.inputs})
    for (const FreeKey& line : *lines) {
      if (lines == &stated.pair && line.name == "mechanism") {
        const std::string name = mechanism_of(line.value);
        if (std::ranges::find(kernel.mechanisms, name, &Mechanism::name) == kernel.mechanisms.end())
          return {"mechanism", name};
      } else if (input_index(kernel, line.name) == kernel.inputs.size()) {
        return {"input", line.name};
      }
    }
  const auto series = series_of(kernel);
  const std::string& outcome = stated.claim.outcome;  // "" is told as missing
  if (outcome.empty() || std::ranges::find(series, outcome, &Series::name) != series.end()) return {};
  return {"outcome", outcome};
}

/// Names that a claim could have meant, of all kernels.
Words known_to(const KernelList& kernels, const std::string& kind) {
  std::set<std::string> names;
  for (const Kernel* kernel : kernels) {
    if (kind == "input")
      for (auto& name : input_names(*kernel)) names.insert(name);
    if (kind == "mechanism")
      for (const Mechanism& each : kernel->mechanisms) names.emplace(each.name);
    if (kind == "outcome")
      for (const Series& each : series_of(*kernel)) names.insert(each.name);
  }
  return {names.begin(), names.end()};
}

bool same(const std::vector<FreeKey>& a, const std::vector<FreeKey>& b) {
  return std::ranges::equal(a, b,
                            [](const FreeKey& x, const FreeKey& y) { return x.name == y.name && x.value == y.value; });
}

bool same(const StatedClaim& a, const StatedClaim& b) {
  return same(a.pair, b.pair) && same(a.under, b.under) && same(a.inputs, b.inputs) &&
         a.claim.outcome == b.claim.outcome;
}

/// A claim that no kernel can be asked has a name in it that none has.
void tell_lack(const KernelList& kernels, const StatedClaim& stated, const Lack& lack, Problems& problems) {
  std::string where = lack.kind == "outcome" ? stated.outcome_where : stated.where;
  for (const auto* lines : {&stated.inputs, &stated.under})
    for (const FreeKey& line : *lines)
      if (line.name == lack.name) where = line.where;
  for (const Kernel* kernel : kernels)
    if (const std::string as = stored_as(*kernel, lack.name); lack.kind == "outcome" && !as.empty())
      return problems.add(where, as);
  problems.add(where, "'" + lack.name + "' is no " + lack.kind + " of " + any_of_kernels(kernels) +
                          suggestion(lack.name, known_to(kernels, lack.kind)));
}

void check_under(const StatedClaim& stated, Problems& problems) {
  if (stated.under.empty()) return;
  const FreeKey& first = stated.under.front();
  if (stated.under.size() > 1)
    problems.add(first.where, "names several inputs (one, at two settings, is compared); move the others in move");
  const auto arrow = first.value.find("->");
  const std::string_view value = first.value, from = trim(value.substr(0, arrow)),
                         to = arrow == std::string::npos ? "" : trim(value.substr(arrow + 2));
  if (from.empty() || to.empty())
    problems.add(first.where, "'" + first.value + "' has no two settings (the effect of the move is compared between " +
                                  "them); write it like " + first.name + " = 0 -> 1");
  else if (from == to)
    problems.add(first.where, first.name + std::string(same_value));
}

/// Whether a kernel that an option left out of the study can be asked.
bool left_out_can(const StudyKeys& keys, const ClaimSection& section, std::span<const Kernel> all) {
  Problems told;
  return std::ranges::any_of(all, [&](const Kernel& kernel) {
    const std::string name(kernel.name);
    return std::ranges::find(keys.left_out, name) != keys.left_out.end() &&
           lack_of(kernel, state_claim(section, name, told)).kind.empty();
  });
}

}  // namespace

Asked ask(const StudyKeys& keys, const ClaimSection& section, const KernelList& kernels, std::span<const Kernel> all,
          bool wanted, Problems& problems) {
  Asked asked;
  const StatedClaim general = state_claim(section, "", problems);
  check_kernels(keys, section, kernels, problems);
  Lack first;
  for (const Kernel* kernel : kernels) {
    const std::string name(kernel->name);
    Problems told;
    const StatedClaim stated = state_claim(section, name, told);
    for (const std::string& line : told.lines())
      if (std::ranges::find(problems.lines(), line) == problems.lines().end()) problems.add("", line);
    const bool named = general.kernels.empty() || std::ranges::find(general.kernels, name) != general.kernels.end();
    const Lack lack = lack_of(*kernel, stated);
    if (!named || !lack.kind.empty()) {
      asked.absent += (asked.absent.empty() ? "" : "; ") + name + ": " +
                      (named ? "no " + lack.kind + " " + lack.name : "not asked");
      if (named && first.kind.empty()) first = lack;
      continue;
    }
    const auto at = std::ranges::find_if(asked.groups, [&](const auto& group) { return same(group.first, stated); });
    if (at != asked.groups.end())
      at->second.push_back(kernel);
    else
      asked.groups.push_back({stated, {kernel}});
  }
  for (const auto& [stated, unused] : asked.groups) check_under(stated, problems);
  if (wanted && asked.groups.empty() && !first.kind.empty() && !left_out_can(keys, section, all))
    tell_lack(kernels, general, first, problems);
  return asked;
}

}  // namespace truce
