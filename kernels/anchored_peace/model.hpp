// The model of anchored_peace: prepare, start, step, finish.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>

#include "kernels/anchored_peace/month.hpp"
#include "kernels/engine.hpp"
#include "kernels/mechanisms/patron.hpp"

namespace truce {
inline namespace TRUCE_ISA {

/// Masked model: `step` is written for any number type; one step is one month.
struct AnchoredPeace {
  template <class Real>
  using Params = peace::Params<Real>;
  template <class Real>
  using State = peace::State<Real>;
  template <class Real>
  using Outcomes = peace::Outcomes<Real>;
  static constexpr int normals_per_step = 1, uniforms_per_step = 3;
  static constexpr std::uint64_t step_limit = 12001;

  static Params<double> prepare(const double* inputs) {
    using namespace peace;
    Params<double> p{};
    std::memcpy(&p, inputs, offsetof(Params<double>, s2));
    p.s2 = p.battle_volatility * p.battle_volatility;
    p.prior_variance = p.advantage_sd * p.advantage_sd;
    p.inverse_r = 1.0 / p.discount_rate;
    p.front = motion(p.s2, p.discount_rate);
    const double balance_s2 = p.balance_volatility * p.balance_volatility;
    p.balance = escape(p.balance_drift, motion(balance_s2, p.discount_rate));
    p.war_touch = touch_rate(p.s2);
    p.peace_touch = touch_rate(balance_s2);
    p.fade = -expm1(-p.fatigue_rate);
    p.support_floor = p.patron_floor * p.patron_support;
    p.defiance_decay = exp(-1.0 / p.defiance_months);
    p.doctrine_decay = exp(-1.0 / p.doctrine_months);
    p.discount = exp(-p.discount_rate);
    p.defiance_value = 1.0 / (p.discount_rate + 1.0 / p.defiance_months);
    p.talks_interval = p.talks_every > 0 ? p.talks_every : 1e30;
    p.war_flow_a = p.war_cost_a / p.discount_rate;
    p.war_flow_d = p.war_cost_d / p.discount_rate;
    p.momentum_rate = 1.0 / p.momentum_months;
    p.softening_a = 1.0 / (1.0 + p.audience_cost_a);
    p.softening_d = 1.0 / (1.0 + p.audience_cost_d);
    p.inverse_scale_a = 1.0 / (1.0 + p.territorial_boost * p.autocracy_a);
    p.goods = goods(p.security_weight, 1.0 + (p.indivisibility - 1.0) * p.autocracy_a * (1.0 - p.collective_formula));
    return p;
  }

  template <class Draw>
  static State<double> start(const Params<double>& p, const Draw& draws) {
    State<double> s{};
    s.support = p.patron_support;
    s.doctrine_memory = 1;
    s.discount = 1;
    const double missing = std::numeric_limits<double>::quiet_NaN();
    s.ending = peace::ongoing;
    s.war_months = p.horizon_months;
    s.settlement_a = s.principled = s.peace_months = s.relapsed = missing;
    s.offer_d = missing;
    peace::open_war(p, s, true, p.initial_position, draws.set_up_normal(true, 1.0));
    return s;
  }

  /// One month; returns the mask of histories that end with it.
  template <class Real, class Draw>
  static Mask<Real> step(const Params<Real>& p, State<Real>& s, const Draw& draws) {
    using namespace peace;
    const Real one(1.0), half(0.5);
    s.month = s.month + one;
    s.changed = changed_after(s.changed, p.change_hazard, draws.uniform(2));
    const auto g = regime(p, s.changed);
    s.doctrine_memory = select(half < s.rests_on_principle, s.doctrine_memory, s.doctrine_memory * p.doctrine_decay);
    s.support = support_after(s.support, p.support_floor, p.fade, p.withdrawal_hazard, draws.uniform(1));

    const auto f = move_front(p, s, g, draws.normal(0), draws.uniform(0));
    const Real discount = s.discount * p.discount;
    accrue(p, s, f, s.discount - discount);
    s.discount = discount;

    const auto won = both(f.war, either(f.hit_hi, f.hit_lo));
    const auto fighting = both(f.war, negate(won));
    s.war_month = select(f.war, s.war_month + one, s.war_month);
    s.defiance = select(f.war, s.defiance * p.defiance_decay, s.defiance);
    if (any(won)) end_in_victory(s, f, won);
    if (any(fighting)) fight_on(p, s, g, f, fighting);
    const auto breached = both(f.peace, either(f.hit_hi, f.hit_lo));
    if (any(breached)) breach(p, s, f, breached, draws);

    const auto at_horizon = both(negate(won), p.horizon_months <= s.month);
    if (any(at_horizon)) capitalise(p, s, at_horizon);
    return either(won, at_horizon);
  }

  /// Peace, in which nothing is fought or talked about, costs a fraction of a month of war.
  template <class Real>
  static Mask<Real> in_later_phase(const State<Real>& s) {
    return s.at_war < Real(0.5);
  }

  static Outcomes<double> finish(const Params<double>&, const State<double>& s) {
    const double missing = std::numeric_limits<double>::quiet_NaN();
    const bool talked = s.talked > 0.5;
    Outcomes<double> o{};
    o.ending = s.ending;
    o.war_months = s.war_months;
    o.settlement_a = s.settlement_a;
    o.principled = s.principled;
    o.peace_months = s.peace_months;
    o.relapsed = s.relapsed;
    o.welfare_a = s.welfare_a;
    o.welfare_d = s.welfare_d;
    o.wars = s.wars;
    o.war_months_total = s.war_months_total;
    o.peace_at_horizon = s.at_war < 0.5 ? 1 : 0;
    o.blocked_rents = s.blocked_rents;
    o.blocked_information = s.blocked_information;
    o.blocked_audience = s.blocked_audience;
    o.blocked_indivisibility = s.blocked_indivisibility;
    o.blocked_commitment = s.blocked_commitment;
    o.changed = s.changed;
    o.imperfect_peace_d = s.offer_d;
    o.fighting_on_d = talked ? (s.welfare_d - s.offer_welfare_d) / s.offer_discount - s.offer_d : missing;
    return o;
  }

 private:
  /// This month's flow of welfare, weight W_T = exp(-r(T-1)) - exp(-rT): positions and war costs, or the terms.
  template <class Real>
  static void accrue(const Params<Real>& p, State<Real>& s, const peace::Front<Real>& f, const Real& weight) {
    const Real one(1.0);
    const Real flow_a = select(f.war, f.before - p.war_flow_a, s.terms_a);
    const Real flow_d = select(f.war, (one - f.before) - p.war_flow_d, s.terms_d);
    s.welfare_a = fma(weight, flow_a, s.welfare_a);
    s.welfare_d = fma(weight, flow_d, s.welfare_d);
  }

  template <class Real>
  static void end_in_victory(State<Real>& s, const peace::Front<Real>& f, const Mask<Real>& won) {
    const Real half(0.5);
    const auto by_a = both(won, f.hit_hi), by_d = both(won, f.hit_lo);
    s.welfare_a = select(by_a, s.welfare_a + s.discount, s.welfare_a);
    s.welfare_d = select(by_d, s.welfare_d + s.discount, s.welfare_d);
    s.war_months_total = select(won, s.war_months_total + s.war_month - half, s.war_months_total);
    const auto first = both(won, s.wars < Real(1.5));
    s.war_months = select(first, s.month - half, s.war_months);
    s.ending = select(both(first, by_a), Real(peace::victory_a), s.ending);
    s.ending = select(both(first, by_d), Real(peace::victory_d), s.ending);
  }

  template <class Real>
  static void fight_on(const Params<Real>& p, State<Real>& s, const peace::Regime<Real>& g, const peace::Front<Real>& f,
                       const Mask<Real>& fighting) {
    const auto table = peace::take_stock(p, s, g, f, fighting);
    s.until_talks = select(fighting, s.until_talks - Real(1.0), s.until_talks);
    const auto due = both(fighting, s.until_talks < Real(0.5));
    s.until_talks = select(due, p.talks_interval, s.until_talks);
    if (any(due)) peace::talk(p, s, g, table, due);
  }

  /// A breach, dated half a month back, costs the breaker and opens the next war next month.
  template <class Real, class Draw>
  static void breach(const Params<Real>& p, State<Real>& s, const peace::Front<Real>& f, const Mask<Real>& breached,
                     const Draw& draws) {
    const Real zero(0.0), one(1.0);
    const Real price_a = p.renege_cost_a + p.guarantee_a * s.support;
    const Real price_d = p.renege_cost_d + p.guarantee_d;
    s.welfare_a = select(both(breached, f.hit_hi), s.welfare_a - s.discount * price_a, s.welfare_a);
    s.welfare_d = select(both(breached, f.hit_lo), s.welfare_d - s.discount * price_d, s.welfare_d);
    const auto first = both(breached, Real(0.5) < s.first_peace);
    s.peace_months = select(first, s.month - Real(0.5) - s.signed_month, s.peace_months);
    s.relapsed = select(first, one, s.relapsed);
    s.first_peace = select(first, zero, s.first_peace);
    const Real position = min(max(f.after, Real(0.02)), Real(0.98));
    peace::open_war(p, s, breached, position, draws.set_up_normal(breached, s.wars + one));
  }

  /// At the horizon positions or terms are capitalised and what lasts is cut off.
  template <class Real>
  static void capitalise(const Params<Real>& p, State<Real>& s, const Mask<Real>& where) {
    const Real one(1.0), zero(0.0);
    const auto war = both(where, Real(0.5) < s.at_war);
    const auto at_war = Real(0.5) < s.at_war;
    s.welfare_a = select(where, s.welfare_a + s.discount * select(at_war, s.position, s.terms_a), s.welfare_a);
    s.welfare_d = select(where, s.welfare_d + s.discount * select(at_war, one - s.position, s.terms_d), s.welfare_d);
    s.war_months_total = select(war, s.war_months_total + s.war_month, s.war_months_total);
    const auto kept = both(where, Real(0.5) < s.first_peace);
    s.peace_months = select(kept, p.horizon_months - s.signed_month, s.peace_months);
    s.relapsed = select(kept, zero, s.relapsed);
  }
};

}  // namespace TRUCE_ISA
}  // namespace truce
