// A rival's history: one war, which the rival decides, one settlement, one peace. A relapse or a victory ends it.
#pragma once

#include "kernels/rival/inputs.hpp"

namespace truce {
inline namespace TRUCE_ISA {
namespace rival {

/// Codes of `ending`.
enum Ending { settlement = 0, victory_a = 1, victory_d = 2, ongoing = 3 };

/// One history after `month` months. Flags are 0 or 1.
template <class Real>
struct History {
  Real month, at_war, changed, support;
  Real doctrine_memory;  ///< exp(-months preached/doctrine_months)
  Real discount;         ///< exp(-r month)
  Real balance;          ///< of forces, in peace [stake]: what a war would bring A before its costs
  Real terms_a, anchor, signed_month;
  Real top, bottom;  ///< where the balance makes A and D break a peace that nothing holds
  Real hazard;       ///< cumulated, unless something holds the peace
  Real ending, war_months, peace_months, relapsed, dearest_principle;
  Real welfare_a, welfare_d;
};

/// What a war's month begins with: an agreement, in the lanes of `agreed`, and what fighting on was worth.
template <class Real>
struct Agreement {
  Mask<Real> agreed;
  Real terms_a;   ///< A's share of the stakes; D has the rest
  Real position;  ///< of the balance of forces: the chance that A wins a fight to the finish
};

/// An agreement of a war that knows itself what each side would lose by fighting on instead [stake].
template <class Real>
struct WeighedAgreement {
  Mask<Real> agreed;
  Real terms_a, position, gap_a, gap_d;
};

/// What each side would lose by fighting again rather than keep to an agreement [stake].
template <class Real>
struct Gaps {
  Real a, d;
};
template <class Real>
Gaps<Real> gaps(const Constants<Real>& k, const Regime<Real>& g, const Agreement<Real>& agreement) {
  const Real one(1.0);
  return {agreement.terms_a - (agreement.position - g.cost_a * g.inverse_scale_a),
          (one - agreement.terms_a) - (one - agreement.position - k.cost_d)};
}
template <class Real>
Gaps<Real> gaps(const Constants<Real>&, const Regime<Real>&, const WeighedAgreement<Real>& agreement) {
  return {agreement.gap_a, agreement.gap_d};
}

/// How the month's fighting ended, if it did; never both.
template <class Real>
struct Decision {
  Mask<Real> won_a, won_d;
};

/// Arms decide with chance `collapse` this month, for A with chance `chance_a` then; one uniform u says both.
template <class Real>
Decision<Real> decided_by_arms(const Mask<Real>& where, const Real& collapse, const Real& chance_a, const Real& u) {
  const auto by_a = u < collapse * chance_a;
  return {both(where, by_a), both(where, both(negate(by_a), u < collapse))};
}

/// The principle that both sides are ready to sign [0..1], and A's dearest price of one.
template <class Real>
struct Principle {
  Real share, dearest_a;
};

/// Each side reasons with one hazard of relapse, whatever the stage: of the band as if the balance had no drift, else
/// what the holds leave of the Weibull scale. `gap_i`: what a side would lose by fighting again. In the lanes of
/// `where`.
template <class Real>
Principle<Real> principle_signed(const Inputs<Real>& in, const Constants<Real>& k, const Regime<Real>& g,
                                 const History<Real>& h, const Real& gap_a, const Real& gap_d,
                                 const Mask<Real>& where) {
  const Real zero(0.0), floor(0x1p-13);
  const auto holds = holds_of(in, g.autocracy_a, in.autocracy_d, g.inverse_scale_a, h.support, zero, zero);
  const Real up = gap_a + holds.a, down = gap_d + holds.d;
  const Real in_band_rate = Real(1.0) / months_in_band(max(up, floor), max(down, floor), k.s2);
  const Real rate =
      select(stage_is(in.durability, by_hazard),
             in.relapse_rate * (hazard_left(in.hold_effect, up) + hazard_left(in.hold_effect, down)), in_band_rate);
  const Real price =
      in.discount_rate * price_of_principle(in.doctrine_cost, lock_in(in.doctrine_initial, h.doctrine_memory),
                                            in.defiance_reward, k.defiance_value);
  const auto choice = [&](const Real& gap, const Real& autocracy, const Real& scale) {
    const Real effect = in.hold_effect * in.justice_anchor * belief_in_principles(in.cynicism, autocracy);
    return Anchoring<Real>{in.discount_rate * max(gap, zero), price * autocracy * scale, in.discount_rate, rate,
                           effect};
  };
  const auto of_a = choice(gap_a, g.autocracy_a, g.inverse_scale_a), of_d = choice(gap_d, in.autocracy_d, Real(1.0));
  const auto trusted = both(where, g.signals <= h.month - Real(1.0));
  const Real share = any(trusted) ? min(anchoring(of_a), anchoring(of_d)) : zero;  // it takes a dozen logarithms
  return {select(trusted, share, zero), dearest_principle(of_a)};
}

/// Signs where `agreement.agreed`: the month that begins is the first of peace. An Agreement or a WeighedAgreement.
template <class Real, class Signed>
void sign(const Inputs<Real>& in, const Constants<Real>& k, const Regime<Real>& g, History<Real>& h,
          const Signed& agreement) {
  const Real one(1.0), zero(0.0);
  const auto& now = agreement.agreed;
  const auto gap = gaps(k, g, agreement);
  const auto principle = principle_signed(in, k, g, h, gap.a, gap.d, now);
  h.at_war = select(now, zero, h.at_war);
  h.ending = select(now, Real(settlement), h.ending);
  h.war_months = select(now, h.month - one, h.war_months);
  h.signed_month = select(now, h.month - one, h.signed_month);
  h.terms_a = select(now, agreement.terms_a, h.terms_a);
  h.anchor = select(now, principle.share, h.anchor);
  h.dearest_principle = select(now, principle.dearest_a, h.dearest_principle);
  h.balance = select(now, agreement.position, h.balance);
  h.top = select(now, agreement.position + gap.a, h.top);
  h.bottom = select(now, agreement.position - gap.d, h.bottom);
}

/// One month of peace in the lanes of `peace`: the balance moves, and a side may break the peace (u).
template <class Real>
Breach<Real> keep_peace(const Inputs<Real>& in, const Constants<Real>& k, const Regime<Real>& g, History<Real>& h,
                        const Mask<Real>& peace, const Real& moved, const Real& u) {
  const Real zero(0.0), one(1.0);
  const Real before = h.balance, after = before + moved;
  h.balance = select(peace, after, before);
  const auto hold = holds_of(in, g.autocracy_a, in.autocracy_d, g.inverse_scale_a, h.support, h.anchor, h.anchor);
  const Real hi = h.top + hold.a, lo = h.bottom - hold.d;
  const auto out = exits_in_month(hi, lo, before, after, k.touch, u);
  Breach<Real> breach{out.hi, out.lo};
  const auto stage = stage_is(in.durability, by_hazard);
  if (any(both(peace, stage))) {
    const Real sum = cumulated_hazard(in.relapse_rate, in.hazard_shape, h.month - h.signed_month);
    const auto by = breach_by_hazard(sum - h.hazard, in.hold_effect, hi - after, after - lo, u);
    h.hazard = select(peace, sum, h.hazard);
    breach = {either(both(stage, by.by_a), both(negate(stage), breach.by_a)),
              either(both(stage, by.by_d), both(negate(stage), breach.by_d))};
  }
  const auto game = stage_is(in.durability, by_enforcement);
  if (any(both(peace, game))) {
    const Real peace_d = one - h.terms_a;
    // A hold is worth as much, once, in every stage: with the principle, not for the months of the surprise alone.
    const auto by_a = breaks(
        Dilemma<Real>{h.terms_a + in.temptation, h.terms_a, h.terms_a - (h.top - after), zero, hold.a}, k.patience);
    const auto by_d =
        breaks(Dilemma<Real>{peace_d + in.temptation, peace_d, peace_d - (after - h.bottom), zero, hold.d}, k.patience);
    breach = {either(both(game, by_a), both(negate(game), breach.by_a)),
              either(both(game, both(negate(by_a), by_d)), both(negate(game), breach.by_d))};
  }
  return {both(peace, breach.by_a), both(peace, breach.by_d)};
}

/// A breach ends the history half a month back: the breaker pays its price, and both are left with the fight to the
/// finish at today's balance.
template <class Real>
void relapse(const Inputs<Real>& in, const Constants<Real>& k, History<Real>& h, const Breach<Real>& breach) {
  const Real zero(0.0), one(1.0);
  const auto now = either(breach.by_a, breach.by_d);
  const Real position = min(max(h.balance, zero), one);
  const Real price_a = select(breach.by_a, in.renege_cost_a + in.guarantee_a * h.support, zero);
  const Real price_d = select(breach.by_d, in.renege_cost_d + in.guarantee_d, zero);
  h.welfare_a = select(now, h.welfare_a + h.discount * (position - k.loss_a - price_a), h.welfare_a);
  h.welfare_d = select(now, h.welfare_d + h.discount * (one - position - k.loss_d - price_d), h.welfare_d);
  h.relapsed = select(now, one, h.relapsed);
  h.peace_months = select(now, h.month - Real(0.5) - h.signed_month, h.peace_months);
}

/// Victory ends the history half a month back; the winner has the stakes for ever.
template <class Real>
void win(History<Real>& h, const Decision<Real>& decision) {
  h.welfare_a = select(decision.won_a, h.welfare_a + h.discount, h.welfare_a);
  h.welfare_d = select(decision.won_d, h.welfare_d + h.discount, h.welfare_d);
  h.ending = select(decision.won_a, Real(victory_a), select(decision.won_d, Real(victory_d), h.ending));
  h.war_months = select(either(decision.won_a, decision.won_d), h.month - Real(0.5), h.war_months);
}

/// At the horizon terms, or the position at war (`held`), are capitalised.
template <class Real>
void cut(const Inputs<Real>& in, History<Real>& h, const Mask<Real>& now, const Real& held) {
  const Real one(1.0), zero(0.0);
  const auto peace = both(now, h.at_war < Real(0.5));
  const Real share = select(Real(0.5) < h.at_war, held, h.terms_a);
  h.welfare_a = select(now, h.welfare_a + h.discount * share, h.welfare_a);
  h.welfare_d = select(now, h.welfare_d + h.discount * (one - share), h.welfare_d);
  h.relapsed = select(peace, zero, h.relapsed);
  h.peace_months = select(peace, in.horizon_months - h.signed_month, h.peace_months);
}

}  // namespace rival
}  // namespace TRUCE_ISA
}  // namespace truce
