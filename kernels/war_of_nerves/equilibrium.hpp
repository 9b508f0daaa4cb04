// The war of nerves in closed form: who quits when, and what comes of it; and attrition without private information.
//
// Two sides want a prize v. Whoever quits at time t pays a_i t to its audience, the other gets the prize; if both
// attack they get w_i, private, uniform on [-W_i, 0]. Types above -a_i t* never quit: they attack at the horizon t*,
// the least of
//   t_i* = {-a_j v + sqrt(a_j^2 v^2 + 4 a_i a_j v W_j)}/(2 a_i a_j),
// L being the side whose t_i* it is, H the other. F_i = 1 - a_i t*/W_i of side i's types quit, and with
// k = F_L v - (1 - F_L) a_H t* they have done so by t with chances
//   Q_H(t) = a_L t/(v + a_L t), Q_L(t) = (k + a_H t)/(v + a_H t): L concedes at once with chance k/v.
// Then Pr(war) = (1 - F_H)(1 - F_L). (Fearon 1994; the indifference conditions are re-derived.)
#pragma once

#include "kernels/math.hpp"

namespace truce {
inline namespace TRUCE_ISA {
namespace nerves {

/// What one side brings to the crisis: a, what each month of it adds to the price of quitting [stake/month], and W,
/// what war would cost its weakest type [stake]. Both above 0.
struct Side {
  double escalates = 0, fears = 0;
};

/// What one side does in equilibrium.
struct Quitting {
  double share = 0;    ///< F: of its types, those that quit
  double at_once = 0;  ///< k/v: of its types, those that quit at 0
};

struct Equilibrium {
  double prize = 0;
  double months = 0;  ///< t*: who has not quit by then attacks
  Quitting a, d;
};

/// t_i* of `side` against `other`, written without cancellation: 2 v W_j/(a_j v + root).
inline double horizon(double prize, const Side& side, const Side& other) {
  const double b = other.escalates * prize;
  return 2 * prize * other.fears / (b + sqrt(b * b + 4 * side.escalates * other.escalates * prize * other.fears));
}

inline Equilibrium equilibrium(double prize, const Side& a, const Side& d) {
  const double until_a = horizon(prize, a, d), until_d = horizon(prize, d, a);
  Equilibrium e{prize, min(until_a, until_d), {}, {}};
  e.a.share = max(0.0, 1 - a.escalates * e.months / a.fears);
  e.d.share = max(0.0, 1 - d.escalates * e.months / d.fears);
  const auto at_once = [&](const Quitting& low, const Side& high) {
    return min(max(0.0, low.share - (1 - low.share) * high.escalates * e.months / prize), low.share);
  };
  if (until_a < until_d) e.a.at_once = at_once(e.a, d);
  if (until_d < until_a) e.d.at_once = at_once(e.d, a);
  return e;
}

inline double war_chance(const Equilibrium& e) { return (1 - e.a.share) * (1 - e.d.share); }

/// Chance that a side concedes before any time has passed.
inline double at_once_chance(const Equilibrium& e) { return max(e.a.at_once, e.d.at_once); }

/// E[T], T the end of the crisis by concession or attack: (v - k) ln[(v + a_L t*)/(v + a_H t*)]/(a_L - a_H), the limit
/// (v - k) t*/(v + a t*) where a_L = a_H = a. Taken as a mean slope of the logarithm, which loses no digits near there.
inline double crisis_months(const Equilibrium& e, const Side& a, const Side& d) {
  const double from = e.prize + d.escalates * e.months, step = (a.escalates - d.escalates) * e.months / from;
  const double ratio = 1 + step;
  const double slope = ratio == 1 ? 1 : log(ratio) / (ratio - 1);
  return e.prize * (1 - at_once_chance(e)) * e.months / from * slope;
}

/// When a side's type of rank u in 0..1 quits, the weakest first; against a side that escalates by `other` a month.
/// Types of ranks above F attack at t*. Inverts Q.
inline double quits_at(double prize, const Quitting& side, double other, double u) {
  return max(0.0, prize * (u - side.at_once) / (other * (1 - u)));
}

/// Nothing is private: each month costs side i c_i, it would win v_i. In the mixed equilibrium side i quits at rate
/// c_j/v_j (the war of attrition; re-derived).
struct Attrition {
  double rate_a = 0, rate_d = 0;
};
inline Attrition attrition(double cost_a, double prize_a, double cost_d, double prize_d) {
  return {cost_d / prize_d, cost_a / prize_a};
}
inline double crisis_months(const Attrition& w) { return 1 / (w.rate_a + w.rate_d); }

}  // namespace nerves
}  // namespace TRUCE_ISA
}  // namespace truce
