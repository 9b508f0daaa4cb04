// From a result and a box to the study of what is in the box.
#pragma once

#include <string>
#include <vector>

#include "sweep/study/plan.hpp"

namespace truce::analysis {

/// The text of a study like `plan` with the lines of [inputs] that `box` gives (as box_lines does), a claim as it was
/// stated. `comment` follows its first line, which says how it is run. Error(usage) for a list of points, which cannot
/// be narrowed, and for inputs that the study does not vary.
std::string next_study(const Plan& plan, const std::vector<std::string>& box, const std::string& comment);

}  // namespace truce::analysis
