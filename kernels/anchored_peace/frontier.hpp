// What can be divided: the best D can get when A gets a given value ("Equal Security or Bust").
#pragma once

#include "kernels/math.hpp"

namespace truce {
inline namespace TRUCE_ISA {
namespace peace {

/// Land worth 1 - w and security worth w to either side [stake], w in [0,1]; what A makes of the share z of security
/// is w z^eta, eta >= 1.
template <class Real>
struct Goods {
  Real land, security, inverse_security, inverse_eta;
};

template <class Real>
Goods<Real> goods(const Real& security, const Real& eta) {
  const Real one(1.0);
  return {one - security, security, one / max(security, Real(1e-30)), one / eta};
}

/// y^(1/eta) for 0 < y <= 1.
template <class Real>
Real root_of(const Real& y, const Real& inverse_eta) {
  return exp(log(max(y, least<Real>())) * inverse_eta);
}

/// Largest U_d [stake] over the settlements (x, z) that give A exactly `terms_a`, where
/// U_a = (1-w) x + w z^eta, U_d = (1-w)(1-x) + w(1-z); -1 if none does (1e-9 beyond [0,1] is taken for the end).
/// U_d is convex along the indifference curve, so an end of it is best: z = 0, z = 1, x = 1 or x = 0. Nothing is better
/// than 1 - U_a, which z = 0 gives up to U_a = 1-w, z = 1 from U_a = w on, and any division when eta = 1.
template <class Real>
Real best_d(const Real& terms_a, const Goods<Real>& g) {
  const Real one(1.0), zero(0.0);
  const Real share = min(max(terms_a, zero), one);
  const auto security_is_split = both(both(g.land < share, share < g.security), g.inverse_eta < one);
  Real best = one - share;
  if (any(security_is_split)) {
    const Real all_land = g.security * (one - root_of((share - g.land) * g.inverse_security, g.inverse_eta));  // x = 1
    const Real no_land = g.land + g.security * (one - root_of(share * g.inverse_security, g.inverse_eta));     // x = 0
    best = select(security_is_split, max(all_land, no_land), best);
  }
  return select(both(Real(-1e-9) <= terms_a, terms_a <= Real(1.0 + 1e-9)), best, Real(-1.0));
}

}  // namespace peace
}  // namespace TRUCE_ISA
}  // namespace truce
