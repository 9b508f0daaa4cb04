// For tests of mechanisms: cases that are printed with 12 digits, and random inputs.
#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>

#include "kernels/mechanisms/durability.hpp"
#include "kernels/philox.hpp"

namespace truce::testing {

/// Equal to a number that was printed with 12 significant digits.
inline void expect_digits(double value, double printed) {
  EXPECT_NEAR(value, printed, printed == 0 ? 1e-12 : 5e-12 * std::fabs(printed));
}

/// Uniform numbers, the same ones every day; each call of `between` takes the next.
class Uniforms {
 public:
  explicit Uniforms(std::uint32_t point) : point_(point) {}
  double between(double lo, double hi) { return lo + (hi - lo) * uniform(philox({point_, next_++, 0, 0}, {8, 6})[0]); }

 private:
  std::uint32_t point_, next_ = 0;
};

/// The patience above which the peace holds, if a surprise is worth more than war (T - g > P): (T - g - R - j)/(T - g -
/// P).
inline double patience_needed(const Dilemma<double>& d) {
  return (d.temptation - d.guarantee - d.peace - d.principle) / (d.temptation - d.guarantee - d.war);
}

inline constexpr std::uint32_t many = 10000;  ///< random inputs of a property

}  // namespace truce::testing
