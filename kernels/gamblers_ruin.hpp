// gamblers_ruin: the smallest kernel, a war over forts taken one battle at a time; the tutorial of CONTRIBUTING.md.
//
// A holds k of N forts and wins each battle with probability p; the war ends at N (victory of A) or 0 (of D).
// With rho = (1-p)/p: Pr(A wins) = (1 - rho^k)/(1 - rho^N), k/N at p = 1/2 (Feller 1968, ch. XIV); the mean number
// of battles is (k - N Pr)/(1 - 2p), k(N-k) at p = 1/2. One battle a month.
#pragma once

#include <cstddef>
#include <stdexcept>

#include "kernels/common_outcomes.hpp"
#include "kernels/engine.hpp"

namespace truce {
inline namespace TRUCE_ISA {

struct GamblersRuin {
  template <class Real>
  struct Params {
    Real forts_a, forts, win_probability;  // the inputs, in declaration order
  };
  template <class Real>
  struct State {
    Real month, held;
  };
  template <class Real>
  struct Outcomes {
    Real ending, war_months;
  };
  static constexpr int normals_per_step = 0, uniforms_per_step = 1;
  static constexpr std::uint64_t step_limit = 1000000;

  /// Throws where the war would be over before it begins: every run of such a point has failed.
  static Params<double> prepare(const double* inputs) {
    if (!(inputs[0] < inputs[1])) throw std::invalid_argument("forts_a must be below forts");
    return {inputs[0], inputs[1], inputs[2]};
  }

  template <class Draw>
  static State<double> start(const Params<double>& p, const Draw&) {
    return {0, p.forts_a};
  }

  /// One battle; returns the mask of wars that it ends.
  template <class Real, class Draw>
  static Mask<Real> step(const Params<Real>& p, State<Real>& s, const Draw& draws) {
    s.month = s.month + Real(1.0);
    s.held = s.held + select(draws.uniform(0) < p.win_probability, Real(1.0), Real(-1.0));
    return either(s.held <= Real(0.0), p.forts <= s.held);
  }

  static Outcomes<double> finish(const Params<double>& p, const State<double>& s) {
    return {s.held >= p.forts ? 1.0 : 2.0, s.month};
  }
};

}  // namespace TRUCE_ISA

using gamblers_ruin_model = GamblersRuin;

namespace declared {

inline Kernel gamblers_ruin() {
  Kernel k;
  k.name = "gamblers_ruin";
  k.summary = "forts change hands one battle at a time until one side has none";
  k.source = "Feller 1968, An Introduction to Probability Theory, vol. 1, ch. XIV";
  k.inputs = {
      {"forts_a", "1", InputKind::integer, 5, 1, 9, 1, 999, "forts that A holds at the start (fewer than `forts`)", "",
       ""},
      {"forts", "1", InputKind::integer, 10, 10, 20, 2, 1000, "forts in all", "", ""},
      {"win_probability", "1", InputKind::real, 0.5, 0.4, 0.6, 0, 1, "chance that A wins a battle", "", ""},
  };
  k.outcomes = {common::ending(), common::war_months(500)};
  k.curves = {common::war_survival()};
  k.trace = {{"month", "month", 0}, {"held", "1", 1}};
  k.step_limit = GamblersRuin::step_limit;
  return k;
}

}  // namespace declared
}  // namespace truce
