// War without talks against the closed form of its exit, integrated over the unknown advantage.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/kernels/quadrature.hpp"
#include "tests/kernels/run_kernel.hpp"

namespace truce::testing {
namespace {

struct War {
  double m, mean, sd, sigma;
  double wins_a, months;  // printed in the specification with 10 digits
};
constexpr War wars[] = {{0.5, 0, 0.006, 0.05, 0.5, 78.02358156},
                        {0.35, 0.002, 0.01, 0.08, 0.4348336284, 31.85259708},
                        {0.6, -0.004, 0.012, 0.04, 0.3980754535, 71.79401830},
                        {0.5, 0.004, 0.003, 0.03, 0.8801565195, 140.6087876}};

struct Exit {
  double wins_a, months;
};

/// Undiscounted: Pr(hi) = (1 - e^(-2 theta m/s2)) / (1 - e^(-2 theta/s2)), mean time (Pr - m)/theta.
Exit exit_of(double m, double theta, double s2) {
  const double k = 2 * theta / s2;
  if (std::fabs(k) < 1e-5) return {m + m * (1 - m) * k / 2, m * (1 - m) / s2};
  const double wins = std::expm1(-k * m) / std::expm1(-k);
  return {wins, (wins - m) / theta};
}

Exit integrated(const War& war) {
  const auto rule = gauss_legendre(800, -9, 9);  // poles of the exit lie 0.4 from the real line
  const double root_two_pi = std::sqrt(2 * std::acos(-1.0));
  Exit sum{0, 0};
  for (std::size_t i = 0; i < rule.nodes.size(); ++i) {
    const double z = rule.nodes[i], weight = rule.weights[i] * std::exp(-z * z / 2) / root_two_pi;
    const auto exit = exit_of(war.m, war.mean + war.sd * z, war.sigma * war.sigma);
    sum.wins_a += weight * exit.wins_a;
    sum.months += weight * exit.months;
  }
  return sum;
}

TEST(WarWithoutTalks, ClosedFormGivesThePrintedCases) {
  for (const auto& war : wars) {
    const auto exit = integrated(war);
    EXPECT_NEAR(exit.wins_a / war.wins_a, 1, 2e-10);
    EXPECT_NEAR(exit.months / war.months, 1, 2e-10);
  }
}

TEST(WarWithoutTalks, SimulationAgreesWithTheClosedForm) {
  const auto& kernel = *find_kernel("anchored_peace");
  const auto ending = index_of(kernel.outcomes, "ending"), months = index_of(kernel.outcomes, "war_months");
  for (const auto& war : wars) {
    const auto runs = run_with(kernel,
                               {{"talks_every", 0},
                                {"aid_effect", 0},
                                {"horizon_months", 12000},
                                {"initial_position", war.m},
                                {"advantage_mean", war.mean},
                                {"advantage_sd", war.sd},
                                {"battle_volatility", war.sigma}},
                               40000);
    const auto wins = estimate(runs.count(), [&](std::size_t i) { return runs.at(i, ending) == 1 ? 1.0 : 0.0; });
    const auto length = estimate(runs, months);
    const auto exact = integrated(war);
    EXPECT_NEAR(wins.mean, exact.wins_a, 4 * wins.standard_error);
    EXPECT_NEAR(length.mean, exact.months, 4 * length.standard_error);
    const auto open = estimate(runs.count(), [&](std::size_t i) { return runs.at(i, ending) == 3 ? 1.0 : 0.0; });
    EXPECT_EQ(open.mean, 0);
  }
}

}  // namespace
}  // namespace truce::testing
