// Small mechanisms against their exact cases: cynicism and trust, dramatic change, the patron's public.
#include "kernels/mechanisms/change.hpp"
#include "kernels/mechanisms/holds.hpp"
#include "kernels/mechanisms/patron.hpp"
#include "kernels/mechanisms/principles.hpp"
#include "tests/kernels/mechanisms/cases.hpp"

namespace truce::testing {
namespace {

/// Posterior chance that a principle is sincere, after `signals` of likelihood ratio `ratio` > 1, each believed with
/// weight omega in 0..1: odds times ratio^omega a signal.
inline double trust_after(double initial, double ratio, double omega, double signals) {
  const double odds = initial / (1 - initial) * exp(signals * omega * log(ratio));
  return odds / (1 + odds);
}

/// Months until that falls to `threshold`, at `rate` casualties a month: scale (10^((initial-threshold)/slope) -
/// 1)/rate.
inline double months_of_support(double initial, double slope, double threshold, double rate, double scale) {
  constexpr double log_10 = 2.30258509299404568402;
  return scale * (exp(log_10 * (initial - threshold) / slope) - 1) / rate;
}

/// Share of wars that a change at rate nu ends before settlements at rate h do [1/month]; they last 1/(h + nu).
inline double ended_by_change(double h, double nu) { return nu / (h + nu); }

TEST(Trust, GivesTheExactCases) {
  EXPECT_EQ(signals_needed(0.2, 3, 1, 0.9), 4);
  EXPECT_EQ(signals_needed(0.2, 3, 0.25, 0.9), 14);
  expect_digits(trust_after(0.2, 3, 1, 1), 0.428571428571);
  expect_digits(trust_after(0.2, 3, 0.25, 1), 0.247565028204);
}

TEST(Trust, NeedsTheFirstSignalThatReachesItsTarget) {
  for (std::uint32_t i = 0; i < many; ++i) {
    Uniforms u(i);
    const double initial = u.between(0.05, 0.6), ratio = u.between(1.5, 6), omega = u.between(0.01, 1);
    const double target = u.between(0.5, 0.95), needed = signals_needed(initial, ratio, omega, target);
    ASSERT_GE(trust_after(initial, ratio, omega, needed), target - 1e-12);
    if (needed > 0) {
      ASSERT_LT(trust_after(initial, ratio, omega, needed - 1), target + 1e-12);
    }
  }
  EXPECT_EQ(signals_needed(0.9, 3, 1, 0.5), 0);
  EXPECT_EQ(signals_needed(0.2, 3, 0, 0.9), 1e9);  // who takes every signal for a smokescreen never trusts
  EXPECT_EQ(signals_needed(0.2, 1, 1, 0.9), 1e9);
}

TEST(DramaticChange, GivesTheExactCases) {
  expect_digits(1 / (0.05 + 0.02), 14.2857142857);
  expect_digits(ended_by_change(0.05, 0.02), 0.285714285714);
  expect_digits(worth_of_waiting(0.02, 3, 0.01, 0.01), 1.66666666667);
  expect_digits(1 / (0.05 + 0.005), 18.1818181818);
  expect_digits(ended_by_change(0.05, 0.005), 0.0909090909091);
  expect_digits(worth_of_waiting(0.005, 3, 0.01, 0.01), 0.333333333333);
}

/// In steps so short that a settlement and a change seldom fall into one.
TEST(DramaticChange, EndsItsShareOfTheWarsThatSettlementsDoNot) {
  const double h = 0.05, nu = 0.02, step = 0.02;
  const int wars = 100000;
  int changed = 0, at_once = 0;
  for (std::uint32_t i = 0; i < wars; ++i)
    for (std::uint32_t t = 0;; ++t) {
      const auto words = philox({i, t, 0, 0}, {3, 1});
      const bool now = changed_after(0.0, nu * step, uniform(words[0])) == 1, settled = uniform(words[1]) < h * step;
      if (!now && !settled) continue;
      changed += now;
      at_once += now && settled;
      break;
    }
  const double share = ended_by_change(h, nu), error = std::sqrt(share * (1 - share) / wars);
  EXPECT_NEAR(static_cast<double>(changed) / wars, share, 4 * error + static_cast<double>(at_once) / wars);
}

TEST(DramaticChange, HappensOnceAndLeavesADemocracy) {
  EXPECT_EQ(changed_after(0.0, 0.1, 0.05), 1);
  EXPECT_EQ(changed_after(0.0, 0.1, 0.15), 0);
  EXPECT_EQ(changed_after(1.0, 0.1, 0.15), 1);
  EXPECT_EQ(autocracy_after(0.9, 0.0), 0.9);
  EXPECT_EQ(autocracy_after(0.9, 1.0), 0);
}

TEST(PatronsPublic, GivesTheExactCase) {
  expect_digits(months_of_support(0.7, 0.15, 0.55, 1000, 1000), 9);
  expect_digits(support_after_casualties(0.7, 0.15, 9000.0, 1000.0), 0.55);
}

TEST(PatronsPublic, ReachesTheThresholdWhenItSays) {
  for (std::uint32_t i = 0; i < many; ++i) {
    Uniforms u(i);
    const double initial = u.between(0.5, 1), slope = u.between(0.05, 0.3), threshold = u.between(0.1, 0.5);
    const double rate = u.between(100, 5000), scale = u.between(500, 2000);
    const double months = months_of_support(initial, slope, threshold, rate, scale);
    ASSERT_NEAR(support_after_casualties(initial, slope, rate * months, scale), threshold, 1e-12);
  }
  EXPECT_EQ(support_after_casualties(0.7, 0.0, 9000.0, 1000.0), 0.7);
}

TEST(PatronsPublic, TiresLessWhereSuccessIsExpected) {
  EXPECT_EQ(slope_when_winning(0.2, 0.5, 0.0), 0.2);
  EXPECT_NEAR(slope_when_winning(0.2, 0.5, 1.0), 0.1, 1e-16);
}

TEST(PatronsSupport, FadesToItsFloorOrDropsThere) {
  double support = 0.8;
  for (int month = 1; month <= 50; ++month) {
    support = support_after(support, 0.1, 1 - std::exp(-0.03), 0.0, 0.5);
    ASSERT_NEAR(support, 0.1 + 0.7 * std::exp(-0.03 * month), 1e-12);
  }
  EXPECT_EQ(support_after(0.8, 0.1, 0.02, 0.3, 0.29), 0.1);
  EXPECT_GT(support_after(0.8, 0.1, 0.02, 0.3, 0.31), 0.7);
}

struct Inputs {
  double renege_cost_a, renege_cost_d, guarantee_a, guarantee_d, justice_anchor, cynicism;
};

/// g + J, A's in units of what it values the stakes at; only A's guarantee needs the patron.
TEST(Holds, AreTheSumOfPriceGuaranteeAndBelievedPrinciple) {
  const Inputs in{0.1, 0.2, 0.3, 0.05, 0.4, 0.5};
  const auto holds = holds_of(in, 0.8, 0.2, 1 / 1.25, 0.5, 0.75, 0.25);
  EXPECT_NEAR(holds.a, (0.1 + 0.3 * 0.5 + 0.75 * 0.4 * (1 - 0.5 * 0.8)) / 1.25, 1e-15);
  EXPECT_NEAR(holds.d, 0.2 + 0.05 + 0.25 * 0.4 * (1 - 0.5 * 0.2), 1e-15);
}

}  // namespace
}  // namespace truce::testing
