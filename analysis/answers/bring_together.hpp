// A table of which each rank has made a part, whole on rank 0.
#pragma once

#include <span>

#include "analysis/answers/answers.hpp"
#include "sweep/crew/crew.hpp"

namespace truce::analysis {

/// Collective. `owners`: the same on all ranks, one for each combination of the table's first axes (as many as there
/// are), row-major: the rank that has its answers. Rank 0 gets them all; elsewhere the table stays as it is.
void bring_together(Crew& crew, std::span<const int> owners, AnswerTable& table);

}  // namespace truce::analysis
