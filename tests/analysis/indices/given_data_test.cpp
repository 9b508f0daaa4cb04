// Sensitivity from samples: the rank estimator and regional distances against closed forms, and what makes runs fail.
#include <numeric>

#include "analysis/fold/bootstrap.hpp"
#include "analysis/indices/kolmogorov.hpp"
#include "analysis/indices/rank_estimator.hpp"
#include "analysis/indices/sample.hpp"
#include "tests/analysis/indices/made_function.hpp"

namespace truce::analysis {
namespace {

using test::analyzed;
using test::four_inputs;
using test::four_names;
using test::index_of;
using test::Ishigami;
using test::made_function;
using test::number;
using test::Study;

TEST(RankOrder, PutsEqualValuesInRandomOrderAndMarksTheirEnds) {
  std::vector<double> values(4000);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = i % 2 == 0 ? 2 : 1;
  const RankOrder order = rank_order(values, 861);
  EXPECT_EQ(std::ranges::count(order.ends, true), 2);
  EXPECT_TRUE(order.ends[1999]);
  for (std::size_t rank = 0; rank < 4000; ++rank) ASSERT_EQ(values[order.rows[rank]], rank < 2000 ? 1 : 2);
  double rises = 0;
  for (std::size_t rank = 1; rank < 2000; ++rank) rises += order.rows[rank] > order.rows[rank - 1] ? 1 : 0;
  EXPECT_NEAR(rises / 1999, 0.5, 4 / std::sqrt(12 * 1999.0));  // variance of the share of ascents: 1 / (12 n)
}

TEST(RankOrder, ClassesAreOfEqualSizeAndLeaveEqualValuesTogether) {
  std::vector<double> values(1000);
  std::iota(values.begin(), values.end(), 0);
  const RankOrder order = in_classes(rank_order(values, 861), 8);
  for (std::size_t rank = 0; rank < 1000; ++rank) ASSERT_EQ(order.ends[rank], (rank + 1) % 125 == 0) << rank;
  for (double& value : values) value = value < 130 ? 0 : value < 400 ? 1 : 2;
  const RankOrder equal = in_classes(rank_order(values, 861), 8);
  EXPECT_EQ(std::ranges::count(equal.ends, true), 3);
  EXPECT_TRUE(equal.ends[129] && equal.ends[399] && equal.ends[999]);
  EXPECT_EQ(classes_for(1), 1u);
  EXPECT_EQ(classes_for(4096), 16u);
  EXPECT_EQ(classes_for(1 << 20), 128u);
}

TEST(RankEstimator, IsTheFormulaWrittenPlainly) {
  const std::vector<double> x{3, 1, 2, 5, 4};
  SampledValues values{{1, 4, NAN, 2, 7}, {0.5, 0.5, 0, 0.25, 0.75}, {1, 1, 0, 1, 3}, 4};
  const GroupSums sums = RankSums::of(rank_order(x, 1), values);
  Eigen::ArrayXd all = sums.colwise().sum();
  const double mean = 14 / 4.0, square = (1 + 16 + 4 + 49) / 4.0 - mean * mean;
  const double next = (4 * 1 + 1 * 7 + 7 * 2 + 2 * 4) / 4.0 - mean * mean;  // by x: 4, 1, 7, 2, then 4 again
  const std::span<const double> found(all.data(), static_cast<std::size_t>(all.size()));
  EXPECT_NEAR(RankSums::index(found, Reading::uncorrected), next / square, 1e-12);
  EXPECT_NEAR(RankSums::index(found, Reading::mean_response), next / (square - 0.5), 1e-12);
  EXPECT_NEAR(RankSums::index(found, Reading::one_run), next / (square - 0.5 + 1.5), 1e-12);
}

/// All orders of rows with equal inputs, each by the plain formula.
double mean_over_orders(const std::vector<double>& x, const std::vector<double>& y) {
  std::vector<std::size_t> order(x.size());
  std::iota(order.begin(), order.end(), 0);
  double sum = 0, orders = 0, mean = 0;
  for (const double value : y) mean += value / static_cast<double>(y.size());
  do {
    if (!std::ranges::is_sorted(order, {}, [&](std::size_t row) { return x[row]; })) continue;
    for (std::size_t j = 0; j < order.size(); ++j)
      sum += (y[order[j]] - mean) * (y[order[(j + 1) % order.size()]] - mean);
    orders += 1;
  } while (std::ranges::next_permutation(order).found);
  return sum / orders;
}

TEST(RankEstimator, OfEqualInputsItIsTheMeanOverAllTheirOrders) {
  const std::vector<double> y{1, 4, 2, 7, -3, 5, 0.5};
  for (const std::vector<double>& x :
       {std::vector<double>{1, 2, 1, 1, 3, 2, 4}, {1, 1, 2, 2, 2, 1, 1}, {5, 5, 5, 5, 5, 5, 5}, {7, 6, 5, 4, 3, 2, 1}})
    for (const std::uint64_t seed : {1, 2}) {
      const SampledValues values{y, std::vector<double>(7), std::vector<double>(7), 7};
      EXPECT_NEAR(RankSums::of(rank_order(x, seed), values).col(3).sum(), mean_over_orders(x, y), 1e-12) << seed;
    }
  // a row that does not count ends no run of equals, nor joins two
  const SampledValues some{{1, NAN, 2, 7, NAN}, std::vector<double>(5), std::vector<double>(5), 3};
  EXPECT_NEAR(RankSums::of(rank_order(std::vector<double>{1, 1, 1, 2, 2}, 1), some).col(3).sum(),
              mean_over_orders({1, 1, 2}, {1, 2, 7}), 1e-12);
}

TEST(RankEstimator, KeepsNeighboursInOneBlock) {
  constexpr std::size_t rows = 1000;
  SampledValues values{dummy_values(rows, 9), std::vector<double>(rows), std::vector<double>(rows), rows};
  const GroupSums sums = RankSums::of(rank_order(values.mean, 1), values);
  ASSERT_EQ(sums.rows(), RankSums::most_blocks);
  EXPECT_EQ(sums.col(0).sum(), rows);
  for (Eigen::Index b = 1; b < sums.rows(); ++b)
    ASSERT_GT(sums(b, 1) / sums(b, 0), sums(b - 1, 1) / sums(b - 1, 0)) << "a block holds values next to each other";
}

TEST(GivenData, FindsTheIndicesOfIshigamiUnderChanceInAnyDesign) {
  const auto spread = [](std::span<const double> u) { return std::sqrt(Ishigami::variance * 2 * u[1]); };
  for (const std::string design : {"monte_carlo\npoints = 8192", "saltelli\npoints = 4096"}) {
    const Study study(four_inputs(design, 2));
    const Analysis a = analyzed(made_function(study.plan, test::ishigami, spread), {"given_data"});
    EXPECT_EQ(index_of(a, "given_data_n", "dummy", "mean_response"), 8192);
    for (std::size_t i = 0; i < 4; ++i) {
      const std::string& name = four_names[i];
      const double share[] = {1, 0.5, 1 / 1.5};  // of Ishigami in the variance of the mean, of one run, of means of two
      const std::string readings[] = {"mean_response", "one_run", "uncorrected"};
      for (int r = 0; r < 3; ++r)
        EXPECT_NEAR(index_of(a, "S1_rank", name, readings[r]), Ishigami::first[i] * share[r],
                    4 * index_of(a, "S1_rank_conf", name, readings[r]) / 1.96)
            << design << ", " << name << ", " << readings[r];
    }
    EXPECT_LT(index_of(a, "S1_rank_low", "dummy", "mean_response"), 0);
    EXPECT_GT(index_of(a, "S1_rank_high", "dummy", "mean_response"), 0);
    EXPECT_LT(index_of(a, "S1_rank_conf", "cynicism", "mean_response"), 0.1);
  }
}

/// Neighbours of a Sobol' sequence are no random pairs in the other inputs: without classes indices of 0.5 came out as
/// 0.3, and those of 0 as -0.3. A class of n rows may lower an index by 1 / n, and hides 1 / classes^2 of a straight
/// line.
TEST(GivenData, FindsTheIndicesOfASumOnSobolPoints) {
  const auto sum = [](std::span<const double> u) { return u[0] + u[1]; };
  const auto none = [](std::span<const double>) { return 0.0; };
  for (const std::string method : {"sobol", "monte_carlo"}) {
    const Study study(four_inputs(method + "\npoints = 4096", 2));
    const Analysis a = analyzed(made_function(study.plan, sum, none), {"given_data"});
    EXPECT_EQ(a.tables[0].summary.find("in 16 classes of ranks") != std::string::npos, method == "sobol");
    const double error = method == "sobol" ? 1.0 / 256 + 1.0 / (16 * 16) : 0.06;
    for (std::size_t i = 0; i < 4; ++i)
      EXPECT_NEAR(index_of(a, "S1_rank", four_names[i], "mean_response"), i < 2 ? 0.5 : 0, error) << method << i;
  }
}

/// What coverage means: over many samples an interval holds the truth as often as it says. Inputs of `levels` values,
/// 0 for any, have half of the variance.
double coverage(int levels) {
  const GroupSums weights = bootstrap_weights(3, RankSums::most_blocks, 400);
  int held = 0;
  constexpr int samples = 300;
  for (std::uint32_t s = 0; s < samples; ++s) {
    constexpr std::size_t rows = 1024;
    std::vector<double> x(rows);
    SampledValues values{std::vector<double>(rows), std::vector<double>(rows), std::vector<double>(rows), rows};
    for (std::uint32_t r = 0; r < rows; ++r) {
      const Words words = Stream{5, s, r}.block(98, 0);
      x[r] = levels == 0 ? uniform(words[0]) : std::floor(levels * uniform(words[0]));
      const double spread = levels == 0 ? 1 : std::sqrt(levels * levels - 1.0);  // of floor, in sqrt(1 / 12)
      values.mean[r] = x[r] + spread * uniform(words[1]);
    }
    const GroupSums sums = RankSums::of(rank_order(x, 1), values);
    const Estimate found = estimate(total(sums), resampled(weights, sums), 0.95, [](std::span<const double> of) {
      return RankSums::index(of, Reading::uncorrected);
    });
    held += found.low <= 0.5 && 0.5 <= found.high ? 1 : 0;
  }
  return held / double(samples);
}

TEST(GivenData, IntervalsHoldTheTruthAtTheirLevel) {
  for (const int levels : {0, 2, 3, 40})
    EXPECT_NEAR(coverage(levels), 0.95, 4 * std::sqrt(0.95 * 0.05 / 300)) << levels;
}

TEST(Kolmogorov, TailAndQuantileAreThoseOfTheTables) {
  EXPECT_NEAR(kolmogorov_tail(1.3581), 0.05, 1e-5);  // Smirnov 1948
  EXPECT_NEAR(kolmogorov_tail(1.6276), 0.01, 1e-5);
  EXPECT_NEAR(kolmogorov_tail(0.8276), 0.5, 1e-4);
  EXPECT_NEAR(kolmogorov_tail(1.18 - 1e-9), kolmogorov_tail(1.18 + 1e-9), 1e-7);
  EXPECT_EQ(kolmogorov_tail(0), 1);
  EXPECT_NEAR(kolmogorov_quantile(0.05), 1.3581, 1e-4);
}

TEST(Distance, OfASplitByZerosAndOnesIsThatOfTwoSamples) {
  const std::vector<double> x{1, 2, 3, 3, 5, 6}, happens{0, 0, 1, 0, 1, 1};
  const Split split = split_by_share(happens);
  EXPECT_NEAR(split.scale, std::sqrt(1 / 3.0 + 1 / 3.0), 1e-12);
  EXPECT_NEAR(distance(rank_order(x, 1), split), 2 / 3.0, 1e-12);  // at 2, and at 3 taken whole
  EXPECT_TRUE(split_by_share(std::vector<double>{1, 1, NAN}).weights.empty());
  EXPECT_EQ(split_by_median(std::vector<double>{0, 0, 0, 1, NAN}).share, 0.25) << "above, as most are at the median";
  EXPECT_EQ(split_by_median(std::vector<double>{4, 3, 2, 1}).threshold, 3);
}

TEST(Distance, OfAnInputThatPlaysNoPartIsBelowTheFloorAtItsLevel) {
  int below = 0;
  constexpr int samples = 400;
  std::vector<double> shares(200);
  for (std::uint32_t s = 0; s < samples; ++s) {
    for (std::uint32_t r = 0; r < 200; ++r) {
      const Words words = Stream{6, s, r}.block(97, 0);
      shares[r] = r % 2 == 0 ? uniform(words[1]) : uniform(words[1]) < 0.2 ? 1 : 0;
    }
    const Split split = split_by_share(shares);
    below += kolmogorov_tail(distance(rank_order(dummy_values(200, s), 1), split) / split.scale) > 0.05 ? 1 : 0;
  }
  EXPECT_GE(below / double(samples), 0.95 - 4 * std::sqrt(0.95 * 0.05 / samples));
  EXPECT_LE(below / double(samples), 0.999) << "the test is not useless";
}

TEST(Regional, DistanceOfAShareThatRisesWithAnInputIsOneHalf) {
  const Study study(four_inputs("sobol\npoints = 4096", 2));
  const test::MadeOutcome inputs(study.plan, {}, {});
  const auto share = [&](const std::string& column, std::int64_t row, double value) {
    if (column != "changed") return value;  // share of runs: the first input itself
    return inputs.inputs(row)[0];
  };
  const auto above = [](std::span<const double> u) { return u[1]; };
  const Analysis a = analyzed(made_function(study.plan, above, {}, share), {"regional"}, {"welfare_a", "changed"});
  const auto ks = [&](const std::string& answer, const std::string& outcome, const std::string& input) {
    return number(a, answer, {outcome, "all", input});
  };
  EXPECT_NEAR(ks("ks", "changed", "autocracy_a"), 0.5, 0.002);  // x^2 against 2x - x^2, at x = 1/2
  EXPECT_NEAR(ks("ks", "welfare_a", "cynicism"), 1, 1e-3);      // above the median, against below
  EXPECT_LT(ks("ks_p", "changed", "autocracy_a"), 1e-9);
  for (const std::string inert : {"patron_floor", "dummy"}) {
    EXPECT_LT(ks("ks", "changed", inert), ks("ks_floor", "changed", inert)) << inert;
    EXPECT_GT(ks("ks_p", "changed", inert), 0.05) << inert;
    EXPECT_LT(ks("ks_low", "welfare_a", inert), 0) << inert;
  }
  EXPECT_NEAR(number(a, "ks_threshold", {"welfare_a", "all"}), 0.5, 1e-3);
  EXPECT_TRUE(std::isnan(number(a, "ks_threshold", {"changed", "all"})));
  EXPECT_NEAR(number(a, "ks_share", {"changed", "all"}), 0.5, 1e-3);
}

TEST(Failures, AreTracedToTheInputThatMakesThem) {
  const Study study(four_inputs("sobol\npoints = 1024", 4));
  const test::MadeOutcome inputs(study.plan, {}, {});
  const auto fail = [&](const std::string& column, std::int64_t row, double value) {
    return column == "runs_failed" ? (inputs.inputs(row)[2] > 0.75 ? 2 : 0) : value;
  };
  const auto flat = [](std::span<const double>) { return 1.0; };
  const Analysis a = analyzed(made_function(study.plan, flat, {}, fail), {"failures"}, {});
  EXPECT_EQ(number(a, "failed_share", {"all"}), 0.125);
  EXPECT_NEAR(number(a, "failed_ks", {"all", "patron_support"}), 6 / 7.0, 1e-3);  // 1 - (1/4) (1/2) / (7/8)
  EXPECT_LT(number(a, "failed_ks", {"all", "cynicism"}), number(a, "failed_ks_floor", {"all", "cynicism"}));
  // shares 0 and 1/2 in 3/4 and 1/4 of the space: V = 3/64; noise of 4 runs with 2 failed: s2/n = 1/12 in a quarter
  const double variance = 3 / 64.0, noise = 1 / 48.0;
  EXPECT_NEAR(number(a, "failed_S1", {"all", "patron_support"}), variance / (variance - noise), 0.05);
  EXPECT_EQ(number(a, "failed_S1_outside", {"all", "patron_support"}), 1) << "raw, as these replicates are no sample";
  const Study sound(four_inputs("sobol\npoints = 64", 4));
  const Analysis none = analyzed(made_function(sound.plan, flat), {"failures", "regional"});
  for (const auto& table : none.tables) EXPECT_NE(table.name, "failures");
}

TEST(Sample, TakesOneBasePointOfEachStratumWhateverTheRanks) {
  const Study study(four_inputs("saltelli\npoints = 5000", 2));
  const auto file = made_function(study.plan, [](std::span<const double> u) { return u[0]; });
  const Dataset data(file);
  const Sample sample(data, 2 * 1500), whole(data);
  EXPECT_EQ(whole.rows(), 10000);
  EXPECT_EQ(sample.rows(), 3000);
  EXPECT_EQ(sample.of(), 10000);
  const auto crew = make_local_crew();
  const std::vector<double> alone = sample.input(*crew, 0);
  const Block means = sample.series(*crew, data.find_series("welfare_a")).mean;
  const std::size_t input = data.inputs()[0].input;
  const Design design(data.plan());
  std::int64_t base = -1;
  for (std::int64_t s = 0; s < 1500; ++s) {
    const double a = alone[static_cast<std::size_t>(2 * s)], b = alone[static_cast<std::size_t>(2 * s + 1)];
    do ++base;
    while (base < 5000 && design.value(base, 0, input) != a);
    ASSERT_LT(base, 5000);
    EXPECT_GE(base, s * 5000 / 1500 - 1);
    EXPECT_LE(base, (s + 1) * 5000 / 1500 + 1);
    EXPECT_EQ(design.value(base, 5, input), b) << "A and B of the same base point";
  }
  for (std::size_t i = 0; i < four_names.size(); ++i)
    if (data.inputs()[i].name == four_names[0]) {
      EXPECT_TRUE((means.col(0) == Eigen::Map<const Eigen::ArrayXd>(sample.input(*crew, i).data(), 3000)).all());
    }
  for (const int ranks : {2, 5})
    run_threads(ranks, 1, [&](Crew& each) {
      const Dataset own(file);
      const std::vector<double> values = Sample(own, 2 * 1500).input(each, 0);
      EXPECT_EQ(values, each.rank() == 0 ? alone : std::vector<double>{});
    });
}

}  // namespace
}  // namespace truce::analysis
