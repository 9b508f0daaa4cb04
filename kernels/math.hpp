// exp, log and the normal quantile from + - * / sqrt and explicit fma alone: the same bits on every processor.
#pragma once

#include "kernels/math_tables.hpp"
#include "kernels/number.hpp"

namespace truce {
inline namespace TRUCE_ISA {

/// What the functions know of a format: where exp leaves it, and ln 2 in two parts.
template <class Scalar>
struct Reduction;

template <>
struct Reduction<double> {
  static constexpr double lowest = -708.0, highest = 709.0;
  static constexpr double ln2 = 0x1.62e42fefa39efp-1, ln2_rest = 0x1.abc9e3b39803fp-56;
};

template <>
struct Reduction<float> {
  static constexpr double lowest = -87.0, highest = 88.0;
  static constexpr double ln2 = 0x1.62e43p-1, ln2_rest = -0x1.05c61p-29;
};

/// Horner's rule, highest power first.
template <class Real, std::size_t n>
inline Real polynomial(const Real& x, const Scalar<Real> (&coefficients)[n]) {
  Real sum = Real(coefficients[0]);
  for (std::size_t i = 1; i < n; ++i) sum = fma(sum, x, Real(coefficients[i]));
  return sum;
}

/// 2^k (1 + tail) = exp(x), by Cody & Waite's reduction, for x up to the highest; below the lowest as there.
template <class Real>
inline void exp_parts(const Real& x, Real& power, Real& tail) {
  using R = Reduction<Scalar<Real>>;
  const Real shift(Format<Scalar<Real>>::shift);
  const Real inside = max(x, Real(R::lowest));
  const Real shifter = fma(inside, Real(0x1.71547652b82fep+0), shift);
  const Real k = shifter - shift;
  Real r = fma(k, Real(-R::ln2), inside);
  r = fma(k, Real(-R::ln2_rest), r);
  tail = fma(r * r, polynomial(r, Tables<Scalar<Real>>::exp_tail), r);
  power = power_of_two(shifter);
}

/// exp(x) within 1.1 ulp for -708 <= x <= 709 (float: -87 to 88); 0 below, exp(709) above. NaN is not kept.
template <class Real>
inline Real exp(const Real& x) {
  using R = Reduction<Scalar<Real>>;
  Real power, tail;
  exp_parts(min(x, Real(R::highest)), power, tail);
  return select(x < Real(R::lowest), Real(0.0), fma(power, tail, power));
}

/// exp(x) - 1 within 2 ulp for x <= 0 (-1 below -708; float: -87).
template <class Real>
inline Real expm1(const Real& x) {
  Real power, tail;
  exp_parts(x, power, tail);
  return fma(power, tail, power - Real(1.0));
}

/// The natural logarithm within 1 ulp, for normal x > 0 only.
template <class Real>
inline Real log(const Real& x) {
  using R = Reduction<Scalar<Real>>;
  Real m, k;
  split(x, m, k);
  const Real f = m - Real(1.0);
  const Real s = f / (m + Real(1.0));
  const Real z = s * s;
  const Real square = Real(0.5) * f * f;
  // log(1+f) = f - (f^2/2 - s (f^2/2 + z * tail)), which keeps the large term exact (as in fdlibm)
  const Real correction = s * fma(z, polynomial(z, Tables<Scalar<Real>>::log_tail), square);
  const Real low = fma(k, Real(R::ln2_rest), correction);
  return fma(k, Real(R::ln2), f - (square - low));
}

/// Inverse CDF of the standard normal, 1e-70 < u < 1 (float: 2^-24 to 1 - 2^-24); within 4 ulp. Monotone pieces in
/// w = -log(4u(1-u)), the variable of Giles (2011), so that 99.8 % of draws take one polynomial.
template <class Real>
inline Real normal_quantile(const Real& u) {
  using T = Tables<Scalar<Real>>;
  const Real x = fma(Real(2.0), u, Real(-1.0));
  const Real w = max(Real(0.0), -log(Real(4.0) * u * (Real(1.0) - u)));
  Real g = polynomial(w - Real(3.125), T::quantile_centre);
  const auto tail = Real(6.25) < w;
  if (any(tail)) {
    const Real s = sqrt(max(w, Real(6.25)));
    g = select(tail, polynomial(s - Real(3.75), T::quantile_tail), g);
    if constexpr (requires { T::quantile_far; }) {  // a float never comes so near to 0 or 1
      const auto far = Real(5.0) < s;
      if (any(far)) g = select(far, s * polynomial(Real(1.0) / s - Real(0.1385), T::quantile_far), g);
    }
  }
  return x * g;
}

}  // namespace TRUCE_ISA
}  // namespace truce
