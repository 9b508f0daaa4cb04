// The value of each outcome that separates good from bad: named, or the median of the first policy.
#pragma once

#include <vector>

#include "analysis/parts.hpp"

namespace truce::analysis {

/// Collective: one for each of Settings::series, the same on all ranks: what Settings::thresholds says, else the median
/// over the base points (of the first member) under the first policy, exactly (see median). NaN where the outcome is
/// nowhere defined.
std::vector<double> thresholds(const PartTask& task);

/// "war_months=60" -> (series, 60). Throws Error(usage).
std::pair<std::size_t, double> parse_threshold(const Dataset& data, const std::string& text);

}  // namespace truce::analysis
