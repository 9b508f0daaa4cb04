// What is expected of a war whose months are alike: how it ends and how long it lasts, in closed form.
#pragma once

#include "kernels/math.hpp"
#include "kernels/mechanisms/domestic.hpp"

namespace truce {
inline namespace TRUCE_ISA {
namespace rival {

/// Over the months asked for: chances that the war ends in a settlement and that it is not over, and its mean length in
/// them [month], a settlement dated before its month is fought and a decision by arms half a month earlier.
struct Expected {
  double settled = 0, left = 1, months = 0;
};

/// A war that each month is settled with chance `settles`, else fought, and then decided by arms with chance
/// `collapse`. It is not over after n months with chance q^n, q = (1 - settles)(1 - collapse); so for ever
///   settled = settles/(1 - q), months = (q + (1 - settles) collapse/2)/(1 - q).
inline Expected geometric_war(double settles, double collapse, double horizon) {
  const double fought = 1 - settles, q = fought * (1 - collapse);
  const double left = to_power(q, horizon);
  const double begun = (1 - left) / (settles + fought * collapse);  // months that begin at war
  return {settles * begun, left, (q + 0.5 * fought * collapse) * begun};
}

/// First one war, then, where it is not over, the other.
inline Expected then(const Expected& first, const Expected& next) {
  return {first.settled + first.left * next.settled, first.left * next.left, first.months + first.left * next.months};
}

}  // namespace rival
}  // namespace TRUCE_ISA
}  // namespace truce
