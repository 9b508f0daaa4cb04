// When a sibling is precise enough to stop: half-widths of 95 % intervals from its tally, against what the study asks.
#pragma once

#include <cstddef>
#include <span>

#include "sweep/run/tally_shape.hpp"
#include "sweep/study/plan.hpp"

namespace truce {

/// Half-width of the 95 % interval of a series' mean, in the outcome's unit: Wilson's for shares (from one value on),
/// Student's for other outcomes (from two values on). Infinite where the values are too few, or where those of a real
/// outcome are all equal, since no spread has been seen then that could be trusted. Failed runs are in no tally.
double half_width_of(const TallyShape& shape, std::size_t series, std::span<const double> tally);

/// True if every series that `asked` names has a half-width of at most what it asks.
bool is_precise(const TallyShape& shape, const Precision& asked, std::span<const double> tally);

}  // namespace truce
