// Two barriers and the bridge: exact cases, a differential equation, symmetry, range.
#include "kernels/barriers.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>

#include "kernels/philox.hpp"

namespace truce {
namespace {

constexpr double digits = 5e-13;  // relative; the cases are printed with 13 digits

struct Exits {
  double lo, hi;
};

/// From m between lo and hi, drift mu, variance rate s2, discount rate r.
Exits two_barriers(double m, double lo, double hi, double mu, double s2, double r) {
  const auto e = escape(mu, motion(s2, r));
  const auto b = between(hi - m, m - lo, e);
  return {exit_lo(b, e), exit_hi(b, e)};
}

double touched(double before, double after, double variance) { return bridge(before, after, touch_rate(variance)); }

TEST(TwoBarriers, GivesTheExactCases) {
  struct Case {
    double m, lo, hi, mu, s2, r, exit_lo, exit_hi;
  };
  for (const auto& c : {Case{0.5, 0, 1, 0, 0.0025, 0.005, 0.3240271368319, 0.3240271368319},
                        Case{0.3, 0, 1, 0.002, 0.0025, 0.005, 0.3973556952662, 0.2849822936624},
                        Case{0.9, 0, 1, -0.01, 0.01, 0.002, 0.1971927011467, 0.7816474868509},
                        Case{0.62, 0.45, 0.9, 0.001, 0.000225, 0.01, 0.07963289418845, 0.1820854342699},
                        Case{0.5, -0.2, 1.7, -0.003, 0.0009, 0.005, 0.3804081589726, 6.389841598777e-5}}) {
    const auto exits = two_barriers(c.m, c.lo, c.hi, c.mu, c.s2, c.r);
    EXPECT_NEAR(exits.lo / c.exit_lo, 1, digits) << c.m;
    EXPECT_NEAR(exits.hi / c.exit_hi, 1, digits) << c.m;
  }
}

struct Setting {
  double m, lo, hi, mu, s2, r;
};

/// Random settings over more than the ranges that the kernel meets.
Setting setting(std::uint32_t i) {
  const auto a = philox({i, 0, 0, 0}, {4, 4}), b = philox({i, 1, 0, 0}, {4, 4});
  const double lo = -2 * uniform(a[0]), width = std::pow(10.0, -3.5 + 4 * uniform(a[1]));
  const double m = lo + width * uniform(a[2]);
  return {m,
          lo,
          lo + width,
          0.05 * (uniform(a[3]) - 0.5),
          std::pow(10.0, -6 + 5 * uniform(b[0])),
          std::pow(10.0, -6 + 6 * uniform(b[1]))};
}

TEST(TwoBarriers, StaysBetweenZeroAndOne) {
  for (std::uint32_t i = 0; i < 20000; ++i) {
    const auto s = setting(i);
    const auto exits = two_barriers(s.m, s.lo, s.hi, s.mu, s.s2, s.r);
    EXPECT_GE(exits.lo, 0) << i;
    EXPECT_GE(exits.hi, 0) << i;
    EXPECT_LE(exits.lo + exits.hi, 1 + 1e-12) << i;
  }
}

TEST(TwoBarriers, MirrorsWhenTheDriftTurns) {
  for (std::uint32_t i = 0; i < 2000; ++i) {
    const auto s = setting(i);
    const auto exits = two_barriers(s.m, s.lo, s.hi, s.mu, s.s2, s.r);
    const auto mirrored = two_barriers(-s.m, -s.hi, -s.lo, -s.mu, s.s2, s.r);
    EXPECT_EQ(exits.lo, mirrored.hi) << i;
    EXPECT_EQ(exits.hi, mirrored.lo) << i;
  }
}

/// The textbook form with sinh, in long double: exit_hi = exp(k (hi-m)) sinh(q (m-lo)) / sinh(q (hi-lo)).
TEST(TwoBarriers, AgreesWithTheTextbookFormInLongDouble) {
  int compared = 0;
  for (std::uint32_t i = 0; i < 5000; ++i) {
    const auto s = setting(i);
    const long double k = static_cast<long double>(s.mu) / s.s2;
    const long double q = std::sqrt(k * k + 2 * static_cast<long double>(s.r) / s.s2);
    const long double up = static_cast<long double>(s.hi - s.m), down = static_cast<long double>(s.m - s.lo);
    if (q * (up + down) > 500) continue;
    const long double all = std::sinh(q * (up + down));
    const auto exits = two_barriers(s.m, s.lo, s.hi, s.mu, s.s2, s.r);
    const auto hi = static_cast<double>(std::exp(k * up) * std::sinh(q * down) / all);
    const auto lo = static_cast<double>(std::exp(-k * down) * std::sinh(q * up) / all);
    EXPECT_NEAR(exits.hi, hi, 1e-12 * hi + 1e-300) << i;
    EXPECT_NEAR(exits.lo, lo, 1e-12 * lo + 1e-300) << i;
    ++compared;
  }
  EXPECT_GT(compared, 2000);
}

TEST(TwoBarriers, FollowsTheDriftWithoutVolatility) {
  const auto rising = two_barriers(0.5, 0.0, 1.0, 0.01, 0.0, 0.005);
  EXPECT_NEAR(rising.hi, std::exp(-0.005 * 50), 1e-12);
  EXPECT_EQ(rising.lo, 0.0);
  const auto still = two_barriers(0.5, 0.0, 1.0, 0.0, 0.0, 0.005);
  EXPECT_EQ(still.hi, 0.0);
  EXPECT_EQ(still.lo, 0.0);
}

TEST(Bridge, IsOneBeyondTheBarrierAndZeroWithoutVariance) {
  EXPECT_EQ(touched(-0.1, 0.2, 0.01), 1.0);
  EXPECT_EQ(touched(0.2, -0.1, 0.01), 1.0);
  EXPECT_EQ(touched(0.2, 0.0, 0.01), 1.0);
  EXPECT_EQ(touched(0.2, 0.1, 0.0), 0.0);
  EXPECT_EQ(touched(-0.1, 0.2, 0.0), 1.0);
}

/// Against the reflection principle: with free ends, Pr(touch) = 2 Pr(end beyond).
TEST(Bridge, AveragesToTheReflectionPrinciple) {
  const double variance = 0.0025, distance = 0.07;
  double sum = 0;
  constexpr int cells = 100000;
  for (int i = 0; i < cells; ++i)
    sum += touched(distance, distance - std::sqrt(variance) * normal_quantile((i + 0.5) / cells), variance) / cells;
  EXPECT_NEAR(sum, std::erfc(distance / std::sqrt(2 * variance)), 1e-6);
}

}  // namespace
}  // namespace truce
