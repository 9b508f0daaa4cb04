// What a promise is worth while the balance shifts (memo: theory section, "Are They Cheating Us?").
#pragma once

#include "kernels/barriers.hpp"
#include "kernels/mechanisms/holds.hpp"

namespace truce {
inline namespace TRUCE_ISA {
namespace peace {

/// The settlement on the table and the value of fighting when it is signed [stake], with the balance that moves.
template <class Real>
struct Deal {
  Real terms_a, terms_d, fight_a, fight_d;
  Escape<Real> balance;
};

/// Where the balance stands between the thresholds of breach: A reneges at hi = m + (U_a - fight_a) + hold_a, D at
/// lo = m - (U_d - fight_d) - hold_d, each at least 1e-4 away.
template <class Real>
Between<Real> promise(const Deal<Real>& deal, const Holds<Real>& holds) {
  const Real floor = Real(1e-4);
  return between(max(deal.terms_a - deal.fight_a + holds.a, floor), max(deal.terms_d - deal.fight_d + holds.d, floor),
                 deal.balance);
}

/// worth_a = U_a (1 - exit_lo) + exit_lo (fight_a - (m - lo)): a side that reneges at its own threshold is
/// indifferent, so only the other side's breach costs it.
template <class Real>
Real worth_to_a(const Deal<Real>& deal, const Between<Real>& promise) {
  const Real lo = exit_lo(promise, deal.balance);
  return deal.terms_a * (Real(1.0) - lo) + lo * (deal.fight_a - promise.down);
}

/// Its mirror image.
template <class Real>
Real worth_to_d(const Deal<Real>& deal, const Between<Real>& promise) {
  const Real hi = exit_hi(promise, deal.balance);
  return deal.terms_d * (Real(1.0) - hi) + hi * (deal.fight_d - promise.up);
}

}  // namespace peace
}  // namespace TRUCE_ISA
}  // namespace truce
