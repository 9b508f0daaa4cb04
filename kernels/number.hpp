// The number type's vocabulary, for plain double (one lane): the reference that lanes must match bit for bit.
#pragma once

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>

#include "kernels/isa.hpp"

namespace truce {
inline namespace TRUCE_ISA {

/// What the engine must know of a number type: its lanes and how to reach one of them.
template <class Real>
struct Lanes;

template <>
struct Lanes<double> {
  static constexpr int count = 1;
  using Mask = bool;
  static double get(double x, int) { return x; }
  static void set(double& x, int, double value) { x = value; }
  static bool get(bool mask, int) { return mask; }
};

template <class Real>
using Mask = typename Lanes<Real>::Mask;

/// select(mask, a, b): a where the mask holds, else b; both are computed.
inline double select(bool mask, double a, double b) { return mask ? a : b; }
inline bool any(bool mask) { return mask; }
/// Both operands are evaluated in every lane, so masks use & | !, never && or ||.
inline bool both(bool a, bool b) { return a & b; }
inline bool either(bool a, bool b) { return a | b; }
inline bool negate(bool a) { return !a; }

inline double fma(double a, double b, double c) { return std::fma(a, b, c); }
inline double sqrt(double x) { return __builtin_sqrt(x); }
inline double abs(double x) { return __builtin_fabs(x); }
inline double min(double a, double b) { return b < a ? b : a; }
inline double max(double a, double b) { return a < b ? b : a; }

/// 2^k for a whole number k in -1022..1023 given as shifter = k + 1.5 * 2^52.
inline double power_of_two(double shifter) {
  return std::bit_cast<double>((std::bit_cast<std::uint64_t>(shifter) + 1023U) << 52);
}

/// x = mantissa * 2^exponent, sqrt(1/2) <= mantissa < sqrt(2), for normal x > 0.
inline void split(double x, double& mantissa, double& exponent) {
  const auto bits = std::bit_cast<std::uint64_t>(x);
  const std::uint64_t shifted = bits - 0x3fe6a09e667f3bcdU;  // bits of sqrt(1/2), rounded up
  exponent = static_cast<double>(static_cast<std::int64_t>(shifted) >> 52);
  mantissa = std::bit_cast<double>((shifted & 0x000fffffffffffffU) + 0x3fe6a09e667f3bcdU);
}

}  // namespace TRUCE_ISA
}  // namespace truce
