// Designs: any point from its number alone, and what each method promises about all points together.
#include "sweep/study/design.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <set>

#include "kernels/philox.hpp"
#include "tests/sweep/study/study_kernel.hpp"

namespace truce {
namespace {

using testing::plan_of;

const std::string base = "[study]\nkernel = toy\nseed = 861\n";

Plan sampled(const std::string& method, std::int64_t points, const std::string& inputs = "share = uniform(0, 1)\n") {
  return plan_of(base + "[design]\nmethod = " + method + "\npoints = " + std::to_string(points) + "\n[inputs]\n" +
                 inputs);
}

std::vector<double> point(const Plan& plan, std::int64_t number) {
  std::vector<double> inputs(plan.inputs.size(), -99);
  Design(plan).point(number, 0, inputs);
  return inputs;
}

const std::vector<std::string> methods{"monte_carlo", "latin_hypercube", "sobol"};

TEST(Design, GivesAnyPointFromItsNumberAlone) {
  for (const auto& method : methods) {
    const Plan plan = sampled(method, 64, "all = range\n");
    const Design design(plan);
    std::vector<double> inputs(plan.inputs.size());
    for (const std::int64_t number : {63, 0, 17, 17, 5}) {
      design.point(number, 0, inputs);
      EXPECT_EQ(inputs, point(plan, number)) << method;
    }
    EXPECT_NE(point(plan, 1), point(plan, 2)) << method;
  }
}

TEST(Design, VaryingOneMoreInputChangesNothingForTheOthers) {
  for (const auto& method : methods) {
    const Plan few = sampled(method, 32, "drift = uniform(-1, 1)\nfixed = uniform(0, 1)\n");
    const Plan more = sampled(method, 32, "all = range\ndrift = uniform(-1, 1)\nfixed = uniform(0, 1)\n");
    for (std::int64_t n = 0; n < 32; ++n) {
      EXPECT_EQ(point(few, n)[1], point(more, n)[1]) << method;
      EXPECT_EQ(point(few, n)[6], point(more, n)[6]) << method;
    }
  }
}

TEST(Design, AnotherSeedGivesOtherPoints) {
  for (const auto& method : methods) {
    Plan plan = sampled(method, 32);
    const auto first = point(plan, 3);
    plan.seed = 862;
    EXPECT_NE(point(plan, 3), first) << method;
    plan.seed = 861 + (std::uint64_t{1} << 32);
    EXPECT_NE(point(plan, 3), first) << method << ": the high half of the seed counts";
  }
}

TEST(Design, ConstantsKeepTheirValuesAndLeversBeginAtTheirFirst) {
  const Plan plan = plan_of(base +
                            "[design]\nmethod = sobol\npoints = 4\n[inputs]\nshare = uniform(0, 1)\nrate = 7\n"
                            "[levers]\ncount = list(4, 9)\n");
  const auto inputs = point(plan, 2);
  EXPECT_EQ(inputs[2], 7);
  EXPECT_EQ(inputs[4], 4);
  EXPECT_EQ(inputs[3], 3) << "the default";
}

TEST(Design, MonteCarloUsesItsCounter) {
  const Plan plan = sampled("monte_carlo", std::int64_t{1} << 40);
  const Design design(plan);
  const std::int64_t number = (std::int64_t{1} << 39) + 12345;
  for (std::uint32_t d = 0; d < 4; ++d) {
    const auto words = philox({d / 2, 0, 16U << 24 | static_cast<std::uint32_t>(number >> 32), 12345}, {861, 0});
    const std::size_t at = d % 2 == 0 ? 0 : 2;
    const std::uint64_t bits = static_cast<std::uint64_t>(words[at]) << 20 | words[at + 1] >> 12;
    EXPECT_EQ(design.probability(number, d), (static_cast<double>(bits) + 0.5) / 0x1p52);
  }
}

TEST(Design, MonteCarloIsUniformAndItsDimensionsIndependent) {
  constexpr int points = 40000;
  const Plan plan = sampled("monte_carlo", points);
  const Design design(plan);
  double mean = 0, square = 0, product = 0;
  for (int n = 0; n < points; ++n) {
    const double x = design.probability(n, 0) - 0.5, y = design.probability(n, 1) - 0.5;
    mean += x / points;
    square += x * x / points;
    product += 12 * x * y / points;
  }
  EXPECT_LT(std::abs(mean), 4 / std::sqrt(12.0 * points));
  EXPECT_NEAR(square, 1.0 / 12, 4 * std::sqrt(1.0 / 180 / points));
  EXPECT_LT(std::abs(product), 4 / std::sqrt(points));
}

TEST(Design, LatinHypercubePutsOnePointInEachStratumOfEachDimension) {
  for (const std::int64_t points : {1, 2, 7, 1000}) {
    const Plan plan = sampled("latin_hypercube", points);
    const Design design(plan);
    for (std::size_t d = 0; d < plan.inputs.size(); ++d) {
      std::set<std::int64_t> strata;
      for (std::int64_t n = 0; n < points; ++n) {
        strata.insert(static_cast<std::int64_t>(design.probability(n, d) * static_cast<double>(points)));
      }
      EXPECT_EQ(strata.size(), static_cast<std::size_t>(points)) << "dimension " << d;
      EXPECT_LT(*strata.rbegin(), points);
    }
  }
}

TEST(Design, LatinHypercubeDimensionsAreNotAligned) {
  constexpr int points = 10000;
  const Plan plan = sampled("latin_hypercube", points);
  const Design design(plan);
  for (std::size_t d = 1; d < plan.inputs.size(); ++d) {
    double product = 0;
    for (int n = 0; n < points; ++n)
      product += 12 * (design.probability(n, 0) - 0.5) * (design.probability(n, d) - 0.5);
    EXPECT_LT(std::abs(product / points), 4 / std::sqrt(points)) << "dimension " << d;
  }
}

TEST(Design, ProbabilitiesAreNeverZeroOrOne) {
  for (const auto& method : methods) {
    const std::int64_t points = method == "sobol" ? std::int64_t{1} << 32 : std::int64_t{1} << 40;
    const Plan plan = sampled(method, points);
    const Design design(plan);
    for (std::int64_t n = 0; n < 5000; ++n) {
      const double u = design.probability(n % 2 == 0 ? n : points - n, static_cast<std::size_t>(n % 7));
      EXPECT_TRUE(u > 0 && u < 1) << method << " " << u;
    }
  }
}

TEST(Design, SobolBalancesChoicesExactly) {
  const Plan plan = sampled("sobol", 1024, "every = choice(1, 3, 6, 12)\n");
  const Design design(plan);
  std::map<double, int> counts;
  std::vector<double> inputs(plan.inputs.size());
  for (std::int64_t n = 0; n < 1024; ++n) {
    design.point(n, 0, inputs);
    ++counts[inputs[3]];
  }
  ASSERT_EQ(counts.size(), 4U);
  for (const auto& [value, count] : counts) EXPECT_EQ(count, 256) << value;
}

/// Bias and variance over seeds of the estimate of the integral of x y z, whose value is 1/8.
std::pair<double, double> bias_and_variance(const std::string& method) {
  constexpr int seeds = 200, points = 256;
  Plan plan = sampled(method, points);
  double sum = 0, squares = 0;
  for (int seed = 0; seed < seeds; ++seed) {
    plan.seed = static_cast<std::uint64_t>(seed);
    const Design design(plan);
    double mean = 0;
    for (int n = 0; n < points; ++n) {
      mean += design.probability(n, 0) * design.probability(n, 3) * design.probability(n, 6) / points;
    }
    sum += (mean - 0.125) / seeds;
    squares += (mean - 0.125) * (mean - 0.125) / seeds;
  }
  return {sum, squares};
}

TEST(Design, EstimatesAreUnbiasedAndStratifiedOnesVaryLess) {
  const auto [mc_bias, mc] = bias_and_variance("monte_carlo");
  const double exact = (1.0 / 27 - 1.0 / 64) / 256;
  EXPECT_NEAR(mc / exact, 1, 4 * std::sqrt(2.0 / 200));
  EXPECT_LT(std::abs(mc_bias), 4 * std::sqrt(mc / 200));
  const auto [lhs_bias, lhs] = bias_and_variance("latin_hypercube");
  const double interaction = 1.0 / 27 - 1.0 / 64 - 3 * (1.0 / 12 / 16);  // the main effects x/4, y/4, z/4 are gone
  EXPECT_NEAR(lhs / (interaction / 256), 1, 4 * std::sqrt(2.0 / 200));
  EXPECT_LT(std::abs(lhs_bias), 4 * std::sqrt(lhs / 200));
  const auto [sobol_bias, sobol] = bias_and_variance("sobol");
  EXPECT_LT(sobol, mc / 50);
  EXPECT_LT(std::abs(sobol_bias), 4 * std::sqrt(sobol / 200));
}

TEST(Design, GridCountsWithItsLastDeclaredInputFastest) {
  const Plan plan = plan_of(base +
                            "[design]\nmethod = grid\n[inputs]\nmode = choice(none, loud)\ncount = integer(3, 5)\n"
                            "share = list(0.5, 0)\n");
  ASSERT_EQ(plan.points, 12);
  std::int64_t number = 0;
  for (const double share : {0.5, 0.0}) {
    for (const double count : {3.0, 4.0, 5.0}) {
      for (const double mode : {2.0, 1.0}) {
        const auto inputs = point(plan, number++);
        EXPECT_EQ(inputs[0], share);
        EXPECT_EQ(inputs[4], count);
        EXPECT_EQ(inputs[5], mode);
      }
    }
  }
}

TEST(Design, ListGivesItsRows) {
  testing::write_file("l.csv", "mode,share\nloud,0.25\nnone,1\n");
  const Plan plan = plan_of(base + "[design]\nmethod = list\nfile = l.csv\n[inputs]\nrate = 5\n");
  EXPECT_EQ(point(plan, 0), (std::vector<double>{0.25, 0, 5, 3, 2, 1, 1}));
  EXPECT_EQ(point(plan, 1), (std::vector<double>{1, 0, 5, 3, 2, 2, 1}));
}

TEST(Design, PoliciesCrossTheLeversWithTheLastFastest) {
  const Plan plan = plan_of(base + "[levers]\nrate = list(1, 2)\nshare = list(0, 0.5, 1)\n");
  const Design design(plan);
  std::vector<double> inputs(plan.inputs.size(), -99);
  std::int64_t number = 0;
  for (const double rate : {1.0, 2.0}) {
    for (const double share : {0.0, 0.5, 1.0}) {
      design.policy(number++, inputs);
      EXPECT_EQ(inputs[2], rate);
      EXPECT_EQ(inputs[0], share);
    }
  }
  EXPECT_EQ(inputs[1], -99) << "other inputs are left alone";
}

}  // namespace
}  // namespace truce
