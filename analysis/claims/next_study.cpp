// A study is written from its canonical text: what only says where points stand among other kernels is left out.
#include "analysis/claims/next_study.hpp"

#include <algorithm>
#include <sstream>

#include "sweep/base/error.hpp"
#include "sweep/study/marginal_parse.hpp"
#include "sweep/study/members.hpp"
#include "sweep/study/study_keys.hpp"
#include "sweep/study/values.hpp"

namespace truce::analysis {
namespace {

std::string key_of(const std::string& line) { return std::string(trim(line.substr(0, line.find('=')))); }

/// The box's line for a key; "" if it has none.
std::string line_for(const std::vector<std::string>& box, const std::string& key) {
  const auto found = std::ranges::find(box, key, key_of);
  return found == box.end() ? "" : *found;
}

void require_narrowable(const Plan& plan, const std::vector<std::string>& box) {
  if (plan.placement == Method::list)
    throw Error(Exit::usage, plan.file +
                                 " has its points from a list (which has no ranges to narrow); choose the rows of " +
                                 "the list that lie in the box");
  for (const std::string& line : box) {
    const auto at = std::ranges::find(plan.kernel->inputs, key_of(line), &Input::name);
    if (at == plan.kernel->inputs.end() ||
        plan.inputs[static_cast<std::size_t>(at - plan.kernel->inputs.begin())].role != PlannedInput::Role::varied)
      throw Error(Exit::usage, plan.file + " does not vary " + key_of(line) +
                                   " (so no box can narrow it); give the result " + "that the box was found in");
  }
}

/// A line, or none if there is nothing to say.
std::string given(const std::string& key, const std::string& value) {
  return value.empty() ? "" : key + " = " + value + "\n";
}

std::string claim_section(const Plan& plan) {
  const Claim& claim = *plan.claim;
  std::string move, under;
  for (const auto& [key, value] : pair_lines(plan)) move += (move.empty() ? "" : "; ") + key + " = " + value;
  for (const Lever& lever : plan.levers) {
    const Input& input = plan.kernel->inputs[lever.input];
    under = "under = " + std::string(input.name) + " = " + spell_level(input, lever.values.front()) + " -> " +
            spell_level(input, lever.values.back()) + "\n";
  }
  return "[claim " + claim.name + "]\n" + given("title", plan.title) + given("section", claim.section) +
         given("extension", claim.extension) + "move = " + (move.empty() ? "none" : move) + "\n" + under +
         "outcome = " + claim.outcome + "\nsign = " + (claim.sign > 0 ? "+" : "-") + "\n" +
         given("shared", claim.shared) +
         given("by_construction", claim.by_construction(plan.kernel->name) ? std::string(plan.kernel->name) : "") +
         "[claims]\nranges = full\n";
}

/// Sections that the stated claim stands for.
bool is_of_claim(const std::string& section) {
  return section == "[pair]" || section == "[levers]" || section.starts_with("[claim ");
}

}  // namespace

std::string next_study(const Plan& plan, const std::vector<std::string>& box, const std::string& comment) {
  require_narrowable(plan, box);
  std::istringstream canonical(plan.canonical);
  std::string text = "# truce run next.ini\n" + comment, section;
  for (std::string line; std::getline(canonical, line);) {
    if (line.starts_with("#")) continue;
    if (line.starts_with("[")) section = line;
    if (section == "[dimensions]" || (plan.claim && is_of_claim(section))) continue;
    if (line.starts_with("[") && line == "[store]" && plan.claim) text += claim_section(plan);
    const std::string key = line.starts_with("[") ? "" : key_of(line);
    if (section == "[design]" && (key == "grid" || key == "declared")) continue;
    if (section == "[design]" && plan.claim && plan.pair && (key == "base" || key == "method")) {
      if (key == "method") text += "method = " + name_of(plan.placement) + "\n";
      continue;
    }
    const std::string narrowed = section == "[inputs]" && !key.empty() ? line_for(box, key) : "";
    text += (narrowed.empty() ? line : narrowed) + "\n";
  }
  return text;
}

}  // namespace truce::analysis
