// The part `prim`: boxes of inputs in which an outcome is high, and in which it is low.
#pragma once

#include "analysis/parts.hpp"

namespace truce::analysis {

Part prim_part();

}  // namespace truce::analysis
