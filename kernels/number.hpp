// The number type's vocabulary, for plain double and float (one lane): the reference that lanes must match bit for bit.
#pragma once

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "kernels/isa.hpp"

namespace truce {
inline namespace TRUCE_ISA {

/// What the engine must know of a number type: how many lanes of what, side by side in memory, and which lanes a mask
/// holds in.
template <class Real>
struct Lanes;

template <class T>
requires std::is_floating_point_v<T>
struct Lanes<T> {
  using Scalar = T;
  using Mask = bool;
  static constexpr int count = 1;
  static std::uint64_t bits(bool mask) { return mask ? 1U : 0U; }  ///< bit i: lane i
};

template <class Real>
using Scalar = typename Lanes<Real>::Scalar;
template <class Real>
using Mask = typename Lanes<Real>::Mask;

/// One lane of a number.
template <class Real>
Scalar<Real> lane_of(const Real& x, int lane) {
  static_assert(sizeof(Real) == static_cast<std::size_t>(Lanes<Real>::count) * sizeof(Scalar<Real>));
  Scalar<Real> value;
  __builtin_memcpy(&value, reinterpret_cast<const Scalar<Real>*>(&x) + lane, sizeof value);
  return value;
}
template <class Real>
void set_lane(Real& x, int lane, Scalar<Real> value) {
  __builtin_memcpy(reinterpret_cast<Scalar<Real>*>(&x) + lane, &value, sizeof value);
}

/// Facts of the formats that the formulas need.
template <class Scalar>
struct Format;

template <>
struct Format<double> {
  using Bits = std::uint64_t;
  using Signed = std::int64_t;
  static constexpr int mantissa_bits = 52;
  static constexpr Bits exponent_bias = 1023, sqrt_half = 0x3fe6a09e667f3bcdU;  ///< bits of sqrt(1/2), rounded up
  static constexpr double shift = 0x1.8p52;  ///< adding it rounds to a whole number that stands in the lowest bits
  static constexpr double least = 1e-300;
  static constexpr double slack = 1e-8;
};

template <>
struct Format<float> {
  using Bits = std::uint32_t;
  using Signed = std::int32_t;
  static constexpr int mantissa_bits = 23;
  static constexpr Bits exponent_bias = 127, sqrt_half = 0x3f3504f4U;
  static constexpr double shift = 0x1.8p23;
  static constexpr double least = 1e-37;
  static constexpr double slack = 1e-3;
};

/// A positive number so small that only a logarithm tells it from 0: what logarithms are kept above.
template <class Real>
Real least() {
  return Real(Format<Scalar<Real>>::least);
}

/// Far more than rounding makes of numbers like 1 (up to some hundreds): what a bound must clear to be certain.
template <class Real>
Real slack() {
  return Real(Format<Scalar<Real>>::slack);
}

/// select(mask, a, b): a where the mask holds, else b; both are computed.
inline double select(bool mask, double a, double b) { return mask ? a : b; }
inline float select(bool mask, float a, float b) { return mask ? a : b; }
inline bool any(bool mask) { return mask; }
/// Both operands are evaluated in every lane, so masks use & | !, never && or ||.
inline bool both(bool a, bool b) { return a & b; }
inline bool either(bool a, bool b) { return a | b; }
inline bool negate(bool a) { return !a; }

inline double fma(double a, double b, double c) { return std::fma(a, b, c); }
inline float fma(float a, float b, float c) { return std::fma(a, b, c); }
inline double sqrt(double x) { return __builtin_sqrt(x); }
inline float sqrt(float x) { return __builtin_sqrtf(x); }
inline double abs(double x) { return __builtin_fabs(x); }
inline float abs(float x) { return __builtin_fabsf(x); }

template <class T>
requires std::is_floating_point_v<T>
inline T min(T a, T b) { return b < a ? b : a; }
template <class T>
requires std::is_floating_point_v<T>
inline T max(T a, T b) { return a < b ? b : a; }

/// 2^k for a whole number k within the exponents, given as shifter = k + Format::shift.
template <class T>
requires std::is_floating_point_v<T>
inline T power_of_two(T shifter) {
  using F = Format<T>;
  return std::bit_cast<T>((std::bit_cast<typename F::Bits>(shifter) + F::exponent_bias) << F::mantissa_bits);
}

/// x = mantissa * 2^exponent, sqrt(1/2) <= mantissa < sqrt(2), for normal x > 0.
template <class T>
requires std::is_floating_point_v<T>
inline void split(T x, T& mantissa, T& exponent) {
  using F = Format<T>;
  constexpr typename F::Bits mantissa_mask = (typename F::Bits{1} << F::mantissa_bits) - 1;
  const auto shifted = static_cast<typename F::Bits>(std::bit_cast<typename F::Bits>(x) - F::sqrt_half);
  exponent = static_cast<T>(static_cast<typename F::Signed>(shifted) >> F::mantissa_bits);
  mantissa = std::bit_cast<T>(static_cast<typename F::Bits>((shifted & mantissa_mask) + F::sqrt_half));
}

}  // namespace TRUCE_ISA
}  // namespace truce
