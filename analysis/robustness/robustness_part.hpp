// The part `robustness`: how policies compare over all points that nobody can tell apart beforehand.
#pragma once

#include <cstdint>

#include "analysis/parts.hpp"

namespace truce::analysis {

Part robustness_part();

/// Collective: the part's answers. Where base points x policies are at most `most_alone`, each rank tells outcomes of
/// its own from all points; else all ranks tell every outcome, each from its points. The numbers are the same.
std::vector<AnswerTable> robustness_tables(const PartTask& task, std::int64_t most_alone);

}  // namespace truce::analysis
