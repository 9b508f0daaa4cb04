// What all rivals are told: the inputs that they share, and what a point makes of them once.
#pragma once

#include "kernels/common_inputs.hpp"
#include "kernels/common_mechanisms.hpp"
#include "kernels/mechanisms/durability.hpp"
#include "kernels/mechanisms/holds.hpp"

namespace truce {
inline namespace TRUCE_ISA {
namespace rival {

/// In declaration order (input_names). The war's own inputs follow.
template <class Real>
struct Inputs {
  Real initial_position, war_cost_a, war_cost_d, autocracy_a, autocracy_d, cost_insulation;
  Real defiance_reward, defiance_months, audience_cost_a, audience_cost_d, territorial_boost;
  Real doctrine_cost, doctrine_initial, doctrine_months, cynicism, trust_initial, signal_strength, trust_needed;
  Real patron_support, patron_floor, fatigue_rate, withdrawal_hazard;
  Real renege_cost_a, renege_cost_d, guarantee_a, guarantee_d, justice_anchor;
  Real durability, balance_drift, balance_volatility, relapse_rate, hazard_shape, hold_effect;
  Real temptation, detection_months, change_hazard, discount_rate, horizon_months;
};

/// What a regime of A makes of the inputs, before its change of approach and after it.
template <class Real>
struct Regime {
  Real autocracy_a, inverse_scale_a;
  Real cost_a;   ///< of the fight to the finish, as A's leader feels it [stake]
  Real signals;  ///< months of signals until a principle can be signed
};

/// Constants of the point.
template <class Real>
struct Constants {
  Real inverse_r, discount, fade, support_floor, defiance_value, doctrine_decay;
  Real s2, touch;       ///< of the balance in peace
  Real patience;        ///< over the months until a breach is answered
  Real cost_d;          ///< of the fight to the finish, as D's leader feels it [stake]
  Real loss_a, loss_d;  ///< what it costs in fact [stake]
  Regime<Real> before, after;
};

/// Discounted length of the fight to the finish [month], and of the rally at home that fades beside it.
struct War {
  double months = 0, rally_months = 0;
};

/// A war that arms decide with chance `collapse` a month, at discount rate r: with delta = exp(-r) it lasts
/// (1 - delta)/(r (1 - delta (1 - collapse))) discounted months.
inline War war_until_collapse(double collapse, double r, double defiance_months) {
  const double lost = -expm1(-r), stays = 1 - collapse;
  const double rally = exp(-r - 1 / defiance_months);
  return {lost / (r * (lost + (1 - lost) * collapse)), lost / (r * (1 - rally * stays))};
}

/// What a fight to the finish of this length, and with a rally at home of that, costs a leader [stake]: part of the cost
/// does not reach an autocrat, who is rewarded for defiance while the rally lasts.
template <class Real>
Real leaders_cost(const Inputs<Real>& in, const Real& war_cost, const Real& autocracy, const Real& months,
                  const Real& rally_months) {
  return war_cost * (Real(1.0) - in.cost_insulation * autocracy) * months -
         in.defiance_reward * autocracy * rally_months;
}
inline double leaders_cost(const Inputs<double>& in, double war_cost, double autocracy, const War& war) {
  return leaders_cost(in, war_cost, autocracy, war.months, war.rally_months);
}

inline Regime<double> regime_of(const Inputs<double>& in, double autocracy_a, const War& war) {
  const double omega =
      min(belief_in_principles(in.cynicism, autocracy_a), belief_in_principles(in.cynicism, in.autocracy_d));
  return {autocracy_a, 1 / (1 + in.territorial_boost * autocracy_a), leaders_cost(in, in.war_cost_a, autocracy_a, war),
          signals_needed(in.trust_initial, in.signal_strength, omega, in.trust_needed)};
}

inline Constants<double> constants_of(const Inputs<double>& in, const War& war) {
  Constants<double> k{};
  k.inverse_r = 1 / in.discount_rate;
  k.discount = exp(-in.discount_rate);
  k.fade = -expm1(-in.fatigue_rate);
  k.support_floor = in.patron_floor * in.patron_support;
  k.defiance_value = 1 / (in.discount_rate + 1 / in.defiance_months);
  k.doctrine_decay = exp(-1 / in.doctrine_months);
  k.s2 = in.balance_volatility * in.balance_volatility;
  k.touch = touch_rate(k.s2);
  k.patience = exp(-in.discount_rate * in.detection_months);
  k.cost_d = leaders_cost(in, in.war_cost_d, in.autocracy_d, war);
  k.loss_a = in.war_cost_a * war.months;
  k.loss_d = in.war_cost_d * war.months;
  k.before = regime_of(in, in.autocracy_a, war);
  k.after = regime_of(in, 0, war);
  return k;
}

/// The regime of A this month.
template <class Real>
Regime<Real> regime_now(const Constants<Real>& k, const Real& changed) {
  const auto is_changed = Real(0.5) < changed;
  return {select(is_changed, k.after.autocracy_a, k.before.autocracy_a),
          select(is_changed, k.after.inverse_scale_a, k.before.inverse_scale_a),
          select(is_changed, k.after.cost_a, k.before.cost_a), select(is_changed, k.after.signals, k.before.signals)};
}

}  // namespace rival
}  // namespace TRUCE_ISA
}  // namespace truce
