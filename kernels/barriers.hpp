// Brownian motion between two barriers: where it leaves, and whether it has touched one inside a month.
#pragma once

#include "kernels/math.hpp"

namespace truce {
inline namespace TRUCE_ISA {

/// How a latent quantity moves, apart from its drift: what a point's variance rate s2 [1/month] and discount rate r > 0
/// [1/month] give once, so that months need few divisions.
template <class Real>
struct Motion {
  Real inverse_s2, two_r_s2, minus_two_r;
};

template <class Real>
Motion<Real> motion(const Real& s2, const Real& r) {
  const Real variance = max(s2, Real(1e-30));
  return {Real(1.0) / variance, Real(2.0) * r * variance, Real(-2.0) * r};
}

/// Rates at which the chances of leaving fall with distance [1/stake, all <= 0]: with root = sqrt(mu^2 + 2 r s2),
/// q = root/s2 and k = mu/s2 they are -k - q (down), k - q (up) and -2 q.
template <class Real>
struct Escape {
  Real down, up, twice_q;
};

/// Drift `mu` [1/month]. k - q is taken without cancellation: it is -2r/(mu+root) for mu > 0.
template <class Real>
Escape<Real> escape(const Real& mu, const Motion<Real>& motion) {
  const Real speed = abs(mu);
  const Real root = sqrt(fma(mu, mu, motion.two_r_s2));
  const Real fast = speed + root;
  const Real with = motion.minus_two_r / fast;       // towards the drift
  const Real against = -(fast * motion.inverse_s2);  // against it
  const auto rising = Real(0.0) < mu;
  return {select(rising, against, with), select(rising, with, against), Real(-2.0) * root * motion.inverse_s2};
}

/// A start between two barriers, `up` and `down` [stake] away, seen through exp(-2q distance) - 1: `above` and `below`
/// for the two distances, `inverse` of their sum's, which is above + below + above * below.
template <class Real>
struct Between {
  Real up, down, above, below, inverse;
};

template <class Real>
Between<Real> between(const Real& up, const Real& down, const Escape<Real>& e) {
  const Real above = expm1(e.twice_q * up), below = expm1(e.twice_q * down);
  return {up, down, above, below, Real(1.0) / fma(above, below, above + below)};
}

/// Discounted chances of leaving through each end, E[exp(-r T); exit there]: exp((-k-q) down) (1-exp(-2q up)) /
/// (1-exp(-2q(up+down))) and its mirror image (Borodin & Salminen, Handbook of Brownian Motion). Every exponent is <=
/// 0.
template <class Real>
Real exit_lo(const Between<Real>& b, const Escape<Real>& e) {
  return exp(e.down * b.down) * b.above * b.inverse;
}
template <class Real>
Real exit_hi(const Between<Real>& b, const Escape<Real>& e) {
  return exp(e.up * b.up) * b.below * b.inverse;
}

/// What `bridge` divides by: -2/variance.
template <class Real>
Real touch_rate(const Real& variance) {
  return Real(-2.0) / max(variance, Real(1e-30));
}

/// Chance that a Brownian bridge from distance `before` to distance `after` of a barrier touched
/// it: exp(-2 before after / variance); 1 if either end is beyond it, else 0 if variance is 0.
template <class Real>
Real bridge(const Real& before, const Real& after, const Real& touch_rate) {
  const auto beyond = either(before <= Real(0.0), after <= Real(0.0));
  return select(beyond, Real(1.0), exp(before * after * touch_rate));
}

/// Through which end a quantity left in a month; never both.
template <class Real>
struct Exits {
  Mask<Real> hi, lo;
};

/// Of a month in which it moved from `before` to `after` between `lo` and `hi`; u is uniform. The upper end is asked
/// first, and from the other tail of u the lower one.
template <class Real>
Exits<Real> exits_in_month(const Real& hi, const Real& lo, const Real& before, const Real& after,
                           const Real& touch_rate, const Real& u) {
  const auto up = u < bridge(hi - before, hi - after, touch_rate);
  return {up, both(negate(up), Real(1.0) - u < bridge(before - lo, after - lo, touch_rate))};
}

}  // namespace TRUCE_ISA
}  // namespace truce
