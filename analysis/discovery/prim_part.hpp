// The part `prim`: boxes of inputs in which an outcome is high, and in which it is low.
#pragma once

#include <vector>

#include "analysis/discovery/coded_points.hpp"
#include "analysis/parts.hpp"

namespace truce::analysis {

Part prim_part();

/// Collective: its tables on rank 0, nothing elsewhere; the same numbers however the ranks hold the points.
std::vector<AnswerTable> prim_tables(const PartTask& task, const CodedPoints& points);

}  // namespace truce::analysis
