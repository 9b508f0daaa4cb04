// What screening and fighting are worth, in closed form.
#pragma once

#include "kernels/screening/closed_forms.hpp"

namespace truce::screening {

/// What the rounds are worth to A: half of its first demand.
inline double worth_of(const Round<double>& first, double v) { return 0.5 * first.demand * v; }

/// F_i of a side that holds `held` of the stakes and pays `cost` a month (in stakes for ever), and wins with chance
/// `wins` a month; `collapse` is the chance that either does.
inline double worth_of_fighting(double delta, double collapse, double held, double cost, double wins) {
  return ((1 - delta) * (held - cost) + delta * wins) / (1 - delta * (1 - collapse));
}

}  // namespace truce::screening
