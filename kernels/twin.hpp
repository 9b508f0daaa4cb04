// Two numbers of any type as one, so that the processor has two independent chains of operations to work on.
#pragma once

#include "kernels/number.hpp"

namespace truce {
inline namespace TRUCE_ISA {

/// Lanes of `lo`, then lanes of `hi`.
template <class Half>
struct Twin {
  Half lo, hi;
  Twin() = default;
  explicit Twin(double x) : lo(static_cast<Scalar<Half>>(x)), hi(static_cast<Scalar<Half>>(x)) {}
  Twin(const Half& low, const Half& high) : lo(low), hi(high) {}
  // Register by register: what copies bytes would do it in smaller pieces, and loads then wait for several stores.
  Twin(const Twin& other) : lo(other.lo), hi(other.hi) {}
  Twin& operator=(const Twin& other) {
    lo = other.lo;
    hi = other.hi;
    return *this;
  }
};

template <class HalfMask>
struct TwinMask {
  HalfMask lo, hi;
};

template <class Half>
struct Lanes<Twin<Half>> {
  using L = Lanes<Half>;
  using Scalar = typename L::Scalar;
  using Mask = TwinMask<typename L::Mask>;
  static constexpr int count = 2 * L::count;
  static std::uint64_t bits(const Mask& mask) { return L::bits(mask.lo) | L::bits(mask.hi) << L::count; }
};

template <class Half>
Twin<Half> operator+(const Twin<Half>& a, const Twin<Half>& b) {
  return {a.lo + b.lo, a.hi + b.hi};
}
template <class Half>
Twin<Half> operator-(const Twin<Half>& a, const Twin<Half>& b) {
  return {a.lo - b.lo, a.hi - b.hi};
}
template <class Half>
Twin<Half> operator*(const Twin<Half>& a, const Twin<Half>& b) {
  return {a.lo * b.lo, a.hi * b.hi};
}
template <class Half>
Twin<Half> operator/(const Twin<Half>& a, const Twin<Half>& b) {
  return {a.lo / b.lo, a.hi / b.hi};
}
template <class Half>
Twin<Half> operator-(const Twin<Half>& x) {
  return {-x.lo, -x.hi};
}
template <class Half>
Mask<Twin<Half>> operator<(const Twin<Half>& a, const Twin<Half>& b) {
  return {a.lo < b.lo, a.hi < b.hi};
}
template <class Half>
Mask<Twin<Half>> operator<=(const Twin<Half>& a, const Twin<Half>& b) {
  return {a.lo <= b.lo, a.hi <= b.hi};
}
template <class HalfMask, class Half>
Twin<Half> select(const TwinMask<HalfMask>& mask, const Twin<Half>& a, const Twin<Half>& b) {
  return {select(mask.lo, a.lo, b.lo), select(mask.hi, a.hi, b.hi)};
}

template <class HalfMask>
bool any(const TwinMask<HalfMask>& mask) {
  return any(either(mask.lo, mask.hi));
}
template <class HalfMask>
TwinMask<HalfMask> both(const TwinMask<HalfMask>& a, const TwinMask<HalfMask>& b) {
  return {both(a.lo, b.lo), both(a.hi, b.hi)};
}
template <class HalfMask>
TwinMask<HalfMask> either(const TwinMask<HalfMask>& a, const TwinMask<HalfMask>& b) {
  return {either(a.lo, b.lo), either(a.hi, b.hi)};
}
template <class HalfMask>
TwinMask<HalfMask> negate(const TwinMask<HalfMask>& a) {
  return {negate(a.lo), negate(a.hi)};
}

template <class Half>
Twin<Half> fma(const Twin<Half>& a, const Twin<Half>& b, const Twin<Half>& c) {
  return {fma(a.lo, b.lo, c.lo), fma(a.hi, b.hi, c.hi)};
}
template <class Half>
Twin<Half> sqrt(const Twin<Half>& x) {
  return {sqrt(x.lo), sqrt(x.hi)};
}
template <class Half>
Twin<Half> abs(const Twin<Half>& x) {
  return {abs(x.lo), abs(x.hi)};
}
template <class Half>
Twin<Half> min(const Twin<Half>& a, const Twin<Half>& b) {
  return {min(a.lo, b.lo), min(a.hi, b.hi)};
}
template <class Half>
Twin<Half> max(const Twin<Half>& a, const Twin<Half>& b) {
  return {max(a.lo, b.lo), max(a.hi, b.hi)};
}
template <class Half>
Twin<Half> power_of_two(const Twin<Half>& shifter) {
  return {power_of_two(shifter.lo), power_of_two(shifter.hi)};
}
template <class Half>
void split(const Twin<Half>& x, Twin<Half>& mantissa, Twin<Half>& exponent) {
  split(x.lo, mantissa.lo, exponent.lo);
  split(x.hi, mantissa.hi, exponent.hi);
}

}  // namespace TRUCE_ISA
}  // namespace truce
