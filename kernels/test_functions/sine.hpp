// Ishigami's function, and a sine that has the same bits everywhere: that of the C library has not.
#pragma once

#include "kernels/contract.hpp"
#include "kernels/number.hpp"

namespace truce {
inline namespace TRUCE_ISA {

inline constexpr double pi = 0x1.921fb54442d18p+1;

/// sin(x) within 4e-16 for -pi <= x <= pi, in plain double: folded into the inner half, then Taylor's series to x^21
/// (what follows is below 2e-18).
inline double sine(double x) {
  const double y = abs(x) <= pi / 2 ? x : (x < 0 ? -pi : pi) - x;
  double tail = 1;
  for (int k = 20; k > 0; k -= 2) tail = 1 - y * y / (k * (k + 1)) * tail;
  return y * tail;
}

/// sin(x1) + 7 sin(x2)^2 + 0.1 x3^4 sin(x1)
inline double ishigami_of(const double* x) {
  const double first = sine(x[0]), second = sine(x[1]), square = x[2] * x[2];
  return first + 7 * (second * second) + 0.1 * (square * square) * first;
}

}  // namespace TRUCE_ISA

namespace declared {

/// An input of Ishigami's function.
inline Input angle(std::string_view name) {
  return {name, "1", InputKind::real, 1, -pi, pi, -pi, pi, "an angle of Ishigami's function", "", "by definition"};
}

}  // namespace declared
}  // namespace truce
