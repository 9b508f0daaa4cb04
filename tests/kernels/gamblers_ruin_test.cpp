// gamblers_ruin against its closed forms: who wins, and after how many battles.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/kernels/run_kernel.hpp"

namespace truce::testing {
namespace {

TEST(GamblersRuin, AgreesWithTheClosedForms) {
  const auto& kernel = *find_kernel("gamblers_ruin");
  for (const auto& [k, n, p] : {std::tuple{5.0, 10.0, 0.5}, {3.0, 12.0, 0.55}, {8.0, 10.0, 0.4}, {1.0, 2.0, 0.3}}) {
    const auto runs = run_with(kernel, {{"forts_a", k}, {"forts", n}, {"win_probability", p}}, 100000);
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
