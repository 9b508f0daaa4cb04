// The patron's support for D: it fades to a floor, may be withdrawn at once, and tires with casualties.
#pragma once

#include "kernels/math.hpp"

namespace truce {
inline namespace TRUCE_ISA {

/// Support after one more month: a share `fade` of its distance to `floor` is closed; with chance `withdrawal` (u) it
/// drops there at once ("Are They Cheating Us?": publics in democracies limit interventions, sometimes within weeks).
template <class Real>
Real support_after(const Real& support, const Real& floor, const Real& fade, const Real& withdrawal, const Real& u) {
  const Real faded = fma(fade, floor - support, support);
  return select(u < withdrawal, floor, faded);
}

/// Support after `casualties` [any unit of `scale`]: initial - slope log10(1 + casualties/scale), the log-casualties
/// rule of Mueller (1973; level and slope are this project's guess).
template <class Real>
Real support_after_casualties(const Real& initial, const Real& slope, const Real& casualties, const Real& scale) {
  constexpr double log10_e = 0.43429448190325182765;
  return initial - slope * Real(log10_e) * log(Real(1.0) + casualties / scale);
}

/// Where success is expected, casualties cost less support: slope (1 - weight win) (Gelpi, Feaver & Reifler; the form
/// is this project's).
template <class Real>
Real slope_when_winning(const Real& slope, const Real& weight, const Real& win) {
  return slope * (Real(1.0) - weight * win);
}

}  // namespace TRUCE_ISA
}  // namespace truce
