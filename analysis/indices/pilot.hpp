// A rough mean of a series from the first points, to take from all values before they are squared.
#pragma once

#include "analysis/data/moments_reader.hpp"

namespace truce::analysis {

/// Mean of the finite means at the first base points (at most 256), over all members and policies; 0 if there are none.
/// The same on all ranks. Leaves `reader` at the beginning of the file.
double pilot_mean(const Dataset& data, MomentsReader& reader);

}  // namespace truce::analysis
