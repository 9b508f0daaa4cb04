// What can be divided: the best D can get when A gets a given value ("Equal Security or Bust").
#pragma once

#include "kernels/math.hpp"

namespace truce {
inline namespace TRUCE_ISA {
namespace peace {

/// y^(1/eta) for 0 <= y <= 1, eta > 0.
template <class Real>
Real root_of(const Real& y, const Real& eta) {
  return select(y <= Real(0.0), Real(0.0), exp(log(max(y, Real(1e-300))) / eta));
}

/// x or z^eta within 1e-9 of [0,1].
template <class Real>
auto feasible(const Real& share) {
  return both(Real(-1e-9) <= share, share <= Real(1.0 + 1e-9));
}

template <class Real>
Real unit(const Real& share) {
  return min(max(share, Real(0.0)), Real(1.0));
}

/// Largest U_d [stake] over the settlements (x, z) that give A exactly `terms_a`, where
/// U_a = (1-w) x + w z^eta, U_d = (1-w)(1-x) + w(1-z); w = security weight in [0,1], eta >= 1.
/// U_d is convex along the indifference curve, so an end of it is best: z = 0, z = 1, x = 1 or x = 0.
template <class Real>
Real best_d(const Real& terms_a, const Real& w, const Real& eta) {
  const Real one(1.0), none(-1.0);
  const Real land = one - w;
  const Real some_land = max(land, Real(1e-30)), some_security = max(w, Real(1e-30));
  const auto has_land = Real(1e-9) <= land;
  const Real x0 = terms_a / some_land;               // z = 0
  const Real x1 = (terms_a - w) / some_land;         // z = 1
  const Real y1 = (terms_a - land) / some_security;  // x = 1: z^eta
  const Real y0 = terms_a / some_security;           // x = 0
  Real best = select(both(has_land, feasible(x0)), land * (one - unit(x0)) + w, none);
  best = max(best, select(both(has_land, feasible(x1)), land * (one - unit(x1)), none));
  const auto all_land = feasible(y1), no_land = feasible(y0);
  if (any(all_land)) best = max(best, select(all_land, w * (one - root_of(unit(y1), eta)), none));
  if (any(no_land)) best = max(best, select(no_land, land + w * (one - root_of(unit(y0), eta)), none));
  return best;
}

}  // namespace peace
}  // namespace TRUCE_ISA
}  // namespace truce
