// The inputs of a result as SALib's problem, so that its users feel at home.
#pragma once

#include <filesystem>
#include <string>

#include "analysis/parts.hpp"

namespace truce::analysis {

/// JSON with num_vars, names, bounds, dists, groups (null without groups) and outputs, as SALib 1.5 reads them. SALib
/// has no distribution for lists, choices, integers and beta: they stand as unif over their support, and `marginals`
/// gives every distribution as the study has it.
std::string salib_problem(const PartTask& task);

/// first.analysis.h5 -> first.analysis.problem.json
std::filesystem::path problem_path(const std::filesystem::path& analysis_file);

}  // namespace truce::analysis
