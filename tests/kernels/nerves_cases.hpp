// The printed cases of the war of nerves, and when its sides quit.
#pragma once

#include "kernels/war_of_nerves/equilibrium.hpp"

namespace truce::testing {

/// Prize 1. What each side's crisis costs and fears, and what is expected of it.
struct NervesCase {
  nerves::Side a, d;
  double months, at_once, war, war_given_crisis, mean_months;
};
inline constexpr NervesCase nerves_cases[] = {
    {{1, 2}, {1, 2}, 1, 0, 0.25, 0.25, 0.5},
    {{3, 2}, {0.5, 2}, 0.527525231652, 0.659406539565, 0.104356076261, 0.306394832501, 0.097368008097},
    {{1, 1.5}, {2, 4}, 0.651387818866, 0.462153045284, 0.141435363522, 0.262965816357, 0.178833659375}};

/// Chance that a side has quit by t < t*, against one that escalates by `other`.
inline double quit_by(const nerves::Equilibrium& e, const nerves::Quitting& side, double other, double t) {
  return (e.prize * side.at_once + other * t) / (e.prize + other * t);
}

}  // namespace truce::testing
