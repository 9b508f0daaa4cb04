// sobol_g: a test function of sensitivity analysis, not a model of war; `truce selftest` compares its indices.
//
// y = prod g_i,  g_i = (|4 u_i - 2| + a_i) / (1 + a_i),  a = 0, 1, 4.5, 9, 99, 99, 99, 99, all u uniform from 0 to 1
// (Sobol' 1993; these a: Saltelli & Sobol' 1995). With V_i = 1 / (3 (1 + a_i)^2) and V = prod (1 + V_i) - 1 = 0.4654
//   S_i = V_i / V                          = 0.7162, 0.1790, 0.0237, 0.0072, 0.0001 (four times)
//   T_i = V_i prod_(j != i) (1 + V_j) / V  = 0.7871, 0.2422, 0.0343, 0.0105, 0.0001 (four times)
// It has kinks, which angles have not, and inputs from dominant to idle. No chance: all replicates are equal.
#pragma once

#include "kernels/test_functions/function_of_point.hpp"

namespace truce {
inline namespace TRUCE_ISA {

struct SobolG : FunctionOfPoint {
  static constexpr double a[8] = {0, 1, 4.5, 9, 99, 99, 99, 99};
  template <class Real>
  struct Params {
    Real u1, u2, u3, u4, u5, u6, u7, u8;
    Real value;  // of the point
  };

  static Params<double> prepare(const double* u) {
    double value = 1;
    for (std::size_t i = 0; i < 8; ++i) value *= (abs(4 * u[i] - 2) + a[i]) / (1 + a[i]);
    return {u[0], u[1], u[2], u[3], u[4], u[5], u[6], u[7], value};
  }
};

}  // namespace TRUCE_ISA

using sobol_g_model = SobolG;

namespace declared {

inline Kernel sobol_g() {
  Kernel k = function_of_point(0, 5);
  k.name = "sobol_g";
  k.summary = "test function with known indices: product of eight factors from dominant to idle";
  k.source = "Sobol' 1993, Sensitivity estimates for nonlinear mathematical models";
  k.notes = "No model of war. First-order indices 0.7162, 0.1790, 0.0237, 0.0072, then four of 0.0001.";
  for (const std::string_view name : {"u1", "u2", "u3", "u4", "u5", "u6", "u7", "u8"})
    k.inputs.push_back(
        {name, "1", InputKind::real, 0.25, 0, 1, 0, 1, "what moves one factor of Sobol's g", "", "by definition"});
  return k;
}

}  // namespace declared
}  // namespace truce
