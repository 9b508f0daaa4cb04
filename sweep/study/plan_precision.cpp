// [study] precision_of, precision, replicates_max: which series must be how precise, at the cost of how many
// replicates.
#include <algorithm>

#include "sweep/study/half_width.hpp"
#include "sweep/study/plan_parts.hpp"
#include "sweep/study/series.hpp"
#include "sweep/study/values.hpp"

namespace truce {
namespace {

/// True if all three are given and were read; reports those that lack company.
bool is_asked(const StudyKeys& keys, Problems& problems) {
  const std::vector<std::string> all{"study.precision_of", "study.precision", "study.replicates_max"};
  std::vector<std::string> missing, given;
  for (const auto& key : all) (keys.has(key) ? given : missing).push_back(key);
  if (given.empty()) return false;
  if (missing.empty()) return !keys.precision_of.empty() && keys.precision && keys.replicates_max;
  problems.add(keys.at(given.front()), "needs " + join(missing) +
                                           " too (only the three together say when a point is precise enough); add "
                                           "them, or delete " +
                                           join(given));
  return false;
}

/// The series that `name` stands for: one of that name, or all of a flag of that name.
std::vector<std::size_t> series_named(const Kernel& kernel, const std::string& name) {
  const std::vector<Series> all = series_of(kernel);
  const std::size_t outcome = outcome_index(kernel, name);
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < all.size(); ++i)
    if (all[i].name == name || all[i].outcome == outcome) found.push_back(i);
  return found;
}

void unknown_series(const StudyKeys& keys, const Kernel& kernel, Problems& problems) {
  std::vector<std::string> names;
  for (const Outcome& outcome : kernel.outcomes) names.emplace_back(outcome.name);
  for (const Series& series : series_of(kernel))
    if (std::ranges::find(names, series.name) == names.end()) names.push_back(series.name);
  problems.add(keys.at("study.precision_of"),
               "'" + keys.precision_of + "' is no outcome of " + std::string(kernel.name) +
                   ", nor a share of one (see truce describe " + std::string(kernel.name) + ")" +
                   suggestion(keys.precision_of, names));
}

/// A share's interval is narrowest where it is 0: what replicates_max does not reach even there is never reached.
void check_reachable(const StudyKeys& keys, const Kernel& kernel, const Precision& asked, Problems& problems) {
  const Outcome& outcome = kernel.outcomes[series_of(kernel)[asked.series.front()].outcome];
  if (outcome.kind != OutcomeKind::flag) return;
  const double narrowest = wilson_half_width(0, asked.replicates_max);
  if (narrowest <= asked.half_width) return;
  problems.add(keys.at("study.precision"), "'" + spell(asked.half_width) + "' cannot be reached by replicates_max = " +
                                               std::to_string(asked.replicates_max) +
                                               " (even a share of 0 has a half-width of " + spell(narrowest) +
                                               " then); ask for less, or allow more replicates");
}

}  // namespace

void plan_precision(const StudyKeys& keys, Plan& plan, Problems& problems) {
  if (!is_asked(keys, problems)) return;
  Precision asked{keys.precision_of, series_named(*plan.kernel, keys.precision_of), *keys.precision,
                  *keys.replicates_max};
  if (asked.series.empty())
    unknown_series(keys, *plan.kernel, problems);
  else
    check_reachable(keys, *plan.kernel, asked, problems);
  if (plan.replicates < 2)
    problems.add(keys.at("study.replicates"), "'" + std::to_string(plan.replicates) +
                                                  "' is no first stage (precision_of judges a spread, and one run has "
                                                  "none); write replicates = 16, or another number from 2 on");
  if (asked.replicates_max < plan.replicates)
    problems.add(keys.at("study.replicates_max"), "'" + std::to_string(asked.replicates_max) +
                                                      "' is below replicates (which is the first stage, " +
                                                      std::to_string(plan.replicates) + "); write a larger one");
  if (plan.rows == Rows::run)
    problems.add(keys.at("store.rows"),
                 "'run' cannot be had with precision_of (rows of runs are numbered before anything is run, as many for "
                 "every point); use rows = point, or delete precision_of, precision and replicates_max");
  plan.precision = std::move(asked);
}

}  // namespace truce
