// A round of talks: nine settlements on the table, the acceptable one of largest Nash product is signed.
#pragma once

#include "kernels/anchored_peace/fight.hpp"
#include "kernels/anchored_peace/frontier.hpp"
#include "kernels/anchored_peace/promise.hpp"
#include "kernels/anchored_peace/state.hpp"

namespace truce {
inline namespace TRUCE_ISA {
namespace peace {

/// This month's regime: what A's change of approach may have set to 0.
template <class Real>
struct Regime {
  Real autocracy_a, autocracy_d, scale_a;
};

/// What both sides know when the talks open.
template <class Real>
struct Table {
  Fight<Real> fight;
  Real cost_a, cost_d, need_a, need_d, eta;
  Holds<Real> holds;  // of a positional settlement
};

template <class Real>
struct Settlement {
  Real score;  // log of the Nash product; `unsigned_score` or less if nothing is acceptable
  Real terms_a, terms_d, principled;
};

inline constexpr double unsigned_score = -1e300;

/// The part of justice_anchor that a side of this autocracy does not take for a smokescreen.
template <class Real>
Real belief_in_principles(const Params<Real>& p, const Real& autocracy) {
  return Real(1.0) - p.cynicism * autocracy;
}

template <class Real>
Regime<Real> regime(const Params<Real>& p, const Real& changed) {
  const Real autocracy = select(Real(0.5) < changed, Real(0.0), p.autocracy_a);
  return {autocracy, p.autocracy_d, Real(1.0) + p.territorial_boost * autocracy};
}

/// Holds of a settlement; `principled` is 0 or 1, or the share of the justice anchor that is believed.
template <class Real>
Holds<Real> holds(const Params<Real>& p, const Regime<Real>& g, const Real& support, const Real& principled_a,
                  const Real& principled_d) {
  const Real anchor_a = principled_a * p.justice_anchor * belief_in_principles(p, g.autocracy_a);
  const Real anchor_d = principled_d * p.justice_anchor * belief_in_principles(p, g.autocracy_d);
  return {(p.renege_cost_a + p.guarantee_a * support + anchor_a) / g.scale_a,
          p.renege_cost_d + p.guarantee_d + anchor_d};
}

template <class Real>
Deal<Real> deal(const Params<Real>& p, const State<Real>& s, const Table<Real>& t, const Real& terms_a,
                const Real& terms_d) {
  return {terms_a,    terms_d,         t.fight.a,    t.fight.d,
          s.position, p.balance_drift, p.balance_s2, p.discount_rate};
}

/// Replaces `best` where this settlement is acceptable and its Nash product larger.
template <class Real>
void weigh(const Params<Real>& p, const State<Real>& s, const Table<Real>& t, const Worth<Real>& worth,
           const Worth<Real>& price, const Settlement<Real>& offer, Settlement<Real>& best) {
  const Real zero(0.0), least(1e-300);
  const Real gain_a = worth.a - price.a - p.audience_cost_a * max(zero, s.claim_a - worth.a) - t.fight.a;
  const Real gain_d = worth.d - price.d - p.audience_cost_d * max(zero, s.claim_d - worth.d) - t.fight.d;
  const auto acceptable = both(zero <= gain_a, zero <= gain_d);
  if (!any(acceptable)) return;
  const Real score = p.bargaining_power * log(max(gain_a, least)) +
                     (Real(1.0) - p.bargaining_power) * log(max(gain_d, least));
  const auto better = both(acceptable, best.score < score);
  best.score = select(better, score, best.score);
  best.terms_a = select(better, offer.terms_a, best.terms_a);
  best.terms_d = select(better, offer.terms_d, best.terms_d);
  best.principled = select(better, offer.principled, best.principled);
}

/// The principled settlement: worth by what each side believes of the other's principles, and its
/// price, the change of doctrine and the hands it ties ("Looking Strong", "Freedom of Hands").
template <class Real>
void weigh_principled(const Params<Real>& p, const State<Real>& s, const Regime<Real>& g, const Table<Real>& t,
                      Settlement<Real>& best) {
  const Real one(1.0);
  const auto offer = deal(p, s, t, p.just_share, one - p.just_share);
  const auto seen_by_a = holds(p, g, s.support, one, belief_in_principles(p, g.autocracy_a));
  const auto seen_by_d = holds(p, g, s.support, belief_in_principles(p, g.autocracy_d), one);
  const Worth<Real> worth_of{worth(offer, seen_by_a).a, worth(offer, seen_by_d).d};
  const Real lock_in = one - (one - p.doctrine_initial) * s.doctrine_memory;
  const Real price = p.doctrine_cost * lock_in + p.defiance_reward * p.defiance_value;
  weigh(p, s, t, worth_of, Worth<Real>{price * g.autocracy_a / g.scale_a, price * g.autocracy_d},
        Settlement<Real>{Real(0.0), offer.terms_a, offer.terms_d, one}, best);
}

/// The eight positional settlements (where the static zone is open), then the principled one.
template <class Real>
Settlement<Real> negotiate(const Params<Real>& p, const State<Real>& s, const Regime<Real>& g, const Table<Real>& t,
                           const Mask<Real>& open) {
  const Real one(1.0), zero(0.0);
  Settlement<Real> best{Real(unsigned_score), zero, zero, zero};
  if (any(open)) {
    const Real width = one - t.need_d - t.need_a;
    Settlement<Real> positional = best;
    for (int i = 0; i < 8; ++i) {
      const Real terms_a = fma(width, Real((i + 0.5) / 8.0), t.need_a);
      const Real terms_d = best_d(terms_a, p.security_weight, t.eta);
      const auto offer = deal(p, s, t, terms_a, terms_d);
      weigh(p, s, t, worth(offer, t.holds), Worth<Real>{zero, zero}, Settlement<Real>{zero, terms_a, terms_d, zero},
            positional);
    }
    best.score = select(open, positional.score, best.score);
    best.terms_a = select(open, positional.terms_a, best.terms_a);
    best.terms_d = select(open, positional.terms_d, best.terms_d);
  }
  weigh_principled(p, s, g, t, best);
  return best;
}

}  // namespace peace
}  // namespace TRUCE_ISA
}  // namespace truce
