// ishigami: a test function of sensitivity analysis, not a model of war; `truce selftest` compares its indices.
//
// y = sin(x1) + a sin(x2)^2 + b x3^4 sin(x1) with a = 7, b = 0.1, all x uniform from -pi to pi (Ishigami & Homma 1990;
// these a, b: Saltelli, Chan & Scott 2000). With V = a^2/8 + b pi^4/5 + b^2 pi^8/18 + 1/2 = 13.8446 the indices are
//   S1 = (1 + b pi^4/5)^2 / 2V = 0.3139   S2 = a^2/8V = 0.4424   S3 = 0   S13 = 8 b^2 pi^8/225V = 0.2437
//   T1 = S1 + S13 = 0.5576                T2 = S2                T3 = S13
// No chance: all replicates of a point are equal.
#pragma once

#include "kernels/test_functions/function_of_point.hpp"
#include "kernels/test_functions/sine.hpp"

namespace truce {
inline namespace TRUCE_ISA {

struct Ishigami : FunctionOfPoint {
  template <class Real>
  struct Params {
    Real x1, x2, x3;
    Real value;  // of the point
  };

  static Params<double> prepare(const double* x) { return {x[0], x[1], x[2], ishigami_of(x)}; }
};

}  // namespace TRUCE_ISA

using ishigami_model = Ishigami;

namespace declared {

inline Kernel ishigami() {
  Kernel k = function_of_point(-11, 18);
  k.name = "ishigami";
  k.summary = "test function with known indices: sin(x1) + 7 sin(x2)^2 + 0.1 x3^4 sin(x1)";
  k.source =
      "Ishigami & Homma 1990, An importance quantification technique in uncertainty analysis for computer models";
  k.notes = "No model of war. First-order indices 0.3139, 0.4424, 0; total indices 0.5576, 0.4424, 0.2437.";
  k.inputs = {angle("x1"), angle("x2"), angle("x3")};
  return k;
}

}  // namespace declared
}  // namespace truce
