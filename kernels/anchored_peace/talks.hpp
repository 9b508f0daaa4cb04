// A round of talks: nine settlements on the table, the acceptable one of largest Nash product is signed.
#pragma once

#include "kernels/anchored_peace/fight.hpp"
#include "kernels/anchored_peace/frontier.hpp"
#include "kernels/anchored_peace/promise.hpp"
#include "kernels/anchored_peace/state.hpp"
#include "kernels/mechanisms/change.hpp"
#include "kernels/spread.hpp"

namespace truce {
inline namespace TRUCE_ISA {
namespace peace {

/// This month's regime: what A's change of approach may have set to 0.
template <class Real>
struct Regime {
  Real autocracy_a, autocracy_d, inverse_scale_a;
};

/// What both sides know when the talks open.
template <class Real>
struct Table {
  Fight<Real> fight;
  Real cost_a, cost_d, need_a, need_d;
  Goods<Real> goods;
  Holds<Real> holds;  // of a positional settlement
};

template <class Real>
struct Settlement {
  Real score;  // log of the Nash product; `unsigned_score` or less if nothing is acceptable
  Real terms_a, terms_d, principled;
};

inline constexpr double unsigned_score = -0x1p100;  // below the logarithm of any number

template <class Real>
Regime<Real> regime(const Params<Real>& p, const Real& changed) {
  return {autocracy_after(p.autocracy_a, changed), p.autocracy_d,
          select(Real(0.5) < changed, Real(1.0), p.inverse_scale_a)};
}

/// Holds of a settlement; `principled` is 0 or 1, or the share of the justice anchor that is believed.
template <class Real>
Holds<Real> holds(const Params<Real>& p, const Regime<Real>& g, const Real& support, const Real& principled_a,
                  const Real& principled_d) {
  return holds_of(p, g.autocracy_a, g.autocracy_d, g.inverse_scale_a, support, principled_a, principled_d);
}

/// What a side weighs an offer against [stake]: its value of fighting, its public claim and what breaking that costs,
/// and the price of signing.
template <class Real>
struct Stakes {
  Real fight, claim, audience_cost, price;
};

/// Gain of a side from terms or from a promise worth `worth`.
template <class Real>
Real gain(const Stakes<Real>& side, const Real& worth) {
  return worth - side.price - side.audience_cost * max(Real(0.0), side.claim - worth) - side.fight;
}

/// Both sides at the table, and the balance that moves after the signature.
template <class Real>
struct Parties {
  Stakes<Real> a, d;
  Real bargaining_power;
  Escape<Real> balance;
};

template <class Real>
Parties<Real> parties(const Params<Real>& p, const State<Real>& s, const Table<Real>& t) {
  const Real zero(0.0);
  return {{t.fight.a, s.claim_a, p.audience_cost_a, zero},
          {t.fight.d, s.claim_d, p.audience_cost_d, zero},
          p.bargaining_power,
          p.balance};
}

template <class Real>
Deal<Real> deal(const Parties<Real>& sides, const Real& terms_a, const Real& terms_d) {
  return {terms_a, terms_d, sides.a.fight, sides.d.fight, sides.balance};
}

/// Logarithm of the Nash product of a settlement, `unsigned_score` where a side refuses or outside `where`. Each side
/// has its own view of what holds the other (the same for a positional settlement). A promise is worth at most its
/// terms, or less than fighting, so terms that a side refuses for certain are never valued; the cheaper questions come
/// first.
template <class Real>
Real score(const Parties<Real>& sides, const Real& terms_a, const Real& terms_d, const Holds<Real>& seen_by_a,
           const Holds<Real>& seen_by_d, const Mask<Real>& where) {
  const Real zero(0.0), never(unsigned_score), doubt = -slack<Real>();
  auto open = both(where, both(doubt <= gain(sides.a, terms_a), doubt <= gain(sides.d, terms_d)));
  if (!any(open)) return never;
  const auto offer = deal(sides, terms_a, terms_d);
  const Real gain_d = gain(sides.d, worth_to_d(offer, promise(offer, seen_by_d)));
  open = both(open, zero <= gain_d);
  if (!any(open)) return never;
  const Real gain_a = gain(sides.a, worth_to_a(offer, promise(offer, seen_by_a)));
  open = both(open, zero <= gain_a);
  if (!any(open)) return never;
  const Real product = sides.bargaining_power * log(max(gain_a, least<Real>())) +
                       (Real(1.0) - sides.bargaining_power) * log(max(gain_d, least<Real>()));
  return select(open, product, never);
}

/// The principled settlement: worth by what each side believes of the other's principles, and its
/// price, the change of doctrine and the hands it ties ("Looking Strong", "Freedom of Hands").
template <class Real>
void weigh_principled(const Params<Real>& p, const State<Real>& s, const Regime<Real>& g, Parties<Real> sides,
                      const Mask<Real>& due, Settlement<Real>& best) {
  const Real one(1.0);
  const Real price = price_of_principle(p.doctrine_cost, lock_in(p.doctrine_initial, s.doctrine_memory),
                                        p.defiance_reward, p.defiance_value);
  sides.a.price = price * g.autocracy_a * g.inverse_scale_a;
  sides.d.price = price * g.autocracy_d;
  const auto seen_by_a = holds(p, g, s.support, one, belief_in_principles(p.cynicism, g.autocracy_a));
  const auto seen_by_d = holds(p, g, s.support, belief_in_principles(p.cynicism, g.autocracy_d), one);
  const Real terms_d = one - p.just_share;
  const Real principled = score(sides, p.just_share, terms_d, seen_by_a, seen_by_d, due);
  const auto better = best.score < principled;
  best.score = select(better, principled, best.score);
  best.terms_a = select(better, p.just_share, best.terms_a);
  best.terms_d = select(better, terms_d, best.terms_d);
  best.principled = select(better, one, best.principled);
}

/// Takes the best of these variants over into each run's lane of `best`; a tie goes to the earlier.
template <class Real>
void keep_best(const Spread<Real>& eight, const Settlement<Real>& offers, Settlement<Real>& best) {
  for (int run = 0; run < eight.count(); ++run) {
    const int lane = eight.lane(run);
    int found = -1;
    Scalar<Real> top = lane_of(best.score, lane);
    for (int i = run * eight.variants_a_pass; i < (run + 1) * eight.variants_a_pass; ++i)
      if (const Scalar<Real> score = lane_of(offers.score, i); top < score) {
        top = score;
        found = i;
      }
    if (found < 0) continue;
    set_lane(best.score, lane, top);
    set_lane(best.terms_a, lane, lane_of(offers.terms_a, found));
    set_lane(best.terms_d, lane, lane_of(offers.terms_d, found));
  }
}

/// Value to A of positional settlement i of eight.
template <class Real>
Real positional_terms(const Real& need_a, const Real& width, const Real& i) {
  return fma(width, (i + Real(0.5)) * Real(0.125), need_a);
}

/// Whether D may gain from one of the eight. Not one is worth more to it than the most that it could get by the first,
/// lost as rarely as by the last: exit_hi falls with the distance up, which rises with A's terms, and rises with the
/// distance down, which falls with them.
template <class Real>
Mask<Real> may_please_d(const Table<Real>& t, const Parties<Real>& sides, const Real& width) {
  const Real first = positional_terms(t.need_a, width, Real(0.0)), last = positional_terms(t.need_a, width, Real(7.0));
  const Real most = best_d(first, t.goods), least = best_d(last, t.goods);
  auto bound = promise(deal(sides, last, least), t.holds);
  const Real hi = exit_hi(bound, sides.balance);
  const Real loss = max(first - sides.a.fight + t.holds.a, Real(1e-4));
  return -slack<Real>() <= gain(sides.d, most * (Real(1.0) - hi) + hi * (sides.d.fight - loss));
}

/// The eight positional settlements of a run, in the lanes of `open`, eight lanes a run; the first of the best is kept.
template <class Real>
void weigh_positional(const Table<Real>& t, const Parties<Real>& sides, const Mask<Real>& open,
                      Settlement<Real>& best) {
  const Real width = Real(1.0) - t.need_d - t.need_a;
  std::uint64_t left = Lanes<Real>::bits(open);
  // worth its price where more runs are at the table than a few passes would see
  if (std::popcount(left) > 2 * Spread<Real>::runs) left &= Lanes<Real>::bits(may_please_d(t, sides, width));
  while (left != 0) {
    const Spread<Real> eight(left);
    const auto side = [&](const Stakes<Real>& of) {
      return Stakes<Real>{eight(of.fight), eight(of.claim), eight(of.audience_cost), eight(of.price)};
    };
    const Parties<Real> these{side(sides.a),
                              side(sides.d),
                              eight(sides.bargaining_power),
                              {eight(sides.balance.down), eight(sides.balance.up), eight(sides.balance.twice_q)}};
    const Holds<Real> hold{eight(t.holds.a), eight(t.holds.d)};
    const Goods<Real> goods{eight(t.goods.land), eight(t.goods.security), eight(t.goods.inverse_security),
                            eight(t.goods.inverse_eta)};
    const Real step = eight(width), first = eight(t.need_a);
    for (int pass = 0; pass < Spread<Real>::passes; ++pass) {
      const Real terms_a = positional_terms(first, step, Spread<Real>::variants(pass, [](int i) { return i; }));
      const Real terms_d = best_d(terms_a, goods);
      const Real scores = score(these, terms_a, terms_d, hold, hold, Real(0.0) <= Real(0.0));
      if (any(Real(unsigned_score) < scores)) keep_best(eight, {scores, terms_a, terms_d, Real(0.0)}, best);
    }
  }
}

/// The eight positional settlements where the static zone is open, then the principled one where talks are due.
template <class Real>
Settlement<Real> negotiate(const Params<Real>& p, const State<Real>& s, const Regime<Real>& g, const Table<Real>& t,
                           const Mask<Real>& due, const Mask<Real>& open) {
  const Real zero(0.0);
  Settlement<Real> best{Real(unsigned_score), zero, zero, zero};
  const auto sides = parties(p, s, t);
  weigh_positional(t, sides, both(due, open), best);
  weigh_principled(p, s, g, sides, due, best);
  return best;
}

}  // namespace peace
}  // namespace TRUCE_ISA
}  // namespace truce
