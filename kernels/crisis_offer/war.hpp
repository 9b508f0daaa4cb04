// The war of crisis_offer: each month A makes one demand of a D whose type it does not know.
#pragma once

#include <limits>

#include "kernels/crisis_offer/closed_forms.hpp"
#include "kernels/crisis_offer/demand.hpp"
#include "kernels/rival/expected.hpp"
#include "kernels/rival/home.hpp"
#include "kernels/rival/model.hpp"

namespace truce {
inline namespace TRUCE_ISA {

struct CrisisOffer {
  template <class Real>
  struct Inputs {
    rival::HomeInputs<Real> home;
    Real collapse_hazard, private_information, cost_spread, power_spread, divisions;
  };
  /// The demand and the chance that it is refused, before A's change of approach and after it.
  template <class Real>
  struct Constants {
    Real demand, refusal, demand_after, refusal_after;
    Real strongest_power, power_range;  ///< chance that A wins against a type: of the strongest, and to the weakest
    Real settlement_chance, expected_months, pooling_limit, kappa_limit, zone_width, waiting_worth_d;
  };
  template <class Real>
  struct State {
    Real rank;  ///< of D's type this month among all, uniform: the strongest at 0
    Real refused_first;
  };
  template <class Real>
  struct Outcomes {
    Real demand, refusal_chance, refused_first, settlement_chance, expected_months;
    Real pooling_limit, kappa_limit, zone_width, waiting_worth_d;
  };
  using In = rival::Inputs<double>;
  using Own = Inputs<double>;

  /// D's secret: half the width of its cost [stake], or of its chance to lose.
  struct Secret {
    double cost = 0, power = 0;
  };
  static Secret secret_of(const In& in, const Own& own, double cost_d) {
    if (own.private_information < 0.5) return {own.cost_spread * abs(cost_d), 0};
    return {0, min(own.power_spread, min(in.initial_position, 1 - in.initial_position))};
  }

  static crisis::Crisis crisis_of(const In& in, const Own& own, double autocracy_a, const rival::War& war) {
    const double p = in.initial_position, cost_d = rival::leaders_cost(in, in.war_cost_d, in.autocracy_d, war);
    const double cost_a = rival::leaders_cost(in, in.war_cost_a, autocracy_a, war);
    const auto secret = secret_of(in, own, cost_d);
    crisis::Crisis c;
    c.a = rival::a_at_home(in, own.home, autocracy_a);
    c.d = rival::d_at_home(in, own.home);
    c.divisions = static_cast<int>(own.divisions);
    c.war_a = war_at_home(c.a, p, cost_a);
    const double sign = power_counts_for_d(c.d) ? 1 : -1;
    c.learned = c.war_a - war_at_home(c.a, p - sign * secret.power, cost_a);
    crisis::set_types(c, {1 - p - sign * secret.power, cost_d + secret.cost},
                      {1 - p + sign * secret.power, cost_d - secret.cost});
    return c;
  }
  /// False where D's leader would rather lose the fight to the finish than win it.
  static bool power_counts_for_d(const Domestic& d) { return 1 + d.office * (d.keeps_won - d.keeps_lost) >= 0; }

  static rival::Prepared<Constants<double>> prepare(const In& in, const Own& own) {
    const auto war = rival::war_until_collapse(own.collapse_hazard, in.discount_rate, in.defiance_months);
    const auto before = crisis_of(in, own, in.autocracy_a, war);
    const auto now = crisis::best_demand(before), after = crisis::best_demand(crisis_of(in, own, 0, war));
    const auto expected = rival::geometric_war(1 - now.refusal, own.collapse_hazard, in.horizon_months);
    const double p = in.initial_position, cost_a = rival::leaders_cost(in, in.war_cost_a, in.autocracy_a, war);
    const double cost_d = rival::leaders_cost(in, in.war_cost_d, in.autocracy_d, war);
    const auto secret = secret_of(in, own, cost_d);
    const double strongest = power_counts_for_d(before.d) ? p - secret.power : p + secret.power;
    const double zone = 1 - least_share(before.a, p, cost_a) - least_share(before.d, 1 - p, cost_d);
    return {{now.share, now.refusal, after.share, after.refusal, strongest, 2 * (p - strongest), expected.settled,
             expected.months, crisis::pooling_limit(2 * (secret.cost + secret.power), cost_a + cost_d - secret.cost),
             limit_of_kappa(p, cost_a, cost_d), zone,
             worth_of_waiting(in.change_hazard, 1 - after.share, in.war_cost_d, in.discount_rate)},
            war};
  }
  static double limit_of_kappa(double p, double cost_a, double cost_d) {
    const bool both_fight = 0 < p - cost_a && p - cost_a < 1 && 0 < p + cost_d && p + cost_d < 1;
    return both_fight ? kappa_limit(p, cost_a, cost_d) : std::numeric_limits<double>::quiet_NaN();
  }

  /// The first type: word 0 of set-up block 1. Later ones are drawn by the month before: the words of a month in which
  /// an offer is accepted are the peace's.
  template <class Params, class Draw>
  static State<double> start(const Params&, const Draw& draws) {
    return {draws.set_up_uniform(1, 0), 0};
  }

  template <class Params, class Real, class Draw>
  static rival::Agreement<Real> offer(const Params& p, const rival::History<Real>& h, const rival::Regime<Real>&,
                                      State<Real>& s, const Draw&, const Mask<Real>& where) {
    const auto changed = Real(0.5) < h.changed;
    const auto refused = s.rank < select(changed, p.war.refusal_after, p.war.refusal);
    const auto first = both(both(where, refused), h.month < Real(1.5));
    s.refused_first = select(first, Real(1.0), s.refused_first);
    return {both(where, negate(refused)), select(changed, p.war.demand_after, p.war.demand), p.in.initial_position};
  }

  /// Arms decide with the power of the type that refused. D's type is new each month.
  template <class Params, class Real, class Draw>
  static rival::Decision<Real> fight(const Params& p, const rival::History<Real>&, const rival::Regime<Real>&,
                                     State<Real>& s, const Draw& draws, const Mask<Real>& where) {
    const Real win = fma(p.war.power_range, s.rank, p.war.strongest_power);
    s.rank = select(where, draws.uniform(0), s.rank);
    return rival::decided_by_arms(where, p.own.collapse_hazard, win, draws.uniform(1));
  }

  template <class Params, class Real>
  static Real held(const Params& p, const State<Real>&) {
    return p.in.initial_position;
  }

  template <class Params>
  static Outcomes<double> finish(const Params& p, const State<double>& s, const rival::History<double>&) {
    const auto& c = p.war;
    return {c.demand,        c.refusal,     s.refused_first, c.settlement_chance, c.expected_months,
            c.pooling_limit, c.kappa_limit, c.zone_width,    c.waiting_worth_d};
  }
};

}  // namespace TRUCE_ISA
}  // namespace truce
