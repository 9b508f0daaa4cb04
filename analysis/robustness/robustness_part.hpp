// The part `robustness`: how policies compare over all points that nobody can tell apart beforehand.
#pragma once

#include "analysis/parts.hpp"

namespace truce::analysis {

Part robustness_part();

}  // namespace truce::analysis
