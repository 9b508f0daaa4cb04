// Whole numbers summed over all ranks, and the greatest of their numbers.
#pragma once

#include <cstdint>
#include <span>

#include "sweep/crew/crew.hpp"

namespace truce::analysis {

/// Collective: every rank gets the sums over the ranks' numbers, of which all give as many. Whole numbers, so that the
/// sums are the same in any order.
void add_up(Crew& crew, std::span<std::int64_t> numbers);

/// Collective: every rank gets the greatest of the ranks' numbers, place by place; none of them may be NaN.
void greatest(Crew& crew, std::span<double> numbers);

}  // namespace truce::analysis
