// What several verbs say in the same words: counts of things, and the size of a study.
#pragma once

#include <cstdint>
#include <string>

#include "sweep/crew/progress.hpp"
#include "sweep/study/plan.hpp"

namespace truce {

/// "1 policy", "1,024 policies".
inline std::string counted(std::int64_t count, const char* one, const char* many) {
  return format_count(count) + " " + (count == 1 ? one : many);
}

/// "64 points x 1 policy x 8 replicates = 512 runs"; with precision_of "x 8 to 64 replicates = 512 to 4,096 runs".
inline std::string size_text(const Plan& plan) {
  return counted(plan.points, "point", "points") + " x " + counted(plan.policies(), "policy", "policies") + " x " +
         (plan.precision ? format_count(plan.replicates) + " to " : "") +
         counted(plan.most_replicates(), "replicate", "replicates") + " = " +
         (plan.precision ? format_count(plan.fewest_runs()) + " to " : "") + counted(plan.runs(), "run", "runs");
}

}  // namespace truce
