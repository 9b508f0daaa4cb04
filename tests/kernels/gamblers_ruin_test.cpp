// gamblers_ruin against its closed forms: who wins, and after how many battles.
#include <gtest/gtest.h>

#include <Eigen/Dense>
#include <cmath>
#include <stdexcept>

#include "tests/kernels/run_kernel.hpp"

namespace truce::testing {
namespace {

/// Odds that A wins and mean number of battles from every state, by solving the absorbing chain.
Eigen::MatrixXd solve_chain(int forts, double p) {
  const int states = forts - 1;
  Eigen::MatrixXd stay = Eigen::MatrixXd::Identity(states, states);
  Eigen::MatrixXd gains = Eigen::MatrixXd::Zero(states, 2);
  for (int i = 0; i < states; ++i) {
    if (i + 1 < states) stay(i, i + 1) = -p;
    if (i > 0) stay(i, i - 1) = p - 1;
    gains(i, 1) = 1;
  }
  gains(states - 1, 0) = p;
  return stay.partialPivLu().solve(gains);
}

TEST(GamblersRuin, ClosedFormsAreTheSolutionOfTheChain) {
  for (const double p : {0.4, 0.47, 0.55, 0.6}) {
    const Eigen::MatrixXd chain = solve_chain(12, p);
    const double rho = (1 - p) / p;
    for (int k = 1; k < 12; ++k) {
      const double odds = (1 - std::pow(rho, k)) / (1 - std::pow(rho, 12));
      EXPECT_NEAR(chain(k - 1, 0), odds, 1e-12);
      EXPECT_NEAR(chain(k - 1, 1), (k - 12 * odds) / (1 - 2 * p), 1e-10);
    }
  }
}

TEST(GamblersRuin, RefusesAWarThatIsOverBeforeItBegins) {
  const auto& kernel = *find_kernel("gamblers_ruin");
  EXPECT_THROW(run_with(kernel, {{"forts_a", 10}, {"forts", 10}}, 1), std::invalid_argument);
}

TEST(GamblersRuin, AgreesWithTheClosedForms) {
  const auto& kernel = *find_kernel("gamblers_ruin");
  for (const auto& [k, n, p] : {std::tuple{5.0, 10.0, 0.5}, {3.0, 12.0, 0.55}, {8.0, 10.0, 0.4}, {1.0, 2.0, 0.3}}) {
    const auto runs = run_with(kernel, {{"forts_a", k}, {"forts", n}, {"win_probability", p}}, 1000000);
    const auto wins = estimate(runs.count(), [&](std::size_t i) { return runs.at(i, 0) == 1 ? 1.0 : 0.0; });
    const auto battles = estimate(runs, 1);
    const double rho = (1 - p) / p;
    const double odds = p == 0.5 ? k / n : (1 - std::pow(rho, k)) / (1 - std::pow(rho, n));
    const double length = p == 0.5 ? k * (n - k) : (k - n * odds) / (1 - 2 * p);
    EXPECT_NEAR(wins.mean, odds, 4 * wins.standard_error);
    EXPECT_NEAR(battles.mean, length, 4 * battles.standard_error + 1e-12);
  }
}

TEST(GamblersRuin, IsCertainAtTheLimits) {
  const auto& kernel = *find_kernel("gamblers_ruin");
  for (const double p : {0.0, 1.0}) {
    const auto runs = run_with(kernel, {{"win_probability", p}}, 10);
    for (std::size_t i = 0; i < runs.count(); ++i) {
      EXPECT_EQ(runs.at(i, 0), p == 1 ? 1 : 2);
      EXPECT_EQ(runs.at(i, 1), 5);
    }
  }
}

}  // namespace
}  // namespace truce::testing
