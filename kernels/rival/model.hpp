// A rival as a model of the engine: the war is the rival's own, all else is shared.
//
// A War is a struct with, for any number type,
//   Inputs, Constants, State, Outcomes   structs of numbers (Inputs and Outcomes in declaration order)
//   prepare(in, own) -> Prepared         what a point makes of them, and how long a fight to the finish lasts
//   start(params, draws) -> State        before the first month, in double
//   offer(params, history, regime, state, draws, where) -> Agreement    may settle before the month is fought (or a
//     WeighedAgreement)
//   fight(params, history, regime, state, draws, where) -> Decision     the month's fighting
//   held(params, state) -> number        A's share of the stakes while they are fought over
//   fought(params, state, history) -> number            share of the war's costs that the month bears; if left out, all
//   finish(params, state, history) -> Outcomes
//   drift(params, history) -> number     if there is one: a known drift of the balance in this month of peace
// Words of a month's draws: 0 and 1 are the fighting's or, in peace, the balance's; 2 and 3 the patron's and the
// change's. So an offer must not look at 0 and 1: where it settles they are those of the first month of peace.
#pragma once

#include <cstring>
#include <limits>

#include "kernels/engine.hpp"
#include "kernels/mechanisms/change.hpp"
#include "kernels/mechanisms/patron.hpp"
#include "kernels/rival/history.hpp"

namespace truce {
inline namespace TRUCE_ISA {
namespace rival {

/// What a War's prepare returns.
template <class Constants>
struct Prepared {
  Constants constants;
  War war;
};

/// How far the balance drifts in this month of peace.
template <class War, class Params, class Real>
Real drift_of(const Params& p, const History<Real>& h) {
  if constexpr (requires { War::drift(p, h); })
    return p.in.balance_drift + War::drift(p, h);
  else
    return p.in.balance_drift;
}

template <class War>
struct Model {
  template <class Real>
  struct Params {
    Inputs<Real> in;
    typename War::template Inputs<Real> own;
    Constants<Real> k;
    typename War::template Constants<Real> war;
  };
  template <class Real>
  struct State {
    History<Real> history;
    typename War::template State<Real> war;
  };
  template <class Real>
  struct Outcomes {
    Real ending, war_months, settlement_a, principled, peace_months, relapsed, welfare_a, welfare_d;
    Real anchoring, dearest_principle, changed;
    typename War::template Outcomes<Real> own;
  };
  static constexpr int normals_per_step = 0, uniforms_per_step = 4;
  static constexpr std::uint64_t step_limit = 12001;

  static Params<double> prepare(const double* inputs) {
    Params<double> p{};
    std::memcpy(&p, inputs, offsetof(Params<double>, k));
    const auto prepared = War::prepare(p.in, p.own);
    p.k = constants_of(p.in, prepared.war);
    p.war = prepared.constants;
    return p;
  }

  template <class Draw>
  static State<double> start(const Params<double>& p, const Draw& draws) {
    State<double> s{};
    auto& h = s.history;
    h.at_war = h.doctrine_memory = h.discount = 1;
    h.support = p.in.patron_support;
    h.ending = ongoing;
    h.war_months = p.in.horizon_months;
    h.terms_a = h.anchor = h.dearest_principle = h.peace_months = h.relapsed = std::numeric_limits<double>::quiet_NaN();
    s.war = War::start(p, draws);
    return s;
  }

  /// One month; returns the mask of histories that end with it.
  template <class Real, class Draw>
  static Mask<Real> step(const Params<Real>& p, State<Real>& s, const Draw& draws) {
    const Real one(1.0), half(0.5);
    auto& h = s.history;
    h.month = h.month + one;
    h.changed = changed_after(h.changed, p.in.change_hazard, draws.uniform(3));
    h.support = support_after(h.support, p.k.support_floor, p.k.fade, p.in.withdrawal_hazard, draws.uniform(2));
    h.doctrine_memory = select(half < h.at_war, h.doctrine_memory * p.k.doctrine_decay, h.doctrine_memory);
    const auto regime = regime_now(p.k, h.changed);
    if (const auto at_war = half < h.at_war; any(at_war)) {
      const auto agreement = War::offer(p, h, regime, s.war, draws, at_war);
      if (any(agreement.agreed)) sign(p.in, p.k, regime, h, agreement);
    }

    const auto war = half < h.at_war, peace = negate(war);
    const Real weight = h.discount * (one - p.k.discount);
    const Real share = select(war, War::held(p, s.war), h.terms_a);
    Real fought = one;
    if constexpr (requires { War::fought(p, s.war, h); }) fought = War::fought(p, s.war, h);
    const Real cost_a = select(war, fought * p.in.war_cost_a * p.k.inverse_r, Real(0.0));
    const Real cost_d = select(war, fought * p.in.war_cost_d * p.k.inverse_r, Real(0.0));
    h.welfare_a = fma(weight, share - cost_a, h.welfare_a);
    h.welfare_d = fma(weight, one - share - cost_d, h.welfare_d);
    h.discount = h.discount * p.k.discount;

    auto over = negate(either(war, peace));
    if (any(war)) {
      const auto decision = War::fight(p, h, regime, s.war, draws, war);
      win(h, decision);
      over = either(decision.won_a, decision.won_d);
    }
    if (any(peace)) {
      const Real moved = fma(p.in.balance_volatility, normal_quantile(draws.u[0]), drift_of<War>(p, h));
      const auto breach = keep_peace(p.in, p.k, regime, h, peace, moved, draws.uniform(1));
      const auto broken = either(breach.by_a, breach.by_d);
      if (any(broken)) relapse(p.in, p.k, h, breach);
      over = either(over, broken);
    }
    const auto at_horizon = both(negate(over), p.in.horizon_months <= h.month);
    if (any(at_horizon)) cut(p.in, h, at_horizon, War::held(p, s.war));
    return either(over, at_horizon);
  }

  /// Peace is the later phase.
  template <class Real>
  static Mask<Real> in_later_phase(const State<Real>& s) {
    return s.history.at_war < Real(0.5);
  }

  static Outcomes<double> finish(const Params<double>& p, const State<double>& s) {
    const auto& h = s.history;
    Outcomes<double> o{};
    o.ending = h.ending;
    o.war_months = h.war_months;
    o.settlement_a = h.terms_a;
    o.principled = h.anchor > 0 ? 1.0 : h.anchor;  // 0 or, where nothing was signed, missing
    o.peace_months = h.peace_months;
    o.relapsed = h.relapsed;
    o.welfare_a = h.welfare_a;
    o.welfare_d = h.welfare_d;
    o.anchoring = h.anchor;
    o.dearest_principle = h.dearest_principle;
    o.changed = h.changed;
    o.own = War::finish(p, s.war, h);
    return o;
  }
};

}  // namespace rival
}  // namespace TRUCE_ISA
}  // namespace truce
