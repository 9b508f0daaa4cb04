// The textbook anchored_peace: its inputs and what of them is computed once per point.
#pragma once

#include <cmath>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace textbook {

/// Time in months, stakes of 1; side A challenges, side D defends.
struct Inputs {
  double initial_position, advantage_mean, advantage_sd, battle_volatility, war_cost_a, war_cost_d, optimism_a,
      optimism_d, aid_effect, patron_support, patron_floor, fatigue_rate, withdrawal_hazard, autocracy_a, autocracy_d,
      cost_insulation, defiance_reward, defiance_months, audience_cost_a, audience_cost_d, territorial_boost, claim_a,
      claim_d, claim_adjustment, momentum_months, doctrine_cost, doctrine_initial, doctrine_months, cynicism,
      security_weight, indivisibility, collective_formula, bargaining_power, just_share, renege_cost_a, renege_cost_d,
      guarantee_a, guarantee_d, justice_anchor, balance_drift, balance_volatility, change_hazard, discount_rate,
      talks_every, horizon_months;
};

inline const std::vector<std::pair<std::string, double Inputs::*>>& input_names() {
  using I = Inputs;
  static const std::vector<std::pair<std::string, double I::*>> names = {{"initial_position", &I::initial_position},
                                                                         {"advantage_mean", &I::advantage_mean},
                                                                         {"advantage_sd", &I::advantage_sd},
                                                                         {"battle_volatility", &I::battle_volatility},
                                                                         {"war_cost_a", &I::war_cost_a},
                                                                         {"war_cost_d", &I::war_cost_d},
                                                                         {"optimism_a", &I::optimism_a},
                                                                         {"optimism_d", &I::optimism_d},
                                                                         {"aid_effect", &I::aid_effect},
                                                                         {"patron_support", &I::patron_support},
                                                                         {"patron_floor", &I::patron_floor},
                                                                         {"fatigue_rate", &I::fatigue_rate},
                                                                         {"withdrawal_hazard", &I::withdrawal_hazard},
                                                                         {"autocracy_a", &I::autocracy_a},
                                                                         {"autocracy_d", &I::autocracy_d},
                                                                         {"cost_insulation", &I::cost_insulation},
                                                                         {"defiance_reward", &I::defiance_reward},
                                                                         {"defiance_months", &I::defiance_months},
                                                                         {"audience_cost_a", &I::audience_cost_a},
                                                                         {"audience_cost_d", &I::audience_cost_d},
                                                                         {"territorial_boost", &I::territorial_boost},
                                                                         {"claim_a", &I::claim_a},
                                                                         {"claim_d", &I::claim_d},
                                                                         {"claim_adjustment", &I::claim_adjustment},
                                                                         {"momentum_months", &I::momentum_months},
                                                                         {"doctrine_cost", &I::doctrine_cost},
                                                                         {"doctrine_initial", &I::doctrine_initial},
                                                                         {"doctrine_months", &I::doctrine_months},
                                                                         {"cynicism", &I::cynicism},
                                                                         {"security_weight", &I::security_weight},
                                                                         {"indivisibility", &I::indivisibility},
                                                                         {"collective_formula", &I::collective_formula},
                                                                         {"bargaining_power", &I::bargaining_power},
                                                                         {"just_share", &I::just_share},
                                                                         {"renege_cost_a", &I::renege_cost_a},
                                                                         {"renege_cost_d", &I::renege_cost_d},
                                                                         {"guarantee_a", &I::guarantee_a},
                                                                         {"guarantee_d", &I::guarantee_d},
                                                                         {"justice_anchor", &I::justice_anchor},
                                                                         {"balance_drift", &I::balance_drift},
                                                                         {"balance_volatility", &I::balance_volatility},
                                                                         {"change_hazard", &I::change_hazard},
                                                                         {"discount_rate", &I::discount_rate},
                                                                         {"talks_every", &I::talks_every},
                                                                         {"horizon_months", &I::horizon_months}};
  return names;
}

/// Inputs from named columns, in any order; throws where one is missing.
inline Inputs inputs_from(const std::vector<std::string>& names, const std::vector<double>& values) {
  Inputs inputs{};
  for (const auto& [name, member] : input_names()) {
    std::size_t at = 0;
    while (at < names.size() && names[at] != name) ++at;
    if (at == names.size()) throw std::invalid_argument("the points have no column " + name);
    inputs.*member = values[at];
  }
  return inputs;
}

/// Rates of a Brownian motion between two barriers: what does not depend on where it is.
struct Motion {
  double up, down;  // exponent per unit of distance of leaving through hi, lo; <= 0
  double twice_q;   // -2 q
};

/// With q = sqrt(mu^2 + 2 r s2)/s2 and k = mu/s2: k - q and -k - q, without cancellation.
inline Motion motion(double mu, double s2, double r) {
  const double speed = std::fabs(mu), root = std::sqrt(mu * mu + 2 * r * s2);
  const double with = -2 * r / (speed + root), against = -(speed + root) / s2;
  return mu > 0 ? Motion{with, against, -2 * root / s2} : Motion{against, with, -2 * root / s2};
}

/// One point: the inputs and its constants.
struct Point : Inputs {
  double s2, prior_variance, balance_s2;
  double fade, support_floor, defiance_decay, doctrine_decay, discount;
  double doctrine_gap, defiance_value, cost_flow_a, cost_flow_d;
  int talks_interval;
  Motion balance;

  explicit Point(const Inputs& in) : Inputs(in) {
    s2 = battle_volatility * battle_volatility;
    prior_variance = advantage_sd * advantage_sd;
    balance_s2 = balance_volatility * balance_volatility;
    fade = -std::expm1(-fatigue_rate);
    support_floor = patron_floor * patron_support;
    defiance_decay = std::exp(-1 / defiance_months);
    doctrine_decay = std::exp(-1 / doctrine_months);
    discount = std::exp(-discount_rate);
    doctrine_gap = 1 - doctrine_initial;
    defiance_value = defiance_reward / (discount_rate + 1 / defiance_months);
    cost_flow_a = war_cost_a / discount_rate;
    cost_flow_d = war_cost_d / discount_rate;
    talks_interval = static_cast<int>(talks_every);
    balance = motion(balance_drift, std::fmax(balance_s2, 1e-30), discount_rate);
  }
};

/// What A's regime sets; it changes once at most.
struct Regime {
  double autocracy, scale, eta, cost, belief;  // of A; belief: share of the justice anchor that it takes seriously

  Regime(const Point& p, double autocracy_a)
      : autocracy(autocracy_a),
        scale(1 + p.territorial_boost * autocracy_a),
        eta(1 + (p.indivisibility - 1) * autocracy_a * (1 - p.collective_formula)),
        cost(p.war_cost_a * (1 - p.cost_insulation * autocracy_a)),
        belief(1 - p.cynicism * autocracy_a) {}
};

}  // namespace textbook
