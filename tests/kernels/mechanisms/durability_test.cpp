// The three stages of durability: exact cases and their oracles, and what each does with one month.
#include "kernels/mechanisms/durability.hpp"

#include "tests/kernels/mechanisms/cases.hpp"
#include "tests/kernels/mechanisms/lasting.hpp"

namespace truce::testing {
namespace {

TEST(Band, GivesTheExactCases) {
  const Wandering narrow{0.5, 0.4, 0.6, 0, 0.05}, wide{0.45, 0.3, 0.6, 0, 0.05}, drifting{0.5, 0.2, 0.8, 0.01, 0.05};
  for (const auto& [band, months, up] :
       {std::tuple{narrow, 4.0, 0.5}, {wide, 9.0, 0.5}, {drifting, 25.0096382104, 0.916827303506}}) {
    expect_digits(mean_months(band), months);
    expect_digits(exits_up(band), up);
    if (band.mu == 0) {
      expect_digits(months_in_band(band.hi - band.start, band.start - band.lo, band.sigma * band.sigma), months);
    }
  }
  expect_digits(survival(narrow, 5), 0.27237848947);
  expect_digits(survival(wide, 5), 0.640688998435);
}

/// Two oracles of one thing: the survival adds up to the mean.
TEST(Band, SurvivalAddsUpToTheMean) {
  for (std::uint32_t i = 0; i < 10; ++i) {
    Uniforms u(i);
    const double lo = u.between(0.2, 0.3), hi = u.between(0.7, 0.8), sigma = u.between(0.03, 0.06);
    const Wandering band{u.between(0.45, 0.55), lo, hi, u.between(-0.01, 0.01), sigma};
    double months = 0.5 / 16, alive = 1;
    for (int k = 1; alive > 1e-13; ++k) months += (alive = survival(band, k / 16.0)) / 16;
    ASSERT_NEAR(months, mean_months(band), 1e-9 * months);
  }
}

/// Terms imposed at an offset e from the middle of a band of width w: (w^2/4 - e^2)/sigma^2.
TEST(Band, LastsShorterWhereTermsAreUnnatural) {
  for (std::uint32_t i = 0; i < many; ++i) {
    Uniforms u(i);
    const double width = u.between(0.1, 0.5), offset = u.between(0, 0.5 * width), sigma = u.between(0.005, 0.05);
    const double up = width / 2 - offset, down = width / 2 + offset, s2 = sigma * sigma;
    ASSERT_NEAR(months_in_band(up, down, s2), (width * width / 4 - offset * offset) / s2, 1e-9 * width * width / s2);
    ASSERT_EQ(months_in_band(up, down, s2), months_in_band(down, up, s2));
    ASSERT_LT(months_in_band(up, down, 1.1 * s2), months_in_band(up, down, s2));
  }
}

TEST(Lattice, GivesTheExactCases) {
  const auto constant = [](int down) { return [down](int) { return down; }; };
  const double five[] = {0.78125, 0.287254806608, 0.0637466196434};
  const double three[] = {0.634765625, 0.232394086197, 0.0515720986254};
  int i = 0;
  for (const int steps : {10, 30, 60}) {
    expect_digits(walk_survival(steps, 5, constant(5)), five[i]);
    expect_digits(walk_survival(steps, 7, constant(3)), three[i++]);
  }
  double means[2] = {1, 1};
  for (int t = 1; t < 1000; ++t) {
    means[0] += walk_survival(t, 5, constant(5));
    means[1] += walk_survival(t, 7, constant(3));
  }
  EXPECT_NEAR(means[0], 25, 1e-9);
  EXPECT_NEAR(means[1], 21, 1e-9);
}

TEST(Lattice, OfADecayingGuaranteeLastsShorter) {
  for (const int months : {4, 10, 20}) {
    const auto fading = [months](int t) { return std::max(1, 5 - t / months); };
    for (const int steps : {10, 30, 60})
      EXPECT_LT(walk_survival(steps, 5, fading), walk_survival(steps, 5, [](int) { return 5; }) + (steps < months));
  }
}

TEST(Hazard, GivesTheExactCases) {
  struct Case {
    Weibull weibull;
    double mean, median, s12, s60;
  };
  for (const auto& c : {Case{{0.7, 0.02, -0.5}, 129.2865971, 60.5045659943, 0.799828823056, 0.502029776658},
                        {{1, 0.02, 0.4}, 33.5160023018, 23.2315224991, 0.699046561461, 0.166928510815}}) {
    const auto& w = c.weibull;
    const auto alive = [&](double t) {
      // both sides lose the same margin, so that their halves of the hazard add up to e^xb
      const double left = hazard_left(5.0, -w.xb / 5) + hazard_left(5.0, -w.xb / 5);
      return exp(-cumulated_hazard(w.rate, w.shape, t) * left);
    };
    EXPECT_NEAR(mean_months(w), c.mean, 1e-9 * c.mean);  // printed with 10 digits
    expect_digits(median_months(w), c.median);
    expect_digits(alive(12.0), c.s12);
    expect_digits(alive(60.0), c.s60);
    expect_digits(alive(median_months(w)), 0.5);
  }
}

/// One uniform says whether and by whom; the two sides' chances add up to that of the sum of their hazards.
TEST(Hazard, IsSharedOutByTheMargins) {
  for (std::uint32_t i = 0; i < many; ++i) {
    Uniforms u(i);
    const double increment = u.between(0, 0.3), effect = u.between(0, 8);
    const double a = u.between(-0.2, 0.6), d = u.between(-0.2, 0.6);
    const double left_a = 0.5 * std::exp(-effect * a), left_d = 0.5 * std::exp(-effect * d);
    const double broken = 1 - std::exp(-increment * (left_a + left_d)), by_a = broken * left_a / (left_a + left_d);
    const auto breach = [&](double x) { return breach_by_hazard(increment, effect, a, d, x); };
    if (by_a > 1e-6) {
      ASSERT_TRUE(breach(by_a - 1e-9).by_a && !breach(by_a - 1e-9).by_d);
    }
    if (broken - by_a > 1e-6) {
      ASSERT_TRUE(!breach(by_a + 1e-9).by_a && breach(by_a + 1e-9).by_d);
    }
    ASSERT_FALSE(breach(broken + 1e-9).by_a || breach(broken + 1e-9).by_d);
  }
}

TEST(Enforcement, GivesTheExactCases) {
  expect_digits(patience_needed({1.5, 1, 0.2, 0, 0}), 0.384615384615);
  expect_digits(patience_needed({1.5, 1, 0.2, 0.2, 0.1}), 0.181818181818);
  expect_digits(patience_needed({1.8, 1, 0.2, 0, 0}), 0.5);
}

TEST(Enforcement, BreaksExactlyBelowThePatienceNeeded) {
  int broken = 0;
  for (std::uint32_t i = 0; i < many; ++i) {
    Uniforms u(i);
    const double war = u.between(0, 0.4), peace = war + u.between(0, 0.4), temptation = peace + u.between(0.05, 0.6);
    const Dilemma<double> game{temptation, peace, war, u.between(0, 0.1) * (temptation - war), u.between(0, 0.3)};
    const double needed = patience_needed(game), delta = u.between(0, 1);
    ASSERT_EQ(breaks(game, delta), delta < needed) << i;
    if (needed > 0 && needed < 1) {
      ASSERT_TRUE(breaks(game, needed - 1e-9));
      ASSERT_FALSE(breaks(game, needed + 1e-9));
    }
    broken += breaks(game, delta);
    auto held = game;
    held.principle += 0.01;
    ASSERT_LT(patience_needed(held), needed);
    held = game;
    held.guarantee += 0.01;
    ASSERT_LT(patience_needed(held), needed);
  }
  EXPECT_GT(broken, 1000);
  EXPECT_LT(broken, 9000);
}

TEST(Stages, AreOneOfThree) {
  for (const auto stage : {in_band, by_hazard, by_enforcement})
    for (const auto other : {in_band, by_hazard, by_enforcement})
      EXPECT_EQ(stage_is(static_cast<double>(other), stage), stage == other);
}

}  // namespace
}  // namespace truce::testing
