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

/// "64 points x 1 policy x 8 replicates = 512 runs".
inline std::string size_text(const Plan& plan) {
  return counted(plan.points, "point", "points") + " x " + counted(plan.policies(), "policy", "policies") + " x " +
         counted(plan.replicates, "replicate", "replicates") + " = " + counted(plan.runs(), "run", "runs");
}

}  // namespace truce
