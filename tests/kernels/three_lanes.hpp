// A number type of three doubles whose lanes may part: every masked kernel must give the scalar bits in it.
#pragma once

#include "kernels/number.hpp"

namespace truce {
inline namespace TRUCE_ISA {

struct ThreeMask {
  bool lane[3];
};

/// Deliberately without implicit conversions, `operator bool` on masks or short-circuit operators.
struct ThreeLanes {
  double lane[3];
  ThreeLanes() = default;
  explicit ThreeLanes(double x) : lane{x, x, x} {}
  ThreeLanes(double a, double b, double c) : lane{a, b, c} {}
};

template <>
struct Lanes<ThreeLanes> {
  static constexpr int count = 3;
  using Mask = ThreeMask;
  static double get(const ThreeLanes& x, int lane) { return x.lane[lane]; }
  static void set(ThreeLanes& x, int lane, double value) { x.lane[lane] = value; }
  static bool get(const ThreeMask& mask, int lane) { return mask.lane[lane]; }
};

/// f of each lane.
template <class F>
ThreeLanes lanewise(const F& f) {
  return {f(0), f(1), f(2)};
}
template <class F>
ThreeMask maskwise(const F& f) {
  return {f(0), f(1), f(2)};
}

inline ThreeLanes operator+(const ThreeLanes& a, const ThreeLanes& b) {
  return lanewise([&](int i) { return a.lane[i] + b.lane[i]; });
}
inline ThreeLanes operator-(const ThreeLanes& a, const ThreeLanes& b) {
  return lanewise([&](int i) { return a.lane[i] - b.lane[i]; });
}
inline ThreeLanes operator*(const ThreeLanes& a, const ThreeLanes& b) {
  return lanewise([&](int i) { return a.lane[i] * b.lane[i]; });
}
inline ThreeLanes operator/(const ThreeLanes& a, const ThreeLanes& b) {
  return lanewise([&](int i) { return a.lane[i] / b.lane[i]; });
}
inline ThreeLanes operator-(const ThreeLanes& a) {
  return lanewise([&](int i) { return -a.lane[i]; });
}
inline ThreeMask operator<(const ThreeLanes& a, const ThreeLanes& b) {
  return maskwise([&](int i) { return a.lane[i] < b.lane[i]; });
}
inline ThreeMask operator<=(const ThreeLanes& a, const ThreeLanes& b) {
  return maskwise([&](int i) { return a.lane[i] <= b.lane[i]; });
}

inline ThreeLanes select(const ThreeMask& mask, const ThreeLanes& a, const ThreeLanes& b) {
  return lanewise([&](int i) { return select(mask.lane[i], a.lane[i], b.lane[i]); });
}
inline bool any(const ThreeMask& mask) { return mask.lane[0] || mask.lane[1] || mask.lane[2]; }
inline ThreeMask both(const ThreeMask& a, const ThreeMask& b) {
  return maskwise([&](int i) { return both(a.lane[i], b.lane[i]); });
}
inline ThreeMask either(const ThreeMask& a, const ThreeMask& b) {
  return maskwise([&](int i) { return either(a.lane[i], b.lane[i]); });
}
inline ThreeMask negate(const ThreeMask& a) {
  return maskwise([&](int i) { return negate(a.lane[i]); });
}

inline ThreeLanes fma(const ThreeLanes& a, const ThreeLanes& b, const ThreeLanes& c) {
  return lanewise([&](int i) { return fma(a.lane[i], b.lane[i], c.lane[i]); });
}
inline ThreeLanes sqrt(const ThreeLanes& x) {
  return lanewise([&](int i) { return sqrt(x.lane[i]); });
}
inline ThreeLanes abs(const ThreeLanes& x) {
  return lanewise([&](int i) { return abs(x.lane[i]); });
}
inline ThreeLanes min(const ThreeLanes& a, const ThreeLanes& b) {
  return lanewise([&](int i) { return min(a.lane[i], b.lane[i]); });
}
inline ThreeLanes max(const ThreeLanes& a, const ThreeLanes& b) {
  return lanewise([&](int i) { return max(a.lane[i], b.lane[i]); });
}
inline ThreeLanes power_of_two(const ThreeLanes& shifter) {
  return lanewise([&](int i) { return power_of_two(shifter.lane[i]); });
}
inline void split(const ThreeLanes& x, ThreeLanes& mantissa, ThreeLanes& exponent) {
  for (int i = 0; i < 3; ++i) split(x.lane[i], mantissa.lane[i], exponent.lane[i]);
}

}  // namespace TRUCE_ISA
}  // namespace truce
