// What replicate noise does to metrics and to the share of points where a policy is best, and how much of it is taken
// off.
#include <gtest/gtest.h>

#include <cmath>

#include "kernels/math.hpp"
#include "kernels/philox.hpp"
#include "tests/analysis/robustness/made_robustness.hpp"

namespace truce::analysis {
namespace {

using test::answer;
using test::at;
using test::Made;
using test::Table;

/// Months of two policies that differ by N(0, 1), with errors of variance 1 that are correlated by one half, or none.
Table months_with(double errors) {
  Table months;
  for (std::uint64_t p = 0; p < 4000; ++p) {
    const auto z = [&](std::uint32_t i) { return normal_quantile(uniform(Stream{11, p}.block(91, 0)[i])); };
    const double f = 100 + 10 * uniform(Stream{12, p}.block(91, 0)[0]), shared = errors * z(0);
    months.push_back({f + shared, f + z(1) + 0.5 * shared + std::sqrt(0.75) * errors * z(2)});
  }
  return months;
}

TEST(Robustness, WhatChanceAddsIsToldAndTakenOff) {
  const Made noisy(months_with(1), 16, 16), sound(months_with(0), 0, 16);
  Settings settings = noisy.settings();
  settings.thresholds = {{settings.series[0], 103}};
  const auto tables = answer(noisy, settings), truth = answer(sound, settings);
  for (const std::string metric : {"regret_q90", "regret_2", "mean_variance", "undesirable_deviations"})
    for (const std::size_t policy : {0, 1}) {
      const double expected = at(truth, "robustness", 0, policy, metric);
      const double found = at(tables, "robustness", 0, policy, metric);
      const double corrected = at(tables, "robustness_corrected", 0, policy, metric);
      EXPECT_LT(std::abs(corrected - expected), 0.5 * std::abs(found - expected) + 0.002) << metric << policy;
      EXPECT_DOUBLE_EQ(corrected, found - at(tables, "robustness_noise_bias", 0, policy, metric));
      EXPECT_NEAR(at(truth, "robustness_noise_bias", 0, policy, metric), 0, 1e-9);
      EXPECT_EQ(at(truth, "robustness_told", 0, policy, metric), 1) << metric;
    }
  // the 90th percentile of N(0, v) with v = 1 and one and two doses of noise: 1.2816 sqrt(v)
  EXPECT_NEAR(at(tables, "robustness_noise_bias", 0, 0, "regret_q90"), 1.2816 * (std::sqrt(3) - std::sqrt(2)), 0.06);
  EXPECT_EQ(at(tables, "robustness_told", 0, 0, "regret_q90"), 0);
  EXPECT_EQ(at(tables, "robustness_told", 0, 0, "minimax_regret"), 0);
  EXPECT_NEAR(at(tables, "robustness_noise_bias", 0, 1, "laplace"), 0, 1e-9);
  EXPECT_EQ(at(tables, "robustness_told", 0, 1, "laplace"), 1);
}

/// Sixteen runs of a fair coin at every point: 0.6 of the points have a share of 1/2 or less, and as many at 1/2 or
/// more.
TEST(Robustness, SharesWithNoiseStayAmongTheSharesThatRunsCanHave) {
  const test::Study study(test::ruin("replicates = 16\n"), {"--design.points=2000"});
  const auto share = [](std::int64_t row, std::size_t policy) {
    int heads = 0;
    for (std::uint32_t run = 0; run < 16; ++run) {
      const Stream stream{13, static_cast<std::uint64_t>(row), run};
      heads += uniform(stream.block(92, static_cast<std::uint32_t>(policy))[0]) < 0.5 ? 1 : 0;
    }
    return heads / 16.0;
  };
  const Dataset data(
      test::made_result(study.plan, [&](const std::string& column, std::int64_t row, std::size_t policy) {
        const double p = share(row, policy), variance = p * (1 - p) * 16 / 15;
        if (column == "ending_victory_a") return p;
        if (column == "ending_victory_a_diff") return p - share(row, 0);
        if (column == "ending_victory_a_var") return variance;
        if (column == "ending_victory_a_diff_var") return variance + share(row, 0) * (1 - share(row, 0)) * 16 / 15;
        return column.ends_with("_n") || column == "replicates" ? 16.0 : 0.0;
      }));
  Settings settings;
  settings.series = {data.find_series("ending_victory_a")};
  settings.resamples = 20;
  const auto crew = make_local_crew();
  const auto tables = robustness_part().answer({*crew, data, settings});
  EXPECT_EQ(at(tables, "robustness_threshold", 0, 0), 0.5);
  for (const std::size_t goal : {0, 1}) {
    EXPECT_NEAR(at(tables, "best_chance", goal, 0) + at(tables, "best_chance", goal, 1), 1, 1e-12);
    EXPECT_NEAR(at(tables, "robustness", goal, 1, "starr"), 0.598, 0.04);
    EXPECT_NEAR(at(tables, "robustness_noise_bias", goal, 1, "starr"), -0.03, 0.02);  // half of 1/2 is -0.1
  }
}

/// A normal number is below x so often.
double phi(double x) { return 0.5 * std::erfc(-x / std::sqrt(2)); }

/// Where one policy leads by as much at every point, and the difference has standard error 1.
TEST(BestChance, TakesTheNormalTailFromTwiceTheShareOfTwoPolicies) {
  for (const double lead : {0.5, 1.0, 2.0}) {
    const Made made(Table(8000, {5, 5 + lead}), 4);
    const auto tables = answer(made, made.settings());
    const double expected = 2 - phi(lead);
    EXPECT_NEAR(at(tables, "best_chance", 0, 1), expected, 0.01) << lead;
    EXPECT_NEAR(at(tables, "best_chance", 1, 1), 1 - expected, 0.01);
    EXPECT_NEAR(at(tables, "best_chance", 0, 0), 1 - expected, 0.01);
    EXPECT_EQ(at(tables, "best_share", 0, 1), 1);
  }
}

/// True leads N(1, 1), means of 1/4 and of 1 of their variance in noise: the share that leads truly is phi(1).
TEST(BestChance, CountsTheNoiseOfManyPointsOnce) {
  for (const double variance : {0.25, 1.0}) {
    Table months;
    for (std::uint64_t p = 0; p < 20000; ++p) {
      const Words words = Stream{3, p}.block(90, 0);
      const double lead = 1 + normal_quantile(uniform(words[0]));
      months.push_back({50, 50 + lead + std::sqrt(variance) * normal_quantile(uniform(words[1]))});
    }
    const Made made(months, 4 * variance);
    const auto tables = answer(made, made.settings());
    const double once = phi(1 / std::sqrt(1 + variance)), twice = phi(1 / std::sqrt(1 + 2 * variance));
    const double chance = at(tables, "best_chance", 0, 1);
    EXPECT_NEAR(chance, 2 * once - twice, 0.012);
    EXPECT_LT(std::abs(chance - phi(1)), 0.6 * std::abs(once - phi(1))) << variance;
    EXPECT_LT(at(tables, "best_chance_low", 0, 1), chance);
    EXPECT_GT(at(tables, "best_chance_high", 0, 1), chance);
  }
}

TEST(BestChance, WithoutNoiseIsTheShareAndEqualsShareIt) {
  const Made made(Table{{1, 1}, {1, 1}, {1, 2}, {1, 2}}, 0);
  const auto tables = answer(made, made.settings());
  EXPECT_EQ(at(tables, "best_chance", 0, 0), 0.25);
  EXPECT_EQ(at(tables, "best_chance", 0, 1), 0.75);
  EXPECT_EQ(at(tables, "best_share", 0, 1), 0.75);
}

}  // namespace
}  // namespace truce::analysis
