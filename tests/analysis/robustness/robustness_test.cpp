// Robustness: every metric by hand on five points, intervals by theory, and the same bytes for any number of ranks.
#include <cmath>
#include <cstring>

#include "analysis/fold/thresholds.hpp"
#include "analysis/robustness/metrics.hpp"
#include "analysis/robustness/robustness_part.hpp"
#include "kernels/math.hpp"
#include "kernels/philox.hpp"
#include "tests/analysis/made_result.hpp"

namespace truce::analysis {
namespace {

using test::answer;
using test::at;
using test::Made;
using test::Table;

/// The first point is the nearest to the defaults in none of the tests: where that matters it is looked up.
const Table five{{2, 4}, {10, 1}, {6, 6}, {4, 8}, {8, 1}};

TEST(Robustness, EveryMetricOfFivePointsByHand) {
  const Made made(five, 1);
  Settings settings = made.settings();
  settings.thresholds = {{settings.series[0], 5}};
  const auto tables = answer(made, settings);
  constexpr double bin = 9.0 / 8192;  // the widest range of f, and of regrets
  const auto value = [&](std::string_view metric, std::size_t goal, std::size_t policy) {
    return at(tables, "robustness", goal, policy, metric);
  };
  // f of policy 0: 2 4 6 8 10, of policy 1: 1 1 4 6 8
  EXPECT_EQ(value("maximin", 0, 0), 2);
  EXPECT_EQ(value("maximin", 1, 0), 10);
  EXPECT_EQ(value("maximax", 0, 1), 8);
  EXPECT_EQ(value("maximax", 1, 1), 1);
  EXPECT_EQ(value("hurwicz", 0, 1), 4.5);
  EXPECT_DOUBLE_EQ(value("laplace", 0, 0), 6);
  EXPECT_DOUBLE_EQ(value("laplace", 1, 1), 4);
  // regret of policy 0 where more is better: 2 0 0 4 0; where less is: 0 9 0 0 7
  EXPECT_EQ(value("minimax_regret", 0, 0), 4);
  EXPECT_EQ(value("minimax_regret", 1, 0), 9);
  EXPECT_EQ(value("minimax_regret", 1, 1), 4);
  EXPECT_NEAR(value("regret_q90", 0, 0), 4, bin);  // by Hazen's rule the fifth of five stands at 0.9
  EXPECT_NEAR(value("regret_q90", 1, 1), 4, bin);
  EXPECT_DOUBLE_EQ(value("mean_variance", 0, 0), 7 / (std::sqrt(10) + 1));
  EXPECT_DOUBLE_EQ(value("mean_variance", 1, 0), 7 * (std::sqrt(10) + 1));
  EXPECT_NEAR(value("undesirable_deviations", 0, 0), (4.0 + 2) / 5, bin);
  EXPECT_NEAR(value("undesirable_deviations", 1, 1), (2.0 + 4) / 5, bin);
  EXPECT_NEAR(value("percentile_skewness", 0, 1), ((8.0 + 1) / 2 - 4) / ((8.0 - 1) / 2), 2 * bin);
  EXPECT_NEAR(value("percentile_kurtosis", 0, 0), (10.0 - 2) / (8.5 - 3.5), 2 * bin);
  EXPECT_DOUBLE_EQ(value("starr", 0, 0), 0.6);
  EXPECT_DOUBLE_EQ(value("starr", 1, 1), 0.6);
  EXPECT_EQ(value("satisficing_1", 0, 1), value("starr", 0, 1));
  EXPECT_NEAR(value("regret_2", 0, 0), 0.5, bin);  // 2/4 0 0 4/8 0
  EXPECT_NEAR(value("regret_2", 1, 0), 9, bin);    // 0 9/1 0 0 7/1
  const auto base = static_cast<std::size_t>(at(tables, "robustness_baseline", 0, 0));
  const double baseline = five[base][0];
  double departure = 0;
  for (const auto& f : five) departure = std::max(departure, std::abs(f[0] - baseline) / baseline);
  EXPECT_NEAR(value("regret_1", 0, 0), departure, bin);
  EXPECT_EQ(at(tables, "robustness_points", 0, 0), 5);
  EXPECT_EQ(at(tables, "robustness_rank", 0, 0, "laplace"), 1);
  EXPECT_EQ(at(tables, "robustness_rank", 1, 0, "laplace"), 2);
  EXPECT_EQ(at(tables, "robustness_rank", 0, 0, "minimax_regret"), 1);  // 4 against 9
  EXPECT_NEAR(at(tables, "best_share", 0, 0), 2.5 / 5, 1e-12);          // the third point is shared
  EXPECT_NEAR(at(tables, "best_share", 1, 0), 2.5 / 5, 1e-12);
}

TEST(Robustness, TheRadiusEndsAtTheNearestPointThatFails) {
  const test::Study study(test::ruin("replicates = 4\n"), {"--design.points=50"});
  const Design design(study.plan);
  const std::size_t input = 2;  // win_probability, uniform(0.4, 0.6), 0.5 by default
  ASSERT_EQ(study.plan.kernel->inputs[input].name, "win_probability");
  Table months;
  double nearest = 1;
  for (std::int64_t base = 0; base < 50; ++base) {
    const double distance = std::abs(design.value(base, 0, input) - study.plan.kernel->inputs[input].standard) / 0.2;
    if (distance > 0.3) nearest = std::min(nearest, distance);
    months.push_back({distance > 0.3 ? 1.0 : 9.0, 9});
  }
  const Made made(months, 1);
  Settings settings = made.settings();
  settings.thresholds = {{settings.series[0], 5}};
  const auto tables = answer(made, settings);
  EXPECT_NEAR(at(tables, "robustness", 0, 0, "satisficing_2"), nearest, 2.0 / 255);
  EXPECT_GT(at(tables, "robustness", 0, 1, "satisficing_2"), nearest);  // no point fails: the farthest one
}

/// Evenly on 0..10 in random order, and the same squared.
Table uniform_months(std::size_t points) {
  std::vector<std::pair<std::uint32_t, std::size_t>> order;
  for (std::size_t p = 0; p < points; ++p) order.emplace_back(Stream{5, p}.block(0, 0)[0], p);
  std::ranges::sort(order);
  Table months;
  for (const auto& [lot, p] : order) {
    const double u = (static_cast<double>(p) + 0.5) / static_cast<double>(points);
    months.push_back({10 * u, 10 * u * u});
  }
  return months;
}

TEST(Robustness, QuantilesAndIntervalsAreThoseOfTheDistribution) {
  const Made made(uniform_months(4000), 1);
  const auto tables = answer(made, made.settings(400));
  EXPECT_NEAR(at(tables, "robustness", 0, 0, "percentile_kurtosis"), 0.8 / 0.5, 0.002);
  EXPECT_NEAR(at(tables, "robustness", 0, 1, "percentile_kurtosis"), (0.81 - 0.01) / (0.5625 - 0.0625), 0.002);
  EXPECT_NEAR(at(tables, "robustness", 0, 0, "undesirable_deviations"), 1.25, 0.002);
  // 10 (u - u^2): its 90th percentile is 2.475
  EXPECT_NEAR(at(tables, "robustness", 0, 1, "regret_q90"), 2.475, 0.002);
  EXPECT_NEAR(at(tables, "robustness_threshold", 0, 0), 5, 0.002);
  const double half = 1.96 * 10 / std::sqrt(12.0 * 4000);
  const double low = at(tables, "robustness_low", 0, 0, "laplace"),
               high = at(tables, "robustness_high", 0, 0, "laplace");
  EXPECT_NEAR((high - low) / 2, half, 0.2 * half);  // from 400 resamples
  EXPECT_NEAR((high + low) / 2, 5, 0.3 * half);
  const double kurtosis_low = at(tables, "robustness_low", 0, 0, "percentile_kurtosis");
  EXPECT_LT(kurtosis_low, 1.6);
  EXPECT_GT(kurtosis_low, 1.5);
  EXPECT_EQ(at(tables, "robustness_rank_stability", 0, 0, "laplace"), 1);
}

TEST(Robustness, IsTheSameForAnyNumberOfRanks) {
  const Made made(uniform_months(700), 1);
  Settings settings = made.settings();
  settings.series.clear();  // all: more than there are ranks, or not as many
  for (std::size_t s = 0; s < made.data.series().size(); ++s) settings.series.push_back(s);
  const auto expected = answer(made, settings);
  const std::int64_t means = made.data.bases() * made.data.plan().policies();
  for (const auto& [ranks, most_alone] : std::vector<std::pair<int, std::int64_t>>{
           {2, means}, {5, means}, {static_cast<int>(settings.series.size()) + 1, means}, {2, means - 1}, {3, 0}}) {
    run_threads(ranks, 1, [&, most = most_alone](Crew& crew) {
      const Dataset own(made.data.path());
      const auto tables = robustness_tables({crew, own, settings}, most);
      ASSERT_EQ(tables.size(), crew.rank() == 0 ? expected.size() : 0);
      for (std::size_t t = 0; t < tables.size(); ++t)
        for (std::size_t a = 0; a < tables[t].answers.size(); ++a) {
          const auto &x = tables[t].answers[a].values, &y = expected[t].answers[a].values;
          EXPECT_EQ(std::memcmp(x.data(), y.data(), y.size() * sizeof(double)), 0) << tables[t].answers[a].name;
        }
    });
  }
}

TEST(Robustness, DecidesNothingFromFewerThanTenRuns) {
  for (const double runs : {9.0, 10.0}) {
    const Made made(five, 1e-6, runs);
    const auto tables = answer(made, made.settings());
    EXPECT_EQ(at(tables, "best_points", 0, 0), 5);
    EXPECT_EQ(at(tables, "best_decided", 0, 0), runs < 10 ? 0 : 0.4);  // two points each; one is shared
    EXPECT_NEAR(at(tables, "best_undecided_higher", 0, 0), runs < 10 ? 1 : 0.2, 1e-12);
  }
}

TEST(Robustness, PointsThatAreNotDefinedUnderEveryPolicyAreLeftOut) {
  Table months = uniform_months(100);
  for (std::size_t p = 0; p < 100; p += 2) months[p][1] = NAN;
  const Made made(months, 1);
  const auto tables = answer(made, made.settings());
  EXPECT_EQ(at(tables, "robustness_points", 0, 0), 50);
  EXPECT_EQ(at(tables, "best_points", 0, 0), 50);
  double sum = 0;
  for (std::size_t p = 1; p < 100; p += 2) sum += months[p][0] / 50;
  EXPECT_NEAR(at(tables, "robustness", 0, 0, "laplace"), sum, 1e-12);
}

TEST(Thresholds, AreReadStrictly) {
  const Made made(five, 1);
  EXPECT_EQ(parse_threshold(made.data, "war_months=2.5"),
            (std::pair<std::size_t, double>{made.data.find_series("war_months"), 2.5}));
  const auto refused = [&](const std::string& text, const std::string& problem) {
    const std::string said = test::error_of([&] { parse_threshold(made.data, text); }).second;
    EXPECT_NE(said.find(problem), std::string::npos) << text;
  };
  refused("war_months", "has no value");
  refused("war_month=2", "did you mean");
  refused("war_months=two", "--thresholds");
}

}  // namespace
}  // namespace truce::analysis
