// One month of a history: change of approach, support, the front or the balance, then war or peace.
#pragma once

#include "kernels/anchored_peace/talks.hpp"

namespace truce {
inline namespace TRUCE_ISA {
namespace peace {

template <class Real>
Real flag(const Mask<Real>& mask) {
  return select(mask, Real(1.0), Real(0.0));
}

/// Sets a war up afresh where `where` holds; theta comes from the set-up block of this war.
template <class Real>
void open_war(const Params<Real>& p, State<Real>& s, const Mask<Real>& where, const Real& position, const Real& z) {
  const Real zero(0.0), one(1.0);
  s.at_war = select(where, one, s.at_war);
  s.rests_on_principle = select(where, zero, s.rests_on_principle);
  s.wars = select(where, s.wars + one, s.wars);
  s.position = select(where, position, s.position);
  s.start = select(where, position, s.start);
  s.aid_sum = select(where, zero, s.aid_sum);
  s.war_month = select(where, zero, s.war_month);
  s.until_talks = select(where, p.talks_interval, s.until_talks);
  s.momentum = select(where, zero, s.momentum);
  s.claim_a = select(where, p.claim_a, s.claim_a);
  s.claim_d = select(where, p.claim_d, s.claim_d);
  s.defiance = select(where, one, s.defiance);
  s.theta = select(where, fma(p.advantage_sd, z, p.advantage_mean), s.theta);
}

/// What happened to the position or the balance this month.
template <class Real>
struct Front {
  Real before, after;
  Mask<Real> hit_hi, hit_lo;  // exits in war, breaches by A and D in peace; never both
  Mask<Real> war, peace;      // how the month began
};

/// Moves m (war) or M (peace) and finds exits and breaches inside the month by the Brownian bridge.
template <class Real>
Front<Real> move_front(const Params<Real>& p, State<Real>& s, const Regime<Real>& g, const Real& z, const Real& u) {
  const Real one(1.0), zero(0.0);
  Front<Real> f;
  f.war = Real(0.5) < s.at_war;
  f.peace = negate(f.war);
  f.before = s.position;
  const Real aid = p.aid_effect * s.support;
  f.after = f.before + select(f.war, s.theta - aid, p.balance_drift) +
            select(f.war, p.battle_volatility, p.balance_volatility) * z;
  const auto hold = holds(p, g, s.support, s.rests_on_principle, s.rests_on_principle);
  const Real hi = select(f.war, one, s.hi_base + hold.a);
  const Real lo = select(f.war, zero, s.lo_base - hold.d);
  const Real touch = select(f.war, p.war_touch, p.peace_touch);
  const auto exits = exits_in_month(hi, lo, f.before, f.after, touch, u);
  f.hit_hi = exits.hi;
  f.hit_lo = exits.lo;
  s.aid_sum = select(f.war, s.aid_sum + aid, s.aid_sum);
  s.position = f.after;
  return f;
}

/// Beliefs, costs, fight values, momentum and claims at the new position, where the war goes on.
template <class Real>
Table<Real> take_stock(const Params<Real>& p, State<Real>& s, const Regime<Real>& g, const Front<Real>& f,
                       const Mask<Real>& fighting) {
  const Real one(1.0);
  const Real aid = p.aid_effect * s.support;
  const Real y = s.position - s.start + s.aid_sum;
  const Real learned = learning(p.prior_variance, p.s2, s.war_month);
  const Real mu_a = posterior(p.advantage_mean + p.optimism_a, learned, y, s.war_month) - aid;
  const Real mu_d = posterior(p.advantage_mean - p.optimism_d, learned, y, s.war_month) - aid;
  Table<Real> t;
  const Real reward = p.defiance_reward * s.defiance;
  t.cost_a = (p.war_cost_a * (one - p.cost_insulation * g.autocracy_a) - reward * g.autocracy_a) * g.inverse_scale_a;
  t.cost_d = p.war_cost_d * (one - p.cost_insulation * g.autocracy_d) - reward * g.autocracy_d;
  t.fight = fight(s.position, mu_a, mu_d, t.cost_a, t.cost_d, p.front, p.inverse_r);
  const Real moved = s.momentum + (f.after - f.before - s.momentum) * p.momentum_rate;
  const Real follow = min(one, p.claim_adjustment * abs(moved));
  s.momentum = select(fighting, moved, s.momentum);
  s.claim_a = select(fighting, fma(follow, t.fight.a - s.claim_a, s.claim_a), s.claim_a);
  s.claim_d = select(fighting, fma(follow, t.fight.d - s.claim_d, s.claim_d), s.claim_d);
  t.need_a = need(t.fight.a, s.claim_a, p.audience_cost_a, p.softening_a);
  t.need_d = need(t.fight.d, s.claim_d, p.audience_cost_d, p.softening_d);
  t.goods = p.goods;
  t.goods.inverse_eta = select(Real(0.5) < s.changed, one, p.goods.inverse_eta);
  t.holds = holds(p, g, s.support, Real(0.0), Real(0.0));
  return t;
}

/// Charges a failed round in the first war to the first obstacle that applies.
template <class Real>
void charge(State<Real>& s, const Table<Real>& t, const Mask<Real>& closed, const Mask<Real>& failed) {
  const Real one(1.0);
  auto left = both(failed, s.wars < Real(1.5));
  const auto charge_to = [&](Real& count, const Mask<Real>& applies) {
    const auto here = both(left, applies);
    count = select(here, count + one, count);
    left = both(left, negate(applies));
  };
  charge_to(s.blocked_rents, t.cost_a + t.cost_d < Real(0.0));
  charge_to(s.blocked_information, one < t.fight.a + t.fight.d);
  charge_to(s.blocked_audience, one < t.need_a + t.need_d);
  charge_to(s.blocked_indivisibility, closed);
  s.blocked_commitment = select(left, s.blocked_commitment + one, s.blocked_commitment);
}

/// Signs `deal` where `where` holds: the war ends and the balance starts from the front.
template <class Real>
void sign(State<Real>& s, const Table<Real>& t, const Settlement<Real>& deal, const Mask<Real>& where) {
  const Real zero(0.0), one(1.0);
  s.at_war = select(where, zero, s.at_war);
  s.terms_a = select(where, deal.terms_a, s.terms_a);
  s.terms_d = select(where, deal.terms_d, s.terms_d);
  s.rests_on_principle = select(where, deal.principled, s.rests_on_principle);
  s.hi_base = select(where, s.position + (deal.terms_a - t.fight.a), s.hi_base);
  s.lo_base = select(where, s.position - (deal.terms_d - t.fight.d), s.lo_base);
  s.war_months_total = select(where, s.war_months_total + s.war_month, s.war_months_total);
  const auto first = both(where, s.wars < Real(1.5));
  s.ending = select(first, Real(settlement), s.ending);
  s.war_months = select(first, s.month, s.war_months);
  s.settlement_a = select(first, deal.terms_a, s.settlement_a);
  s.principled = select(first, deal.principled, s.principled);
  s.signed_month = select(first, s.month, s.signed_month);
  s.first_peace = select(first, one, s.first_peace);
}

/// The round of talks of this month, in the lanes of `due`.
template <class Real>
void talk(const Params<Real>& p, State<Real>& s, const Regime<Real>& g, const Table<Real>& t, const Mask<Real>& due) {
  const Real best_on_offer = best_d(t.need_a, t.goods);
  const auto open = t.need_d <= best_on_offer;
  const auto first = both(due, s.talked < Real(0.5));
  if (any(first)) {
    const auto offer = deal(parties(p, s, t), t.need_a, best_on_offer);
    s.talked = select(first, Real(1.0), s.talked);
    s.offer_d = select(first, worth_to_d(offer, promise(offer, t.holds)), s.offer_d);
    s.offer_welfare_d = select(first, s.welfare_d, s.offer_welfare_d);
    s.offer_discount = select(first, s.discount, s.offer_discount);
  }
  const auto best = negotiate(p, s, g, t, due, open);
  const auto agreed = Real(unsigned_score) < best.score;
  charge(s, t, negate(open), both(due, negate(agreed)));
  sign(s, t, best, both(due, agreed));
}

}  // namespace peace
}  // namespace TRUCE_ISA
}  // namespace truce
