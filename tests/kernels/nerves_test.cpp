// The equilibrium of the war of nerves against exact cases, indifference and integration.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/kernels/mechanisms/cases.hpp"
#include "tests/kernels/nerves_cases.hpp"
#include "tests/kernels/quadrature.hpp"

namespace truce::testing {
namespace {

using nerves::Equilibrium;
using nerves::Side;

TEST(Nerves, GiveTheExactCases) {
  for (const auto& c : nerves_cases) {
    const auto e = nerves::equilibrium(1, c.a, c.d);
    expect_digits(e.months, c.months);
    expect_digits(nerves::at_once_chance(e), c.at_once);
    EXPECT_EQ(e.a.at_once, 0);  // L is the second side in all of them
    expect_digits(nerves::war_chance(e), c.war);
    expect_digits(nerves::war_chance(e) / (1 - nerves::at_once_chance(e)), c.war_given_crisis);
    expect_digits(nerves::crisis_months(e, c.a, c.d), c.mean_months);
  }
}

TEST(Nerves, AttritionGivesTheExactCases) {
  const auto even = nerves::attrition(0.1, 1, 0.1, 1), uneven = nerves::attrition(0.05, 1, 0.2, 1);
  expect_digits(even.rate_a, 0.1);
  expect_digits(even.rate_d, 0.1);
  expect_digits(nerves::crisis_months(even), 5);
  expect_digits(even.rate_a / (even.rate_a + even.rate_d), 0.5);
  expect_digits(uneven.rate_a, 0.2);
  expect_digits(uneven.rate_d, 0.05);
  expect_digits(nerves::crisis_months(uneven), 4);
  expect_digits(uneven.rate_a / (uneven.rate_a + uneven.rate_d), 0.8);
}

struct Crisis {
  double prize;
  Side a, d;
};
Crisis any_crisis(std::uint32_t number) {
  Uniforms u(number);
  const auto spread = [&] { return std::exp(u.between(-4, 2)); };
  return {spread(), {spread(), spread()}, {spread(), spread()}};
}

/// The definition of the equilibrium, not its solution: whoever quits is indifferent when, and nobody in the end.
TEST(Nerves, WhoQuitsIsIndifferentWhen) {
  for (std::uint32_t i = 0; i < many; ++i) {
    const auto [v, a, d] = any_crisis(i);
    const auto e = nerves::equilibrium(v, a, d);
    const auto worth = [&, prize = v](const nerves::Quitting& other, double other_sees, double pays, double t) {
      const double gone = quit_by(e, other, other_sees, t);
      return gone * prize - (1 - gone) * pays * t;
    };
    for (const double part : {0.1, 0.5, 1.0}) {
      const double t = part * e.months;
      ASSERT_NEAR(worth(e.d, a.escalates, a.escalates, t), v * e.d.at_once, 1e-12 * v) << i;
      ASSERT_NEAR(worth(e.a, d.escalates, d.escalates, t), v * e.a.at_once, 1e-12 * v) << i;
    }
    ASSERT_NEAR(quit_by(e, e.a, d.escalates, e.months), e.a.share, 1e-12);
    ASSERT_NEAR(quit_by(e, e.d, a.escalates, e.months), e.d.share, 1e-12);
    ASSERT_TRUE(e.a.at_once == 0 || e.d.at_once == 0);
  }
}

/// Mean by integrating the crisis' survival, which knows nothing of the logarithm; also next to equal escalation.
TEST(Nerves, MeanLengthIsTheIntegralOfSurvival) {
  for (std::uint32_t i = 0; i < 2000; ++i) {
    auto [v, a, d] = any_crisis(i);
    if (i % 4 == 0) d.escalates = a.escalates * (1 + 1e-4 * (i % 3) * std::pow(10.0, -static_cast<double>(i % 11)));
    const auto e = nerves::equilibrium(v, a, d);
    const auto rule = gauss_legendre(40, 0, 1);
    double mean = 0;  // over t = x^2 t*, as the survival may fall fast at first
    for (std::size_t n = 0; n < rule.nodes.size(); ++n) {
      const double x = rule.nodes[n], t = x * x * e.months;
      mean += rule.weights[n] * 2 * x * e.months * (1 - quit_by(e, e.a, d.escalates, t)) *
              (1 - quit_by(e, e.d, a.escalates, t));
    }
    ASSERT_NEAR(nerves::crisis_months(e, a, d), mean, 1e-9 * mean) << i;
  }
}

/// The claim that this rival can refute the memo with.
TEST(Nerves, RaisingBothAudienceCostsShortensTheCrisisAndLeavesTheRisk) {
  for (std::uint32_t i = 0; i < many; ++i) {
    auto [v, a, d] = any_crisis(i);
    const auto before = nerves::equilibrium(v, a, d);
    const double mean = nerves::crisis_months(before, a, d), factor = 1 + (i % 7);
    a.escalates *= factor;
    d.escalates *= factor;
    const auto after = nerves::equilibrium(v, a, d);
    ASSERT_NEAR(nerves::war_chance(after), nerves::war_chance(before), 1e-12);
    ASSERT_NEAR(nerves::at_once_chance(after), nerves::at_once_chance(before), 1e-12);
    ASSERT_NEAR(nerves::crisis_months(after, a, d), mean / factor, 1e-12 * mean);
  }
}

TEST(Nerves, RiskOfEqualsIsTheirClosedForm) {
  for (std::uint32_t i = 0; i < many; ++i) {
    const auto [v, side, other] = any_crisis(i);
    const auto e = nerves::equilibrium(v, side, side);
    const double root = 2 / (1 + std::sqrt(1 + 4 * side.fears / v));
    ASSERT_NEAR(nerves::war_chance(e), root * root, 1e-12);
    ASSERT_EQ(nerves::at_once_chance(e), 0);
  }
}

TEST(Nerves, RelabellingTheSidesChangesNothing) {
  for (std::uint32_t i = 0; i < many; ++i) {
    const auto [v, a, d] = any_crisis(i);
    const auto one = nerves::equilibrium(v, a, d), other = nerves::equilibrium(v, d, a);
    ASSERT_EQ(one.months, other.months);
    ASSERT_EQ(one.a.share, other.d.share);
    ASSERT_EQ(one.d.share, other.a.share);
    ASSERT_EQ(one.a.at_once, other.d.at_once);
    ASSERT_NEAR(nerves::crisis_months(one, a, d), nerves::crisis_months(other, d, a), 1e-12 * one.months);
  }
}

/// War is less likely the more both fear it and the smaller the prize; all chances are chances.
TEST(Nerves, FearOfWarKeepsThePeace) {
  for (std::uint32_t i = 0; i < many; ++i) {
    auto [v, a, d] = any_crisis(i);
    const auto e = nerves::equilibrium(v, a, d);
    for (const double chance : {e.a.share, e.d.share, e.a.at_once, e.d.at_once, nerves::war_chance(e)}) {
      ASSERT_GE(chance, 0);
      ASSERT_LE(chance, 1);
    }
    ASSERT_LE(nerves::crisis_months(e, a, d), e.months * (1 + 1e-12));
    a.fears *= 1.1;
    d.fears *= 1.1;
    ASSERT_LT(nerves::war_chance(nerves::equilibrium(v, a, d)), nerves::war_chance(e));
    ASSERT_LE(nerves::war_chance(nerves::equilibrium(v / 1.2, a, d)),
              nerves::war_chance(nerves::equilibrium(v, a, d)) * (1 + 1e-12));
  }
}

}  // namespace
}  // namespace truce::testing
