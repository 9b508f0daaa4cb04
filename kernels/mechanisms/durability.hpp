// How long a peace lasts: three stages of which a study chooses one. All of them see the same two margins, what each
// side would lose by fighting again, and the holds on it.
//
// band: the balance wanders; a side breaks the peace when a new war is worth more to it than the peace and the price of
//   breaking it (Werner 1999 and Werner & Yuen 2005 for the logic; a myopic trigger, which ignores the option to wait).
// hazard: each side breaks it at half of a Weibull hazard, lower by exp(-effect margin) (after the survival models of
//   Fortna 2003; no coefficient is taken from there).
// enforcement: a repeated game with grim trigger; a side breaks it when a surprise and the war after it beat the peace.
#pragma once

#include "kernels/barriers.hpp"

namespace truce {
inline namespace TRUCE_ISA {

/// Codes of the input `durability`.
enum Durability { in_band = 0, by_hazard = 1, by_enforcement = 2 };

/// Where a study chose `stage`.
template <class Real>
Mask<Real> stage_is(const Real& durability, Durability stage) {
  return abs(durability - Real(static_cast<double>(stage))) < Real(0.5);
}

/// Which side broke the peace this month; never both.
template <class Real>
struct Breach {
  Mask<Real> by_a, by_d;
};

/// Mean months until a driftless balance of variance rate s2 [1/month] leaves a band `up` and `down` [stake] wide on
/// its two sides: up down/s2.
template <class Real>
Real months_in_band(const Real& up, const Real& down, const Real& s2) {
  return up * down / max(s2, least<Real>());
}

/// Weibull hazard cumulated over `months`: (rate months)^shape.
template <class Real>
Real cumulated_hazard(const Real& rate, const Real& shape, const Real& months) {
  return exp(shape * log(max(rate * months, least<Real>())));
}

/// Share of a hazard that is left where breaking the peace costs `margin` [stake] more than it brings.
template <class Real>
Real hazard_left(const Real& effect, const Real& margin) {
  return Real(0.5) * exp(-(effect * margin));
}

/// A month in which the Weibull hazard cumulates by `increment`.
template <class Real>
Breach<Real> breach_by_hazard(const Real& increment, const Real& effect, const Real& margin_a, const Real& margin_d,
                              const Real& u) {
  const Real a = hazard_left(effect, margin_a), d = hazard_left(effect, margin_d);
  const Real broken = -expm1(-(increment * (a + d)));
  const auto by_a = u < broken * (a / max(a + d, least<Real>()));
  return {by_a, both(negate(by_a), u < broken)};
}

/// Payoffs of a repeated prisoners' dilemma a month, in stakes for ever: a surprise brings `temptation` until it is
/// answered, then `war`; `peace` goes on otherwise. A breach costs `guarantee` a month until it is answered; what is
/// lost once and for all by it, such as a shared principle, is worth `principle`.
template <class Real>
struct Dilemma {
  Real temptation, peace, war, guarantee, principle;
};

/// True where a side of patience delta (over the months until a breach is answered) breaks the peace:
/// (1 - delta)(T - g) + delta P > R + j.
template <class Real>
Mask<Real> breaks(const Dilemma<Real>& d, const Real& delta) {
  return d.peace + d.principle < (Real(1.0) - delta) * (d.temptation - d.guarantee) + delta * d.war;
}

}  // namespace TRUCE_ISA
}  // namespace truce
