// Which of a kernel's codes runs a plan here. All give the same bits, so the choice is no part of the study.
#pragma once

#include <string>

#include "kernels/contract.hpp"
#include "sweep/study/plan.hpp"

namespace truce {

/// Of the plan's arithmetic the fastest code of this processor, or that of `instruction_set` if one is named. Throws
/// Error(usage) if there is none.
const Code& code_for(const Plan& plan, const std::string& instruction_set = "");

/// "v4, 16 lanes of double".
std::string name_of(const Code& code);

}  // namespace truce
