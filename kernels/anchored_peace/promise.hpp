// What a promise is worth while the balance shifts (memo: theory section, "Are They Cheating Us?").
#pragma once

#include "kernels/barriers.hpp"

namespace truce {
inline namespace TRUCE_ISA {
namespace peace {

/// What holds each side to a settlement [stake]. A's are divided by scale_a.
template <class Real>
struct Holds {
  Real a, d;
};

/// The settlement on the table and the value of fighting when it is signed [stake], with the balance that moves.
template <class Real>
struct Deal {
  Real terms_a, terms_d, fight_a, fight_d, m, drift, s2, r;
};

template <class Real>
struct Worth {
  Real a, d;
};

/// A reneges at hi = m + (U_a - fight_a) + hold_a, D at lo = m - (U_d - fight_d) - hold_d. A side that
/// reneges at its own threshold is indifferent, so only the other side's breach costs it:
/// worth_a = U_a (1 - exit_lo) + exit_lo (fight_a - (m - lo)), worth_d with hi likewise.
template <class Real>
Worth<Real> worth(const Deal<Real>& deal, const Holds<Real>& holds) {
  const Real one(1.0), floor(1e-4);
  const Real up = max(deal.terms_a - deal.fight_a + holds.a, floor);
  const Real down = max(deal.terms_d - deal.fight_d + holds.d, floor);
  const auto exits = two_barriers(deal.m, deal.m - down, deal.m + up, deal.drift, deal.s2, deal.r);
  return {deal.terms_a * (one - exits.lo) + exits.lo * (deal.fight_a - down),
          deal.terms_d * (one - exits.hi) + exits.hi * (deal.fight_d - up)};
}

}  // namespace peace
}  // namespace TRUCE_ISA
}  // namespace truce
