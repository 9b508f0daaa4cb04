// What several verbs say in the same words: counts of things, and the size of a study.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "sweep/crew/progress.hpp"
#include "sweep/study/plan.hpp"

namespace truce {

/// "1 policy", "1,024 policies".
inline std::string counted(std::int64_t count, const char* one, const char* many) {
  return format_count(count) + " " + (count == 1 ? one : many);
}

/// "64 points x 1 policy x 8 replicates = 512 runs"; with precision_of "x 8 to 64 replicates = 512 to 4,096 runs";
/// where points have members "64 points x 2 members x ...".
inline std::string size_text(const Plan& plan) {
  return counted(plan.points, "point", "points") + " x " +
         (plan.members > 1 ? counted(plan.members, "member", "members") + " x " : "") +
         counted(plan.policies(), "policy", "policies") + " x " +
         (plan.precision ? format_count(plan.replicates) + " to " : "") +
         counted(plan.most_replicates(), "replicate", "replicates") + " = " +
         (plan.precision ? format_count(plan.fewest_runs()) + " to " : "") + counted(plan.runs(), "run", "runs");
}

/// Of all kernels of a study: "1,024 runs"; with precision_of "at most 1,024 runs".
inline std::string runs_text(const std::vector<Plan>& plans) {
  std::int64_t runs = 0;
  for (const Plan& plan : plans) runs += std::min(plan.runs(), std::numeric_limits<std::int64_t>::max() - runs);
  return (plans.front().precision ? "at most " : "") + counted(runs, "run", "runs");
}

}  // namespace truce
