// The number type of many lanes: one register of the GCC and clang vector extensions. Same vocabulary as number.hpp.
#pragma once

#ifdef __x86_64__
#include <immintrin.h>
#endif

#include "kernels/number.hpp"

namespace truce {
inline namespace TRUCE_ISA {

/// n numbers in one register (n a power of two; where the machine has none so wide, the compiler splits it).
template <class T, int n>
struct Vector {
  using Bits = typename Format<T>::Bits;
  using Signed = typename Format<T>::Signed;
  typedef T Values __attribute__((vector_size(n * sizeof(T))));
  typedef Bits Words __attribute__((vector_size(n * sizeof(T))));
  typedef Signed Whole __attribute__((vector_size(n * sizeof(T))));
  Values v;
  Vector() = default;
  explicit Vector(double x) : v(Values{} + static_cast<T>(x)) {}
  explicit Vector(const Values& values) : v(values) {}
  explicit Vector(const Words& bits) : v(reinterpret_cast<Values>(bits)) {}
  Words bits() const { return reinterpret_cast<Words>(v); }
};

/// A mask as whole lanes of ones or zeros, which is what comparisons give without mask registers.
template <class T, int n>
struct WholeMask {
  typename Vector<T, n>::Whole v;
};

/// A mask as one bit a lane, for the mask registers of AVX-512.
template <int n>
struct BitMask {
  std::uint32_t v;
};

/// Operations without an operator of their own in the vector extensions, lane by lane.
template <class T, int n>
struct Operations {
  using V = Vector<T, n>;
  using Mask = WholeMask<T, n>;
  template <class Function>
  static V each(const Function& function) {
    V out;
    for (int i = 0; i < n; ++i) out.v[i] = function(i);
    return out;
  }
  static Mask less(const V& a, const V& b) { return {a.v < b.v}; }
  static Mask less_equal(const V& a, const V& b) { return {a.v <= b.v}; }
  static V select(const Mask& mask, const V& a, const V& b) { return V(mask.v ? a.v : b.v); }
  static V fma(const V& a, const V& b, const V& c) {
    return each([&](int i) { return truce::fma(a.v[i], b.v[i], c.v[i]); });
  }
  static V sqrt(const V& x) {
    return each([&](int i) { return truce::sqrt(x.v[i]); });
  }
  static V min(const V& a, const V& b) { return V(b.v < a.v ? b.v : a.v); }
  static V max(const V& a, const V& b) { return V(a.v < b.v ? b.v : a.v); }
  static std::uint64_t bits(const Mask& mask) {
    std::uint64_t out = 0;
    for (int i = 0; i < n; ++i) out |= std::uint64_t{mask.v[i] != 0} << i;
    return out;
  }
};

#if defined(__AVX2__) && defined(__FMA__)
// Minimum and maximum give their second operand where neither is less, so the operands stand in the order that
// makes them b < a ? b : a and a < b ? b : a.
template <>
struct Operations<double, 4> {
  using V = Vector<double, 4>;
  using Mask = WholeMask<double, 4>;
  static Mask less(const V& a, const V& b) { return {a.v < b.v}; }
  static Mask less_equal(const V& a, const V& b) { return {a.v <= b.v}; }
  static V select(const Mask& mask, const V& a, const V& b) {
    return V(_mm256_blendv_pd(b.v, a.v, reinterpret_cast<__m256d>(mask.v)));
  }
  static V fma(const V& a, const V& b, const V& c) { return V(_mm256_fmadd_pd(a.v, b.v, c.v)); }
  static V sqrt(const V& x) { return V(_mm256_sqrt_pd(x.v)); }
  static V min(const V& a, const V& b) { return V(_mm256_min_pd(b.v, a.v)); }
  static V max(const V& a, const V& b) { return V(_mm256_max_pd(b.v, a.v)); }
  static std::uint64_t bits(const Mask& mask) {
    return static_cast<std::uint64_t>(_mm256_movemask_pd(reinterpret_cast<__m256d>(mask.v)));
  }
};

template <>
struct Operations<float, 8> {
  using V = Vector<float, 8>;
  using Mask = WholeMask<float, 8>;
  static Mask less(const V& a, const V& b) { return {a.v < b.v}; }
  static Mask less_equal(const V& a, const V& b) { return {a.v <= b.v}; }
  static V select(const Mask& mask, const V& a, const V& b) {
    return V(_mm256_blendv_ps(b.v, a.v, reinterpret_cast<__m256>(mask.v)));
  }
  static V fma(const V& a, const V& b, const V& c) { return V(_mm256_fmadd_ps(a.v, b.v, c.v)); }
  static V sqrt(const V& x) { return V(_mm256_sqrt_ps(x.v)); }
  static V min(const V& a, const V& b) { return V(_mm256_min_ps(b.v, a.v)); }
  static V max(const V& a, const V& b) { return V(_mm256_max_ps(b.v, a.v)); }
  static std::uint64_t bits(const Mask& mask) {
    return static_cast<std::uint64_t>(_mm256_movemask_ps(reinterpret_cast<__m256>(mask.v)));
  }
};
#endif

#ifdef __AVX512F__
template <>
struct Operations<double, 8> {
  using V = Vector<double, 8>;
  using Mask = BitMask<8>;
  static Mask less(const V& a, const V& b) { return {_mm512_cmp_pd_mask(a.v, b.v, _CMP_LT_OQ)}; }
  static Mask less_equal(const V& a, const V& b) { return {_mm512_cmp_pd_mask(a.v, b.v, _CMP_LE_OQ)}; }
  static V select(const Mask& mask, const V& a, const V& b) {
    return V(_mm512_mask_blend_pd(static_cast<__mmask8>(mask.v), b.v, a.v));
  }
  static V fma(const V& a, const V& b, const V& c) { return V(_mm512_fmadd_pd(a.v, b.v, c.v)); }
  static V sqrt(const V& x) { return V(_mm512_sqrt_pd(x.v)); }
  static V min(const V& a, const V& b) { return V(_mm512_min_pd(b.v, a.v)); }
  static V max(const V& a, const V& b) { return V(_mm512_max_pd(b.v, a.v)); }
  static std::uint64_t bits(const Mask& mask) { return mask.v; }
};

template <>
struct Operations<float, 16> {
  using V = Vector<float, 16>;
  using Mask = BitMask<16>;
  static Mask less(const V& a, const V& b) { return {_mm512_cmp_ps_mask(a.v, b.v, _CMP_LT_OQ)}; }
  static Mask less_equal(const V& a, const V& b) { return {_mm512_cmp_ps_mask(a.v, b.v, _CMP_LE_OQ)}; }
  static V select(const Mask& mask, const V& a, const V& b) {
    return V(_mm512_mask_blend_ps(static_cast<__mmask16>(mask.v), b.v, a.v));
  }
  static V fma(const V& a, const V& b, const V& c) { return V(_mm512_fmadd_ps(a.v, b.v, c.v)); }
  static V sqrt(const V& x) { return V(_mm512_sqrt_ps(x.v)); }
  static V min(const V& a, const V& b) { return V(_mm512_min_ps(b.v, a.v)); }
  static V max(const V& a, const V& b) { return V(_mm512_max_ps(b.v, a.v)); }
  static std::uint64_t bits(const Mask& mask) { return mask.v; }
};
#endif

template <class T, int n>
struct Lanes<Vector<T, n>> {
  using Scalar = T;
  using Mask = typename Operations<T, n>::Mask;
  static constexpr int count = n;
  static std::uint64_t bits(const Mask& mask) { return Operations<T, n>::bits(mask); }
};

template <class T, int n>
Vector<T, n> operator+(const Vector<T, n>& a, const Vector<T, n>& b) {
  return Vector<T, n>(a.v + b.v);
}
template <class T, int n>
Vector<T, n> operator-(const Vector<T, n>& a, const Vector<T, n>& b) {
  return Vector<T, n>(a.v - b.v);
}
template <class T, int n>
Vector<T, n> operator*(const Vector<T, n>& a, const Vector<T, n>& b) {
  return Vector<T, n>(a.v * b.v);
}
template <class T, int n>
Vector<T, n> operator/(const Vector<T, n>& a, const Vector<T, n>& b) {
  return Vector<T, n>(a.v / b.v);
}
template <class T, int n>
Vector<T, n> operator-(const Vector<T, n>& x) {
  return Vector<T, n>(-x.v);
}
template <class T, int n>
auto operator<(const Vector<T, n>& a, const Vector<T, n>& b) {
  return Operations<T, n>::less(a, b);
}
template <class T, int n>
auto operator<=(const Vector<T, n>& a, const Vector<T, n>& b) {
  return Operations<T, n>::less_equal(a, b);
}
template <class T, int n>
Vector<T, n> select(const typename Operations<T, n>::Mask& mask, const Vector<T, n>& a, const Vector<T, n>& b) {
  return Operations<T, n>::select(mask, a, b);
}

template <class T, int n>
bool any(const WholeMask<T, n>& mask) {
  return Operations<T, n>::bits(mask) != 0;
}
template <class T, int n>
WholeMask<T, n> both(const WholeMask<T, n>& a, const WholeMask<T, n>& b) {
  return {a.v & b.v};
}
template <class T, int n>
WholeMask<T, n> either(const WholeMask<T, n>& a, const WholeMask<T, n>& b) {
  return {a.v | b.v};
}
template <class T, int n>
WholeMask<T, n> negate(const WholeMask<T, n>& a) {
  return {~a.v};
}
template <int n>
bool any(const BitMask<n>& mask) {
  return mask.v != 0;
}
template <int n>
BitMask<n> both(const BitMask<n>& a, const BitMask<n>& b) {
  return {a.v & b.v};
}
template <int n>
BitMask<n> either(const BitMask<n>& a, const BitMask<n>& b) {
  return {a.v | b.v};
}
template <int n>
BitMask<n> negate(const BitMask<n>& a) {
  return {~a.v & ((1U << n) - 1U)};
}

template <class T, int n>
Vector<T, n> fma(const Vector<T, n>& a, const Vector<T, n>& b, const Vector<T, n>& c) {
  return Operations<T, n>::fma(a, b, c);
}
template <class T, int n>
Vector<T, n> sqrt(const Vector<T, n>& x) {
  return Operations<T, n>::sqrt(x);
}
template <class T, int n>
Vector<T, n> abs(const Vector<T, n>& x) {
  using Bits = typename Format<T>::Bits;
  return Vector<T, n>(x.bits() & (static_cast<Bits>(-1) >> 1));
}
template <class T, int n>
Vector<T, n> min(const Vector<T, n>& a, const Vector<T, n>& b) {
  return Operations<T, n>::min(a, b);
}
template <class T, int n>
Vector<T, n> max(const Vector<T, n>& a, const Vector<T, n>& b) {
  return Operations<T, n>::max(a, b);
}
template <class T, int n>
Vector<T, n> power_of_two(const Vector<T, n>& shifter) {
  using F = Format<T>;
  return Vector<T, n>((shifter.bits() + F::exponent_bias) << F::mantissa_bits);
}
/// As the scalar form; the exponent is made a floating-point number by the bits of `Format::shift`, because not every
/// machine converts whole numbers of 64 bits.
template <class T, int n>
void split(const Vector<T, n>& x, Vector<T, n>& mantissa, Vector<T, n>& exponent) {
  using F = Format<T>;
  using Bits = typename F::Bits;
  constexpr Bits one = Bits{1} << F::mantissa_bits, above = F::exponent_bias + 1;
  const auto shifted = x.bits() - F::sqrt_half;
  const auto biased = (shifted + (above << F::mantissa_bits)) >> F::mantissa_bits;  // exponent + above, never negative
  constexpr Bits two_to_mantissa_bits = (F::exponent_bias + F::mantissa_bits) << F::mantissa_bits;
  exponent =
      Vector<T, n>(biased | two_to_mantissa_bits) - Vector<T, n>(static_cast<double>(one) + static_cast<double>(above));
  mantissa = Vector<T, n>((shifted & (one - 1)) + F::sqrt_half);
}

}  // namespace TRUCE_ISA
}  // namespace truce
