// The war of screening: A lowers its demands month by month, and a D that gains little from peace waits.
//
// D's secret is its cost of war, so what peace is worth to both sides over war, without terms at home: theta, uniform
// on 0..Theta. Types are counted by it. Terms at home raise both least shares by `shift` in all, so that a type gains
// theta - shift; types below never settle, and A screens the others on 0..Theta - shift. Where all gain by peace
// (shift < 0) A asks for that first, and screens on the rest.
#pragma once

#include <limits>

#include "kernels/rival/home.hpp"
#include "kernels/rival/model.hpp"
#include "kernels/screening/closed_forms.hpp"

namespace truce {
inline namespace TRUCE_ISA {

struct ScreeningWar {
  template <class Real>
  struct Inputs {
    rival::HomeInputs<Real> home;
    Real collapse_hazard, uncertainty, surplus_spread, deadline_months;
  };
  /// What a regime of A asks of the lowest type that it can settle with.
  template <class Real>
  struct Base {
    Real type, terms_a;
  };
  template <class Real>
  struct Constants {
    Base<Real> before, after;
    Real highest;       ///< Theta
    Real gamma, s;      ///< worth of a month's delay, sqrt(1 - gamma)
    Real screens;       ///< 1 unless the secret is a desire
    Real shift_before;  ///< of A's first regime
    Real demand, settlement_hazard, settlement_chance, expected_months;
  };
  template <class Real>
  struct State {
    Real type, highest;  ///< D's, and the highest that A has not yet settled with
  };
  template <class Real>
  struct Outcomes {
    Real surplus, demand, settlement_hazard, settlement_chance, expected_months;
  };
  using In = rival::Inputs<double>;
  using Own = Inputs<double>;

  /// What A of this autocracy needs.
  static double least_a(const In& in, const Own& own, double autocracy, const rival::War& war) {
    return least_share(rival::a_at_home(in, own.home, autocracy), in.initial_position,
                       rival::leaders_cost(in, in.war_cost_a, autocracy, war));
  }
  static Base<double> base_of(double shift, double least) { return {max(shift, 0.0), least + max(-shift, 0.0)}; }

  static rival::Prepared<Constants<double>> prepare(const In& in, const Own& own) {
    const auto war = rival::war_until_collapse(own.collapse_hazard, in.discount_rate, in.defiance_months);
    const double p = in.initial_position;
    const double cost_a = rival::leaders_cost(in, in.war_cost_a, in.autocracy_a, war);
    const double cost_d = rival::leaders_cost(in, in.war_cost_d, in.autocracy_d, war);
    const double now = least_a(in, own, in.autocracy_a, war), later = least_a(in, own, 0, war);
    const double least_d = least_share(rival::d_at_home(in, own.home), 1 - p, cost_d);
    Constants<double> c{};
    c.highest = max(own.surplus_spread * (cost_a + cost_d), 0.0);
    c.gamma = exp(-in.discount_rate) * (1 - own.collapse_hazard);
    c.s = sqrt(1 - c.gamma);
    c.screens = own.uncertainty < 0.5 ? 1 : 0;
    c.shift_before = now - least_share({}, p, cost_a) + least_d - least_share({}, 1 - p, cost_d);
    c.before = base_of(c.shift_before, now);
    c.after = base_of(c.shift_before + later - now, later);
    if (now > 1 || least_d > 1) c.before.type = c.highest;  // no share is enough
    if (later > 1 || least_d > 1) c.after.type = c.highest;
    expect(in, own, c);
    return {c, war};
  }

  /// The outcomes that are known before the war.
  static void expect(const In& in, const Own& own, Constants<double>& c) {
    const double collapse = own.collapse_hazard, v = c.highest - c.before.type;
    const bool settles = v > 0 && c.screens > 0;
    const auto first = own.deadline_months < 1 ? screening::round_of(c.s)
                                               : screening::round_before_deadline(c.gamma, own.deadline_months);
    c.settlement_hazard = settles ? 1 - first.cutoff : 0;
    c.demand = settles ? share(fma(first.demand, v, c.before.terms_a)) : std::numeric_limits<double>::quiet_NaN();
    const double able = settles ? v / c.highest : 0;
    const auto screened = screening::expected_war(c.gamma, collapse, own.deadline_months, in.horizon_months);
    const auto fought = rival::geometric_war(0, collapse, in.horizon_months);
    c.settlement_chance = able * screened.settled;
    c.expected_months = able * screened.months + (1 - able) * fought.months;
  }
  template <class Real>
  static Real share(const Real& x) {
    return min(max(x, Real(0.0)), Real(1.0));
  }

  /// D's type: word 0 of set-up block 1.
  template <class Params, class Draw>
  static State<double> start(const Params& p, const Draw& draws) {
    return {p.war.highest * draws.set_up_uniform(1, 0), p.war.highest};
  }

  template <class Params, class Real, class Draw>
  static rival::Agreement<Real> offer(const Params& p, const rival::History<Real>& h, const rival::Regime<Real>&,
                                      State<Real>& s, const Draw&, const Mask<Real>& where) {
    const Real half(0.5), one(1.0);
    const auto changed = half < h.changed;
    const Base<Real> base = {select(changed, p.war.after.type, p.war.before.type),
                             select(changed, p.war.after.terms_a, p.war.before.terms_a)};
    const auto has_deadline = both(where, half < p.own.deadline_months);
    const Real left = p.own.deadline_months - h.month + one;
    auto round = screening::round_of(p.war.s);
    if (any(has_deadline)) {
      const auto last = screening::round_before_deadline(p.war.gamma, select(has_deadline, left, Real(0.0)));
      round = {select(has_deadline, last.demand, round.demand), select(has_deadline, last.cutoff, round.cutoff)};
    }
    const Real v = s.highest - base.type;
    const Real highest = fma(round.cutoff, v, base.type);
    const auto in_time = either(negate(has_deadline), half < left);
    const auto offered = both(both(where, in_time), both(Real(0.0) < v, half < p.war.screens));
    const auto agreed = both(offered, highest < s.type);
    s.highest = select(offered, highest, s.highest);
    return {agreed, share(fma(round.demand, v, base.terms_a)), p.in.initial_position};
  }

  template <class Params, class Real, class Draw>
  static rival::Decision<Real> fight(const Params& p, const rival::History<Real>&, const rival::Regime<Real>&,
                                     State<Real>&, const Draw& draws, const Mask<Real>& where) {
    return rival::decided_by_arms(where, p.own.collapse_hazard, p.in.initial_position, draws.uniform(1));
  }

  template <class Params, class Real>
  static Real held(const Params& p, const State<Real>&) {
    return p.in.initial_position;
  }

  template <class Params>
  static Outcomes<double> finish(const Params& p, const State<double>& s, const rival::History<double>&) {
    const auto& c = p.war;
    return {s.type - c.shift_before, c.demand, c.settlement_hazard, c.settlement_chance, c.expected_months};
  }
};

}  // namespace TRUCE_ISA
}  // namespace truce
