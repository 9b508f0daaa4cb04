// The textbook anchored_peace: one history, month by month, with std::mt19937_64 and the distributions of <random>.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <random>

#include "tests/bench/textbook_talks.hpp"

namespace textbook {

inline constexpr double missing = std::numeric_limits<double>::quiet_NaN();

/// Outcomes of one history; NaN where something did not happen.
struct Outcomes {
  double ending = 3, war_months = 0, settlement_a = missing, principled = missing, peace_months = missing,
         relapsed = missing, welfare_a = 0, welfare_d = 0, wars = 0, war_months_total = 0, peace_at_horizon = 0,
         blocked_rents = 0, blocked_information = 0, blocked_audience = 0, blocked_indivisibility = 0,
         blocked_commitment = 0, changed = 0, imperfect_peace_d = missing, fighting_on_d = missing;
};

inline std::vector<std::string> outcome_names() {
  return {"ending",
          "war_months",
          "settlement_a",
          "principled",
          "peace_months",
          "relapsed",
          "welfare_a",
          "welfare_d",
          "wars",
          "war_months_total",
          "peace_at_horizon",
          "blocked_rents",
          "blocked_information",
          "blocked_audience",
          "blocked_indivisibility",
          "blocked_commitment",
          "changed",
          "imperfect_peace_d",
          "fighting_on_d"};
}

/// A generator with the two distributions that the model needs.
struct Random {
  std::mt19937_64 engine;
  std::normal_distribution<double> normal_{0, 1};
  std::uniform_real_distribution<double> uniform_{0, 1};

  explicit Random(std::uint64_t seed) : engine(seed) {}
  double normal() { return normal_(engine); }
  double uniform() { return uniform_(engine); }
};

/// Chance that a month from distance `before` of a barrier to distance `after` touched it.
inline double touched(double before, double after, double s2) {
  if (before <= 0 || after <= 0) return 1;
  if (s2 <= 0) return 0;
  const double exponent = -2 * before * after / s2;
  return exponent < -40 ? 0 : std::exp(exponent);  // below the resolution of a uniform
}

class History {
 public:
  History(const Point& point, Random& random) : p(point), rng(random), g(point, point.autocracy_a) {}

  /// Plays the history; `months` grows by its length.
  Outcomes play(std::uint64_t& months) {
    support = p.patron_support;
    o.war_months = p.horizon_months;
    open_war(p.initial_position);
    bool won = false;
    do {
      begin_month();
      won = at_war ? war_month() : (peace_month(), false);
    } while (!won && month < p.horizon_months);
    if (!won) capitalise();
    months += static_cast<std::uint64_t>(month);
    if (t1_discount > 0) o.fighting_on_d = (o.welfare_d - t1_welfare) / t1_discount - o.imperfect_peace_d;
    return o;
  }

 private:
  void open_war(double position) {
    at_war = true;
    o.wars += 1;
    m = start = position;
    aid_sum = momentum = 0;
    war_clock = 0;
    defiance = 1;
    claim_a = p.claim_a;
    claim_d = p.claim_d;
    theta = p.advantage_mean + p.advantage_sd * rng.normal();
  }

  void begin_month() {
    month += 1;
    if (o.changed == 0 && rng.uniform() < p.change_hazard) {
      o.changed = 1;
      g = Regime(p, 0);
    }
    if (at_war || !deal.principled) doctrine_memory *= p.doctrine_decay;
    if (!withdrawn) {
      support += p.fade * (p.support_floor - support);
      if (rng.uniform() < p.withdrawal_hazard) {
        support = p.support_floor;
        withdrawn = true;
      }
    }
    weight = discount;
    discount *= p.discount;
    weight -= discount;
  }

  /// True if the war is won this month.
  bool war_month() {
    o.welfare_a += weight * (m - p.cost_flow_a);
    o.welfare_d += weight * (1 - m - p.cost_flow_d);
    const double aid = p.aid_effect * support, before = m;
    m += theta - aid + p.battle_volatility * rng.normal();
    aid_sum += aid;
    ++war_clock;
    const double u = rng.uniform();
    const bool won_by_a = u < touched(1 - before, 1 - m, p.s2);
    if (won_by_a || 1 - u < touched(before, m, p.s2)) {
      (won_by_a ? o.welfare_a : o.welfare_d) += discount;
      o.war_months_total += war_clock - 0.5;
      if (o.wars == 1) {
        o.war_months = month - 0.5;
        o.ending = won_by_a ? 1 : 2;
      }
      return true;
    }
    if (p.talks_interval > 0) bargain(aid, m - before);  // without talks nobody's claims matter
    return false;
  }

  double posterior(double prior, double moved) const {
    const double denominator = p.s2 + war_clock * p.prior_variance;
    return denominator <= 0 ? prior : prior + p.prior_variance * (moved - war_clock * prior) / denominator;
  }

  void bargain(double aid, double moved) {
    defiance *= p.defiance_decay;
    const double seen = m - start + aid_sum, reward = p.defiance_reward * defiance;
    const double mu_a = posterior(p.advantage_mean + p.optimism_a, seen) - aid;
    const double mu_d = posterior(p.advantage_mean - p.optimism_d, seen) - aid;
    Table t{};
    t.cost_a = (g.cost - reward * g.autocracy) / g.scale;
    t.cost_d = p.war_cost_d * (1 - p.cost_insulation * p.autocracy_d) - reward * p.autocracy_d;
    t.fight_a = m + (mu_a - t.cost_a) * months_of_war(m, mu_a, p.s2, p.discount_rate);
    t.fight_d = 1 - m - (mu_d + t.cost_d) * months_of_war(m, mu_d, p.s2, p.discount_rate);
    momentum += (moved - momentum) / p.momentum_months;
    const double follow = std::min(1.0, p.claim_adjustment * std::fabs(momentum));
    claim_a += follow * (t.fight_a - claim_a);
    claim_d += follow * (t.fight_d - claim_d);
    if (war_clock % p.talks_interval != 0) return;
    t.support = support;
    t.lock_in = 1 - p.doctrine_gap * doctrine_memory;
    t.claim_a = claim_a;
    t.claim_d = claim_d;
    t.need_a = need(t.fight_a, claim_a, p.audience_cost_a);
    t.need_d = need(t.fight_d, claim_d, p.audience_cost_d);
    talk(t);
  }

  void talk(const Table& t) {
    const double best_on_offer = best_d(t.need_a, p.security_weight, g.eta);
    if (t1_discount == 0) {
      o.imperfect_peace_d =
          worth_d(p, t, best_on_offer, Band(p, t, t.need_a, best_on_offer, hold_a(p, g, support), hold_d(p)));
      t1_discount = discount;
      t1_welfare = o.welfare_d;
    }
    const bool open = best_on_offer >= t.need_d;
    deal = negotiate(p, g, t, open);
    if (deal.score >= 0)
      sign(t);
    else if (o.wars == 1)
      charge(t, open);
  }

  void sign(const Table& t) {
    at_war = false;
    hi_base = m + deal.terms_a - t.fight_a;
    lo_base = m - (deal.terms_d - t.fight_d);
    o.war_months_total += war_clock;
    if (o.wars > 1) return;
    o.ending = 0;
    o.war_months = signed_month = month;
    o.settlement_a = deal.terms_a;
    o.principled = deal.principled;
  }

  /// A failed round in the first war counts for the first obstacle that applies.
  void charge(const Table& t, bool open) {
    if (t.cost_a + t.cost_d < 0)
      o.blocked_rents += 1;
    else if (t.fight_a + t.fight_d > 1)
      o.blocked_information += 1;
    else if (t.need_a + t.need_d > 1)
      o.blocked_audience += 1;
    else if (!open)
      o.blocked_indivisibility += 1;
    else
      o.blocked_commitment += 1;
  }

  void peace_month() {
    o.welfare_a += weight * deal.terms_a;
    o.welfare_d += weight * deal.terms_d;
    const double before = m;
    m += p.balance_drift + p.balance_volatility * rng.normal();
    const double hi = hi_base + hold_a(p, g, support) + (deal.principled ? anchor_a(p, g) : 0);
    const double lo = lo_base - hold_d(p) - (deal.principled ? anchor_d(p) : 0);
    const double u = rng.uniform();
    const bool by_a = u < touched(hi - before, hi - m, p.balance_s2);
    if (!by_a && !(1 - u < touched(before - lo, m - lo, p.balance_s2))) return;
    if (by_a)
      o.welfare_a -= discount * (p.renege_cost_a + p.guarantee_a * support);
    else
      o.welfare_d -= discount * (p.renege_cost_d + p.guarantee_d);
    if (o.wars == 1) {
      o.peace_months = month - 0.5 - signed_month;
      o.relapsed = 1;
    }
    open_war(std::clamp(m, 0.02, 0.98));
  }

  /// At the horizon the position, or the terms, for ever.
  void capitalise() {
    o.welfare_a += discount * (at_war ? m : deal.terms_a);
    o.welfare_d += discount * (at_war ? 1 - m : deal.terms_d);
    o.peace_at_horizon = !at_war;
    if (at_war) o.war_months_total += war_clock;
    if (!at_war && o.wars == 1) {
      o.peace_months = p.horizon_months - signed_month;
      o.relapsed = 0;
    }
  }

  const Point& p;
  Random& rng;
  Regime g;
  Outcomes o;
  Deal deal;
  bool at_war = true, withdrawn = false;
  int war_clock = 0;
  double month = 0, support = 0, doctrine_memory = 1, discount = 1, weight = 0;
  double m = 0, start = 0, theta = 0, aid_sum = 0, momentum = 0, defiance = 1, claim_a = 0, claim_d = 0;
  double hi_base = 0, lo_base = 0, signed_month = 0;
  double t1_discount = 0, t1_welfare = 0;  // at the first talks
};

}  // namespace textbook
