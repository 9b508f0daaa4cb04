// What verbs do with a study that names several kernels.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "sweep/base/error.hpp"
#include "sweep/study/plan.hpp"

namespace truce {

/// Acts on the plan of each kernel; returns the worst exit. An error of one of several is told on the standard error
/// and keeps the others from nothing; of a single plan it is thrown.
Exit for_each_plan(const std::vector<Plan>& plans, const std::function<Exit(const Plan&)>& act);

/// The plan that `file` was made from: of several the one whose study id its manifest states, else the one of this file
/// name. Throws Error(usage) if it is none of them.
Plan plan_of_file(std::vector<Plan> plans, const std::string& file);

}  // namespace truce
