// Beliefs and the value of fighting to the finish: exact cases, Bayes in another form, mirror images.
#include "kernels/anchored_peace/fight.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace truce::peace {
namespace {

constexpr double digits = 5e-13;

double mean_of_theta(double prior, double prior_variance, double s2, double y, double t) {
  return posterior(prior, learning(prior_variance, s2, t), y, t);
}

Fight<double> fight_of(double m, double mu_a, double mu_d, double cost_a, double cost_d, double s2, double r) {
  return fight(m, mu_a, mu_d, cost_a, cost_d, motion(s2, r), 1 / r);
}

double need_of(double fight, double claim, double audience_cost) {
  return need(fight, claim, audience_cost, 1 / (1 + audience_cost));
}

TEST(Posterior, GivesTheExactCases) {
  EXPECT_NEAR(mean_of_theta(0.004, 0.006 * 0.006, 0.0025, 0.12, 12.0) / 0.004884038199181, 1, digits);
  EXPECT_NEAR(mean_of_theta(-0.004, 0.01 * 0.01, 0.0036, -0.3, 40.0) / -0.005842105263158, 1, digits);
}

TEST(Posterior, IsThePrecisionWeightedMean) {
  const double sd = 0.007, s2 = 0.0016, y = 0.2, prior = 0.002;
  for (const double t : {0.0, 1.0, 17.0, 360.0}) {
    const double expected = (prior / (sd * sd) + y / s2) / (1 / (sd * sd) + t / s2);
    EXPECT_NEAR(mean_of_theta(prior, sd * sd, s2, y, t), expected, 1e-15);
  }
}

TEST(Posterior, IsThePriorWhenNothingIsUncertain) {
  EXPECT_EQ(mean_of_theta(0.003, 0.0, 0.0, 0.2, 5.0), 0.003);
  EXPECT_EQ(mean_of_theta(0.003, 0.0, 0.0025, 0.2, 5.0), 0.003);
}

/// Disagreement falls as (optimism_a + optimism_d) / (1 + t sd^2/s2), whatever the front did.
TEST(Posterior, FightingTeaches) {
  const double sd = 0.006, s2 = 0.0025;
  for (const double t : {1.0, 12.0, 100.0})
    for (const double y : {-0.4, 0.0, 0.3})
      EXPECT_NEAR(mean_of_theta(0.004, sd * sd, s2, y, t) - mean_of_theta(-0.003, sd * sd, s2, y, t),
                  0.007 / (1 + t * sd * sd / s2), 1e-15);
}

TEST(Fight, GivesTheExactCases) {
  struct Case {
    double m, mu_a, mu_d, cost_a, cost_d, s2, r, a, d, months_a, months_d;
  };
  for (const auto& c : {Case{0.5, 0.004, -0.004, 0.004, 0.004, 0.0025, 0.005, 0.5, 0.5, 62.00456956938, 62.00456956938},
                        Case{0.7, 0.01, 0.002, 0.001, 0.008, 0.0036, 0.003, 0.935605375288, -0.1570347539737,
                             26.178375032, 45.70347539737},
                        Case{0.2, -0.006, -0.009, -0.001, 0.003, 0.0016, 0.008, 0.0714139888586, 0.9144305695057,
                             25.71720222828, 19.07176158428}}) {
    const auto f = fight_of(c.m, c.mu_a, c.mu_d, c.cost_a, c.cost_d, c.s2, c.r);
    EXPECT_NEAR(f.a / c.a, 1, digits);
    EXPECT_NEAR(f.d / c.d, 1, digits);
    EXPECT_NEAR(f.months_a / c.months_a, 1, digits);
    EXPECT_NEAR(f.months_d / c.months_d, 1, digits);
  }
}

TEST(Fight, MirrorsBetweenTheSides) {
  for (const double m : {0.25, 0.5, 0.625})
    for (const double mu : {-0.008, 0.0, 0.003}) {
      const auto f = fight_of(m, mu, 0.001, 0.004, 0.002, 0.0025, 0.005);
      const auto mirrored = fight_of(1 - m, -0.001, -mu, 0.002, 0.004, 0.0025, 0.005);
      EXPECT_NEAR(f.a, mirrored.d, 1e-13);
      EXPECT_NEAR(f.d, mirrored.a, 1e-13);
    }
}

/// The stakes are worth 1 together: what fighting destroys is the cost of the war, no more and no less.
TEST(Fight, LosesOnlyTheCostsWhenBeliefsAgree) {
  for (const double mu : {-0.01, 0.0, 0.002}) {
    const auto f = fight_of(0.4, mu, mu, 0.004, 0.003, 0.0025, 0.005);
    EXPECT_NEAR(f.a + f.d, 1 - 0.007 * f.months_a, 1e-13);
  }
}

TEST(Need, IsTheFightOrTheMixtureWithTheClaimInZeroToOne) {
  EXPECT_EQ(need_of(0.6, 0.5, 0.3), 0.6);
  EXPECT_NEAR(need_of(0.4, 0.8, 0.3), (0.4 + 0.3 * 0.8) / 1.3, 1e-15);
  EXPECT_EQ(need_of(-0.5, -0.7, 0.3), 0.0);
  EXPECT_EQ(need_of(1.4, 0.8, 0.3), 1.0);
  EXPECT_EQ(need_of(0.4, 0.8, 0.0), 0.4);
}

/// At the need, settling leaves the side exactly what fighting is worth.
TEST(Need, MakesTheSideIndifferent) {
  for (const double fight_value : {0.1, 0.4, 0.79}) {
    const double u = need_of(fight_value, 0.8, 0.45);
    EXPECT_NEAR(u - 0.45 * (0.8 - u), fight_value, 1e-15);
  }
}

}  // namespace
}  // namespace truce::peace
