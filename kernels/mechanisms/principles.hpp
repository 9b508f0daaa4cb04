// Shared principles: whether they are believed, what they cost, how much of one a signatory takes on.
#pragma once

#include "kernels/math.hpp"

namespace truce {
inline namespace TRUCE_ISA {

/// The part of a principle that a side of this autocracy does not take for a smokescreen ("Are They Cheating Us?").
template <class Real>
Real belief_in_principles(const Real& cynicism, const Real& autocracy) {
  return Real(1.0) - cynicism * autocracy;
}

/// How far a doctrine is locked in [0..1]; `memory` = exp(-months preached / doctrine_months) ("Looking Strong").
template <class Real>
Real lock_in(const Real& initial, const Real& memory) {
  return Real(1.0) - (Real(1.0) - initial) * memory;
}

/// What a full principle costs a leader of full autocracy [stake]: the doctrine given up, and the rewards for defiance
/// forgone ("Freedom of Hands vs. Principles"); `defiance_value` [month] is one unit of it for as long as it lasts.
template <class Real>
Real price_of_principle(const Real& doctrine_cost, const Real& lock_in, const Real& defiance_reward,
                        const Real& defiance_value) {
  return doctrine_cost * lock_in + defiance_reward * defiance_value;
}

/// A signatory's choice of how much of a principle, J in 0..1, an agreement rests on. It is worth u a month, a full
/// principle costs phi a month, the agreement breaks at a rate h0 exp(-effect J) and is worth nothing then; discount
/// rate r. V(J) = (u - phi J)/(r + h0 exp(-effect J)). This project's own.
template <class Real>
struct Anchoring {
  Real u, phi, r, h0, effect;
};

/// phi* = u effect h0/(r + h0): at this price or a higher one J* = 0.
template <class Real>
Real dearest_principle(const Anchoring<Real>& a) {
  return a.u * a.effect * a.h0 / (a.r + a.h0);
}

/// w with w + log(w) = x, that is W_0(e^x) (Lambert), by Newton's iteration; -80 <= x <= 1e18.
template <class Real>
Real lambert_of_exp(const Real& x) {
  const Real one(1.0);
  const auto large = one < x;
  Real w = select(large, x - log(max(x, one)), exp(min(x, one)) / (one + exp(min(x, one))));
  w = max(w, least<Real>());
  for (int i = 0; i < 6; ++i) w = max(w * (one + x - log(w)) / (one + w), least<Real>());
  return w;
}

/// J*: all where more would still pay, (phi)(r + h) <= effect h (u - phi) at h = h0 exp(-effect), none from phi* on;
/// between the two (K - W)/effect with K = u effect/phi - 1, W = W_0((r/h0) e^K), where K - W = log(W h0/r), which
/// cancels nothing however cheap the principle is.
template <class Real>
Real anchoring(const Anchoring<Real>& a) {
  const Real zero(0.0), one(1.0), tiny = least<Real>();
  const Real k = min(a.u * a.effect / max(a.phi, tiny), Real(1e18)) - one;
  const Real safety = log(max(a.h0, tiny)) - log(max(a.r, tiny));
  const Real interior = (log(lambert_of_exp(max(k - safety, Real(-80.0)))) + safety) / max(a.effect, tiny);
  const Real at_full = a.h0 * exp(-a.effect);
  const auto full = a.phi * (a.r + at_full) <= a.effect * at_full * (a.u - a.phi);
  const auto taken = both(a.phi < dearest_principle(a), zero < a.effect);
  return select(taken, select(full, one, min(max(interior, zero), one)), zero);
}

/// Signals until trust reaches `target`: ceil((logit target - logit initial)/(omega ln ratio)); 1e9 if never.
inline double signals_needed(double initial, double ratio, double omega, double target) {
  const double gap = log(target / (1 - target)) - log(initial / (1 - initial));
  if (gap <= 0) return 0;
  const double step = omega * log(ratio);
  if (!(step > 1e-9 * gap)) return 1e9;
  const double needed = gap / step;
  const auto whole = static_cast<double>(static_cast<long long>(needed));
  return whole < needed ? whole + 1 : whole;
}

}  // namespace TRUCE_ISA
}  // namespace truce
