// The numbers of anchored_peace: inputs with their constants, one history's state, its outcomes.
#pragma once

#include "kernels/anchored_peace/frontier.hpp"
#include "kernels/barriers.hpp"

namespace truce {
inline namespace TRUCE_ISA {
namespace peace {

/// Inputs in declaration order (declaration.hpp), then constants of the point.
template <class Real>
struct Params {
  Real initial_position, advantage_mean, advantage_sd, battle_volatility;
  Real war_cost_a, war_cost_d, optimism_a, optimism_d;
  Real aid_effect, patron_support, patron_floor, fatigue_rate, withdrawal_hazard;
  Real autocracy_a, autocracy_d, cost_insulation, defiance_reward, defiance_months;
  Real audience_cost_a, audience_cost_d, territorial_boost, claim_a, claim_d;
  Real claim_adjustment, momentum_months, doctrine_cost, doctrine_initial, doctrine_months;
  Real cynicism, security_weight, indivisibility, collective_formula, bargaining_power, just_share;
  Real renege_cost_a, renege_cost_d, guarantee_a, guarantee_d, justice_anchor;
  Real balance_drift, balance_volatility, change_hazard, discount_rate, talks_every, horizon_months;
  // Constants of the point. Rates [1/month], factors a month, inverses of what months would else divide by.
  Real s2, prior_variance, inverse_r;
  Motion<Real> front;           // of the position in war
  Escape<Real> balance;         // of the balance from its band in peace
  Real war_touch, peace_touch;  // -2/variance of a month
  Real fade, support_floor;     // monthly share closed; where support ends
  Real defiance_decay, doctrine_decay, discount;
  Real defiance_value;          // of one unit of defiance for ever, in months
  Real talks_interval;          // talks_every, or never
  Real war_flow_a, war_flow_d;  // war costs [stake] for ever
  Real momentum_rate, softening_a, softening_d, inverse_scale_a;
  Goods<Real> goods;  // under A's autocracy
};

/// One history after `month` months. Flags are 0 or 1.
template <class Real>
struct State {
  Real month, at_war, changed, support;
  Real position;                                                                   // m in war, the balance M in peace
  Real start, aid_sum, war_month, until_talks, momentum, claim_a, claim_d, theta;  // of this war
  Real defiance;                                                                   // exp(-t/defiance_months)
  Real doctrine_memory;                                                            // exp(-n/doctrine_months)
  Real discount;                                                                   // exp(-r month)
  Real terms_a, terms_d, rests_on_principle, hi_base, lo_base;                     // of this peace
  Real welfare_a, welfare_d, wars, war_months_total;
  Real ending, war_months, settlement_a, principled, peace_months, relapsed;  // of the first war and peace
  Real first_peace;                                                           // 1 while the first peace lasts
  Real signed_month;                                                          // of the first settlement
  Real blocked_rents, blocked_information, blocked_audience, blocked_indivisibility, blocked_commitment;
  Real talked, offer_d, offer_welfare_d, offer_discount;  // the first talks
};

/// Outcomes in declaration order.
template <class Real>
struct Outcomes {
  Real ending, war_months, settlement_a, principled, peace_months, relapsed, welfare_a, welfare_d;
  Real wars, war_months_total, peace_at_horizon;
  Real blocked_rents, blocked_information, blocked_audience, blocked_indivisibility, blocked_commitment;
  Real changed, imperfect_peace_d, fighting_on_d;
};

/// Codes of `ending`.
enum Ending { settlement = 0, victory_a = 1, victory_d = 2, ongoing = 3 };

}  // namespace peace
}  // namespace TRUCE_ISA
}  // namespace truce
