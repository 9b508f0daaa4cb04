// The smallest war of a rival: settled in a month that the test chooses, at terms that it chooses.
#pragma once

#include "kernels/code_of.hpp"
#include "kernels/rival/declaration.hpp"
#include "tests/kernels/run_kernel.hpp"

namespace truce::testing {

/// Settles before month `settles` is fought (0: never), unless arms decide it: with chance `decided` a month.
struct Chosen {
  template <class Real>
  struct Inputs {
    Real settles, terms_a, decided;
  };
  template <class Real>
  struct Constants {
    Real none;
  };
  template <class Real>
  struct State {
    Real none;
  };
  template <class Real>
  struct Outcomes {
    Real lump_cost;
  };
  static rival::Prepared<Constants<double>> prepare(const rival::Inputs<double>& in, const Inputs<double>& own) {
    return {{}, rival::war_until_collapse(own.decided, in.discount_rate, in.defiance_months)};
  }
  template <class Params, class Draw>
  static State<double> start(const Params&, const Draw&) {
    return {};
  }
  template <class Params, class Real, class Draw>
  static rival::Agreement<Real> offer(const Params& p, const rival::History<Real>& h, const rival::Regime<Real>&,
                                      State<Real>&, const Draw&, const Mask<Real>& where) {
    return {both(where, both(Real(0.5) < p.own.settles, p.own.settles <= h.month)), p.own.terms_a,
            p.in.initial_position};
  }
  template <class Params, class Real, class Draw>
  static rival::Decision<Real> fight(const Params& p, const rival::History<Real>&, const rival::Regime<Real>&,
                                     State<Real>&, const Draw& draws, const Mask<Real>& where) {
    const Real u = draws.uniform(0), by_a = p.own.decided * p.in.initial_position;
    return {both(where, u < by_a), both(where, Real(1.0) - u < p.own.decided - by_a)};
  }
  template <class Params, class Real>
  static Real held(const Params& p, const State<Real>&) {
    return p.in.initial_position;
  }
  template <class Params>
  static Outcomes<double> finish(const Params& p, const State<double>&, const rival::History<double>&) {
    return {p.k.loss_a};
  }
};

using ChosenModel = rival::Model<Chosen>;

template <class Real>
Code chosen_code() {
  Code code = code_of<ChosenModel, Real>("here");
  code.prepare = prepare_of<ChosenModel>;
  return code;
}

inline Kernel chosen_kernel() {
  Kernel k = declared::rival_kernel<Chosen>("chosen", "settled as the test chooses");
  k.inputs.push_back({"settles", "month", InputKind::integer, 1, 0, 12000, 0, 12000, "when", "", ""});
  k.inputs.push_back({"settled_at", "stake", InputKind::real, 0.5, 0, 1, 0, 1, "terms", "", ""});
  k.inputs.push_back({"decided", "1/month", InputKind::real, 0.03, 0, 1, 0, 1, "by arms", "", ""});
  k.outcomes.push_back({"lump_cost", "stake", OutcomeKind::real, "", 0, 1, {}, {}});
  k.codes = {chosen_code<double>()};
  return k;
}

/// Nothing holds the peace, moves the balance, changes a side or lifts a cost from a leader.
inline const Changes bare = {{"renege_cost_a", 0},      {"renege_cost_d", 0},     {"guarantee_a", 0},
                             {"guarantee_d", 0},        {"justice_anchor", 0},    {"balance_drift", 0},
                             {"balance_volatility", 0}, {"territorial_boost", 0}, {"cost_insulation", 0},
                             {"defiance_reward", 0},    {"change_hazard", 0},     {"fatigue_rate", 0},
                             {"withdrawal_hazard", 0},  {"patron_support", 1}};

/// Months of war that a lump cost stands for at the default discount rate and chance of a decision.
inline double lump_months() { return rival::war_until_collapse(0.03, 0.005, 24).months; }

}  // namespace truce::testing
