// The exact median of more values than fit into memory.
#pragma once

#include <functional>

#include "sweep/crew/crew.hpp"

namespace truce::analysis {

using VisitValue = std::function<void(double)>;
/// Collective: calls back with each of this rank's values, in any order, the same at every call; NaN is passed over.
using VisitValues = std::function<void(const VisitValue&)>;

/// Collective, the same on all ranks: the middle one of all ranks' values in rising order, or the mean of the two
/// middle ones; NaN if there are none. No histogram's bin stands for a value, so that f <= median and f >= median each
/// hold for at least half of the values, ties at the median included. Values are finite.
double median(Crew& crew, const VisitValues& visit_values);

}  // namespace truce::analysis
