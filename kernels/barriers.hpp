// Brownian motion between two barriers: where it leaves, and whether it has touched one inside a month.
#pragma once

#include "kernels/math.hpp"

namespace truce {
inline namespace TRUCE_ISA {

/// Discounted chances of leaving through each end, E[exp(-r T); exit there].
template <class Real>
struct Exits {
  Real lo, hi;
};

/// Brownian motion with drift `mu` [1/month] and variance rate `s2` [1/month] from `m` between
/// `lo` < m < `hi`; discount rate r > 0 [1/month]. With root = sqrt(mu^2 + 2 r s2), q = root/s2 and
/// k = mu/s2:  hi = exp((k-q)(hi-m)) (1-exp(-2q(m-lo))) / (1-exp(-2q(hi-lo))), lo mirrored
/// (Borodin & Salminen, Handbook of Brownian Motion). k - q is taken without cancellation:
/// it is -2r/(mu+root) for mu > 0. Every exponent is <= 0.
template <class Real>
Exits<Real> two_barriers(const Real& m, const Real& lo, const Real& hi, const Real& mu, const Real& s2, const Real& r) {
  const Real variance = max(s2, Real(1e-30));
  const Real speed = abs(mu);
  const Real root = sqrt(fma(mu, mu, Real(2.0) * r * variance));
  const Real with = Real(-2.0) * r / (speed + root);       // towards the drift
  const Real against = -(speed + root) / variance;         // against it
  const auto rising = Real(0.0) < mu;
  const Real twice_q = Real(-2.0) * root / variance;
  const Real up = hi - m, down = m - lo;
  const Real all = Real(1.0) / expm1(twice_q * (up + down));
  return {exp(select(rising, against, with) * down) * expm1(twice_q * up) * all,
          exp(select(rising, with, against) * up) * expm1(twice_q * down) * all};
}

/// Chance that a Brownian bridge from distance `before` to distance `after` of a barrier touched
/// it: exp(-2 before after / variance); 1 if either end is beyond it, else 0 if variance is 0.
template <class Real>
Real bridge(const Real& before, const Real& after, const Real& variance) {
  const auto beyond = either(before <= Real(0.0), after <= Real(0.0));
  const Real exponent = Real(-2.0) * before * after / max(variance, Real(1e-30));
  return select(beyond, Real(1.0), exp(exponent));
}

}  // namespace TRUCE_ISA
}  // namespace truce
