// Limits come back from the table; what is finite gets its levels from the plan.
#include "analysis/discovery/stored_box.hpp"

#include <algorithm>
#include <cmath>
#include <sstream>

#include "sweep/base/error.hpp"
#include "sweep/study/values.hpp"

namespace truce::analysis {
namespace {

using Texts = std::vector<std::string>;

std::size_t place_of(const Result& analysis, const std::string& dimension, const std::string& label) {
  const Texts labels = labels_of(analysis, dimension);
  const auto found = std::ranges::find(labels, label);
  if (found != labels.end()) return static_cast<std::size_t>(found - labels.begin());
  throw Error(Exit::usage, analysis.path().string() + " has no boxes of " + dimension + " '" + label + "'" +
                               known_names(label, labels));
}

std::size_t index_of(const Plan& plan, const std::string& input) {
  return static_cast<std::size_t>(std::ranges::find(plan.kernel->inputs, input, &Input::name) -
                                  plan.kernel->inputs.begin());
}

/// `choices`: the sum of 2^code over those that are kept; NaN of what is no choice.
std::vector<double> levels_within(const Marginal& marginal, double low, double high, double choices) {
  std::vector<double> levels;
  for (std::int64_t i = 0; i < marginal.levels(); ++i) {
    const double level = marginal.level(i);
    const bool kept =
        std::isnan(choices) ? low <= level && level <= high : std::fmod(std::floor(choices / std::exp2(level)), 2) == 1;
    if (kept && std::ranges::find(levels, level) == levels.end()) levels.push_back(level);
  }
  std::ranges::sort(levels);
  return levels;
}

/// Row-major over outcome, policy, goal and box.
std::size_t place_of_case(const Result& analysis, const StoredCase& which) {
  if (!analysis.find("prim_low"))
    throw Error(Exit::usage, analysis.path().string() +
                                 " has no boxes (the part prim was not asked for, or does not "
                                 "apply); make them with truce analyze RESULT --parts prim");
  const std::size_t policies = labels_of(analysis, "policy").size();
  if (which.policy >= policies)
    throw Error(Exit::usage, analysis.path().string() + " has no policy " + std::to_string(which.policy) +
                                 " (they are numbered from 0); name a smaller one");
  std::size_t place = place_of(analysis, "outcome", which.outcome);
  place = place * policies + which.policy;
  place = place * 2 + place_of(analysis, "goal", which.goal);
  return place * labels_of(analysis, "box").size() + place_of(analysis, "box", std::to_string(which.number));
}

}  // namespace

Texts labels_of(const Result& analysis, const std::string& dimension) {
  Texts labels;
  const auto at = analysis.find(dimension);
  if (!at) return labels;
  for (const Attribute& attribute : analysis.variables()[*at].attributes) {
    if (attribute.name != "flag_meanings") continue;
    std::istringstream words(std::get<std::string>(attribute.value));
    for (std::string word; words >> word;) labels.push_back(word);
  }
  return labels;
}

Box stored_box(Result& analysis, const Plan& plan, const StoredCase& which) {
  const Texts inputs = labels_of(analysis, "box_input");
  const std::size_t place = place_of_case(analysis, which);
  const std::vector<double> low = analysis.all("prim_low"), high = analysis.all("prim_high"),
                            choices = analysis.all("prim_choices");
  Box box;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const std::size_t at = place * inputs.size() + i, input = index_of(plan, inputs[i]);
    if (std::isnan(low.at(at)) || input == plan.inputs.size()) continue;
    const Marginal& marginal = plan.inputs[input].marginal;
    box.restrictions.push_back({input, low[at], high[at], levels_within(marginal, low[at], high[at], choices[at])});
  }
  std::ranges::sort(box.restrictions, {}, &Restriction::input);
  return box;
}

double stored_p_new(Result& analysis, StoredCase which) {
  which.number = 1;
  const std::size_t place = place_of_case(analysis, which);
  return analysis.find("prim_p_new") ? analysis.all("prim_p_new").at(place) : std::nan("");
}

}  // namespace truce::analysis
