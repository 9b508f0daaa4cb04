// exp, expm1, log and the normal quantile against long double: errors in ulp, seams, edges, moments.
#include "kernels/math.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "kernels/philox.hpp"

namespace truce {
namespace {

static_assert(std::numeric_limits<long double>::digits >= 64, "the reference needs more bits than double");

/// |got - exact| in units of the last place of `exact`.
double ulps(double got, long double exact) {
  if (exact == 0) return got == 0 ? 0 : HUGE_VAL;
  int exponent = 0;
  std::frexp(exact, &exponent);
  return static_cast<double>(std::fabs(static_cast<long double>(got) - exact) / std::ldexp(1.0L, exponent - 53));
}

struct Worst {
  double error = 0, at = 0;
  void see(double error_here, double x) {
    if (!(error_here <= error)) {
      error = error_here;
      at = x;
    }
  }
};

/// 64-bit words that differ from run to run of the loop only: a Philox walk.
double random_unit(std::uint32_t i, std::uint32_t which) {
  const auto words = philox({i, which, 0, 0}, {1, 2});
  return uniform(words[0]) + 0x1p-33 * (uniform(words[1]) - 0.5);
}

constexpr std::uint32_t samples = 200000;

TEST(Exp, IsWithinElevenTenthsOfAnUlp) {
  Worst worst;
  for (std::uint32_t i = 0; i < samples; ++i) {
    const double far = -708.0 + 1417.0 * random_unit(i, 0);
    const double near = -1.0 + 2.0 * random_unit(i, 1);
    const double tiny = std::ldexp(near, -static_cast<int>(i % 60));
    const double low = 0.3466 + 0.06 * random_unit(i, 5);  // just above a seam, where the result ends below 2^k
    for (const double x : {far, near, tiny, low, low - 6 * 0.6931471805599453})
      worst.see(ulps(exp(x), std::exp(static_cast<long double>(x))), x);
  }
  for (int k = -1021; k <= 1022; ++k) {  // seams of the reduction, k ln 2 and half-way between
    for (const double x : {k * 0.6931471805599453, (k + 0.5) * 0.6931471805599453})
      if (-708 <= x && x <= 709) worst.see(ulps(exp(x), std::exp(static_cast<long double>(x))), x);
  }
  EXPECT_LE(worst.error, 1.1) << "at " << worst.at;
  RecordProperty("worst_ulps", std::to_string(worst.error));
}

TEST(Exp, HasTheStatedEdges) {
  EXPECT_EQ(exp(0.0), 1.0);
  EXPECT_EQ(exp(-708.5), 0.0);
  EXPECT_EQ(exp(-1e308), 0.0);
  EXPECT_EQ(exp(-std::numeric_limits<double>::infinity()), 0.0);
  EXPECT_EQ(exp(1e10), exp(709.0));
  EXPECT_GT(exp(-708.0), std::numeric_limits<double>::min());
}

TEST(Expm1, IsWithinTwoUlpBelowZero) {
  Worst worst;
  for (std::uint32_t i = 0; i < samples; ++i) {
    const double far = -40.0 * random_unit(i, 2);
    const double near = -random_unit(i, 3);
    const double tiny = std::ldexp(near, -static_cast<int>(i % 300));
    for (const double x : {far, near, tiny, 18.0 * far})
      worst.see(ulps(expm1(x), std::expm1(static_cast<long double>(x))), x);
  }
  EXPECT_LE(worst.error, 2.0) << "at " << worst.at;
  EXPECT_EQ(expm1(0.0), 0.0);
  EXPECT_EQ(expm1(-1e9), -1.0);
  RecordProperty("worst_ulps", std::to_string(worst.error));
}

TEST(Log, IsWithinOneUlp) {
  Worst worst;
  for (std::uint32_t i = 0; i < samples; ++i) {
    const double unit = random_unit(i, 4);
    const double any = std::ldexp(1.0 + unit, static_cast<int>(i % 2045) - 1022);
    const double near_one = 1.0 + std::ldexp(unit - 0.5, -static_cast<int>(i % 50));
    for (const double x : {unit, any, near_one}) worst.see(ulps(log(x), std::log(static_cast<long double>(x))), x);
  }
  for (int k = -1021; k <= 1023; ++k) {  // seams of the split: sqrt(1/2) 2^k and its neighbours
    const double seam = std::ldexp(0x1.6a09e667f3bcdp-1, k);
    for (const double x : {std::nextafter(seam, 0.0), seam, std::nextafter(seam, 1e308), std::ldexp(1.0, k)})
      worst.see(ulps(log(x), std::log(static_cast<long double>(x))), x);
  }
  EXPECT_LE(worst.error, 1.0) << "at " << worst.at;
  EXPECT_EQ(log(1.0), 0.0);
  RecordProperty("worst_ulps", std::to_string(worst.error));
}

/// Normal quantile by Newton steps on erf (centre) or erfc (tails); the start only has to be near.
long double reference_quantile(double u, double start) {
  const bool upper = u > 0.5;
  const long double tail = upper ? 1.0L - static_cast<long double>(u) : static_cast<long double>(u);
  long double x = -std::fabs(static_cast<long double>(start));
  const long double root_half = std::sqrt(0.5L), root_two_pi = std::sqrt(8.0L * std::atan(1.0L));
  for (int i = 0; i < 5; ++i) {
    const long double density = std::exp(-x * x / 2) / root_two_pi;
    const long double excess =
        tail > 0.25L ? std::erf(x * root_half) / 2 - (tail - 0.5L) : std::erfc(-x * root_half) / 2 - tail;
    x -= excess / density;
  }
  return upper ? -x : x;
}

Worst worst_quantile(const std::vector<double>& units) {
  Worst worst;
  for (const double u : units) {
    const double got = normal_quantile(u);
    worst.see(ulps(got, reference_quantile(u, got)), u);
  }
  return worst;
}

TEST(NormalQuantile, IsWithinFourUlpAtRandomUniforms) {
  std::vector<double> units;
  for (std::uint32_t i = 0; i < samples; ++i) units.push_back(uniform(philox({i, 9, 0, 0}, {1, 2})[0]));
  const auto worst = worst_quantile(units);
  EXPECT_LE(worst.error, 4.0) << "at " << worst.at;
  RecordProperty("worst_ulps", std::to_string(worst.error));
}

TEST(NormalQuantile, IsWithinFourUlpAtTheCornerWords) {
  std::vector<double> units;
  for (int k = 0; k <= 32; ++k)
    for (const std::int64_t near : {-1, 0, 1}) {
      const std::int64_t word = (std::int64_t{1} << k) + near;
      if (word < 0 || word > 0xffffffffLL) continue;
      const double u = uniform(static_cast<std::uint32_t>(word));
      units.push_back(u);
      units.push_back(1.0 - u);
    }
  const auto worst = worst_quantile(units);
  EXPECT_LE(worst.error, 4.0) << "at " << worst.at;
}

TEST(NormalQuantile, IsWithinFourUlpInBothTails) {
  std::vector<double> units;
  for (int i = 0; i <= 7000; ++i) units.push_back(std::pow(10.0, -i / 100.0) * 0.49999);
  for (int i = 1; i <= 53; ++i) units.push_back(1.0 - std::ldexp(1.0, -i));
  const auto worst = worst_quantile(units);
  EXPECT_LE(worst.error, 4.0) << "at " << worst.at;
  RecordProperty("worst_ulps", std::to_string(worst.error));
}

/// Rises over the seams, where 4u(1-u) = exp(-w): w = 6.25 and w = 25.
TEST(NormalQuantile, RisesOverItsSeams) {
  for (const double w : {6.25, 25.0}) {
    const double seam = 0.5 * (1 - std::sqrt(-std::expm1(-w)));
    double last = normal_quantile(seam * (1 - 1e-9));
    for (int i = -999; i <= 1000; ++i) {
      const double next = normal_quantile(seam * (1 + i * 1e-12));
      EXPECT_LT(last, next) << w << " " << i;
      last = next;
    }
  }
  double last = -HUGE_VAL;
  for (std::uint64_t word = 0; word <= 0xffffffffU; word += 65521) {
    const double next = normal_quantile(uniform(static_cast<std::uint32_t>(word)));
    EXPECT_LT(last, next);
    last = next;
  }
}

TEST(NormalQuantile, IsOddAndZeroInTheMiddle) {
  EXPECT_EQ(normal_quantile(0.5), 0.0);
  for (std::uint32_t i = 0; i < 1000; ++i) {
    const double u = uniform(i * 4294967U);
    EXPECT_EQ(normal_quantile(u), -normal_quantile(1.0 - u));
  }
}

TEST(NormalQuantile, HasTheMomentsOfTheNormal) {
  constexpr int cells = 1 << 20;
  double first = 0, second = 0, fourth = 0;
  for (int i = 0; i < cells; ++i) {
    const double z = normal_quantile((i + 0.5) / cells);
    first += z / cells;
    second += z * z / cells;
    fourth += z * z * z * z / cells;
  }
  EXPECT_NEAR(first, 0.0, 1e-12);
  EXPECT_NEAR(second, 1.0, 1e-5);  // the midpoints of the last cells cut the tails by a few 1e-6
  EXPECT_NEAR(fourth, 3.0, 1e-3);
}

}  // namespace
}  // namespace truce
