// stochastic_ishigami: a test function with chance in it, not a model of war; `truce selftest` compares its indices.
//
// y = ishigami(x1, x2, x3) + c |x3| z with c = 3.5 and z standard normal, and an input that does nothing (this
// project's own form). With V the variance of `ishigami` and E = c^2 pi^2/3 = 40.3 that of chance, at the mean point:
//   mean response     the indices of `ishigami`, and 0 for `inert`
//   one realisation   the same times V / (V + E); the share of chance is E / (V + E) = 0.7443
//   uncorrected       at R replicates estimators that take chance for interaction give `inert` a total index of
//                     (E/R) / (V + E/R): 0.74 at one, 0.59 at two
//   common numbers    with the mean zbar of the replicates' z everywhere W = c^2 zbar^2 pi^2/12 is added to V and to
//                     what x3 has alone: S3 = W / (V + W), T3 = (V13 + W) / (V + W), S1 = V1 / (V + W)
#pragma once

#include "kernels/test_functions/function_of_point.hpp"
#include "kernels/test_functions/sine.hpp"

namespace truce {
inline namespace TRUCE_ISA {

struct StochasticIshigami : FunctionOfPoint {
  template <class Real>
  struct Params {
    Real x1, x2, x3, inert;
    Real value, deviation;  // mean and standard deviation of the point
  };
  static constexpr bool scalar = false;
  static constexpr int normals_per_step = 1, uniforms_per_step = 0;

  static Params<double> prepare(const double* x) { return {x[0], x[1], x[2], x[3], ishigami_of(x), 3.5 * abs(x[2])}; }

  /// A run is one step.
  template <class Real, class Draw>
  static Mask<Real> step(const Params<Real>& p, State<Real>& s, const Draw& draws) {
    s.y = s.y + p.deviation * draws.normal(0);
    return Real(0.0) < Real(1.0);
  }
};

}  // namespace TRUCE_ISA

using stochastic_ishigami_model = StochasticIshigami;

namespace declared {

inline Kernel stochastic_ishigami() {
  Kernel k = function_of_point(-40, 45);
  k.name = "stochastic_ishigami";
  k.summary = "test function with known indices: ishigami with chance that grows with |x3|, and an inert input";
  k.source = "this project's own, after Ishigami & Homma 1990";
  k.notes = "No model of war. Indices of the mean response are those of ishigami; chance has 0.744 of one realisation.";
  k.inputs = {angle("x1"),
              angle("x2"),
              angle("x3"),
              {"inert", "1", InputKind::real, 0.5, 0, 1, 0, 1, "does nothing", "", "by definition"}};
  return k;
}

}  // namespace declared
}  // namespace truce
