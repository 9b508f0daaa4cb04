// A number of one lane that counts what is done with it: what a model's step is made of on the path it really takes.
#pragma once

#include "kernels/draws.hpp"
#include "kernels/spread.hpp"
#include "tests/bench/primitives.hpp"

namespace truce {
inline namespace TRUCE_ISA {

/// Counts since the program began; the bench runs one model at a time.
inline bench::PerPrimitive counts{};

inline double count(bench::Primitive what, double value) {
  counts[what] += 1;
  return value;
}
inline bool count(bench::Primitive what, bool value) {
  counts[what] += 1;
  return value;
}

struct CountedMask {
  bool v;
};

struct Counted {
  double v;
  Counted() = default;
  explicit Counted(double x) : v(x) {}
};

template <>
struct Lanes<Counted> {
  using Scalar = double;
  using Mask = CountedMask;
  static constexpr int count = 1;
  static std::uint64_t bits(const CountedMask& mask) { return mask.v ? 1U : 0U; }
};
template <>
struct InEights<Counted> {
  static Counted of(const double* values, int) { return Counted(values[0]); }
};
template <>
struct Uniforms<Counted> {
  template <int lanes>
  static std::array<Counted, 4> draw(const Counters<lanes>& counters, int first, const KeySchedule& key) {
    const auto u = Uniforms<double>::draw(counters, first, key);
    count(bench::philox_block, 0.0);
    return {Counted(u[0]), Counted(u[1]), Counted(u[2]), Counted(u[3])};
  }
};

inline Counted operator+(const Counted& a, const Counted& b) { return Counted(count(bench::arithmetic, a.v + b.v)); }
inline Counted operator-(const Counted& a, const Counted& b) { return Counted(count(bench::arithmetic, a.v - b.v)); }
inline Counted operator*(const Counted& a, const Counted& b) { return Counted(count(bench::arithmetic, a.v * b.v)); }
inline Counted operator/(const Counted& a, const Counted& b) { return Counted(count(bench::division, a.v / b.v)); }
inline Counted operator-(const Counted& x) { return Counted(count(bench::arithmetic, -x.v)); }
inline CountedMask operator<(const Counted& a, const Counted& b) { return {count(bench::selection, a.v < b.v)}; }
inline CountedMask operator<=(const Counted& a, const Counted& b) { return {count(bench::selection, a.v <= b.v)}; }
inline Counted select(const CountedMask& mask, const Counted& a, const Counted& b) {
  return Counted(count(bench::selection, mask.v ? a.v : b.v));
}
inline bool any(const CountedMask& mask) { return mask.v; }
inline CountedMask both(const CountedMask& a, const CountedMask& b) {
  return {count(bench::selection, static_cast<bool>(a.v & b.v))};
}
inline CountedMask either(const CountedMask& a, const CountedMask& b) {
  return {count(bench::selection, static_cast<bool>(a.v | b.v))};
}
inline CountedMask negate(const CountedMask& a) { return {count(bench::selection, !a.v)}; }
inline Counted fma(const Counted& a, const Counted& b, const Counted& c) {
  return Counted(count(bench::arithmetic, fma(a.v, b.v, c.v)));
}
inline Counted sqrt(const Counted& x) { return Counted(count(bench::root, sqrt(x.v))); }
inline Counted abs(const Counted& x) { return Counted(count(bench::selection, abs(x.v))); }
inline Counted min(const Counted& a, const Counted& b) { return Counted(count(bench::selection, min(a.v, b.v))); }
inline Counted max(const Counted& a, const Counted& b) { return Counted(count(bench::selection, max(a.v, b.v))); }

// Whole functions count as themselves.
inline Counted exp(const Counted& x) { return Counted(count(bench::exponential, exp(x.v))); }
inline Counted expm1(const Counted& x) { return Counted(count(bench::exponential, expm1(x.v))); }
inline Counted log(const Counted& x) { return Counted(count(bench::logarithm, log(x.v))); }
inline Counted normal_quantile(const Counted& u) { return Counted(count(bench::normal, normal_quantile(u.v))); }

}  // namespace TRUCE_ISA
}  // namespace truce
