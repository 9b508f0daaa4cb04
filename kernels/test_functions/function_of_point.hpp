// What the test functions of sensitivity analysis share: the model of a run that is one step without work.
#pragma once

#include "kernels/contract.hpp"
#include "kernels/engine.hpp"

namespace truce {
inline namespace TRUCE_ISA {

/// A function that `prepare` evaluates once per point, as `Params::value`. All replicates of a point are equal.
struct FunctionOfPoint {
  template <class Real>
  struct State {
    Real y;
  };
  template <class Real>
  struct Outcomes {
    Real y;
  };
  static constexpr bool scalar = true;  // no work that lanes could share
  static constexpr int normals_per_step = 0, uniforms_per_step = 1;
  static constexpr std::uint64_t step_limit = 1;

  template <class Params, class Draw>
  static State<double> start(const Params& p, const Draw&) {
    return {p.value};
  }
  template <class Params, class Real, class Draw>
  static Mask<Real> step(const Params&, State<Real>&, const Draw&) {
    return Real(0.0) < Real(1.0);
  }
  template <class Params>
  static Outcomes<double> finish(const Params&, const State<double>& s) {
    return {s.y};
  }
};

}  // namespace TRUCE_ISA

namespace declared {

/// A test function without its inputs; `lo` and `hi`: its values.
inline Kernel function_of_point(double lo, double hi) {
  Kernel k;
  k.outcomes = {{"y", "1", OutcomeKind::real, "value of the test function", lo, hi, {}, {}}};
  k.trace = {{"y", "1", 0}};
  k.step_limit = FunctionOfPoint::step_limit;
  return k;
}

}  // namespace declared
}  // namespace truce
