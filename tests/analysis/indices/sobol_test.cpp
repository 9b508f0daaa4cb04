// Sobol' indices: against closed forms, against the formulas written plainly, and under chance.
#include "analysis/fold/bootstrap.hpp"
#include "analysis/indices/pick_freeze.hpp"
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

/// Within 4 standard errors, which the half-width is 1.96 of.
void expect_index(const Analysis& a, const std::string& answer, const std::string& input, const std::string& reading,
                  double expected) {
  EXPECT_NEAR(index_of(a, answer, input, reading), expected,
              4 * index_of(a, answer + "_conf", input, reading) / 1.96 + 1e-12)
      << answer << " of " << input << ", " << reading;
}

/// Numbers for a few base points of two factors, four rows each; two replicates.
Moments few() {
  Moments moments{Block(5 * 4, 1), Block(5 * 4, 1), Block(5 * 4, 1)};
  for (Eigen::Index row = 0; row < 20; ++row) {
    const auto r = static_cast<double>(row);
    moments.mean(row, 0) = 100 + std::sin(r * r), moments.var(row, 0) = 1 + r / 7,
                      moments.n(row, 0) = row % 3 == 0 ? 2 : 5;
  }
  return moments;
}

TEST(PickFreeze, IsTheFormulaWrittenPlainlyForAnyShift) {
  const Moments moments = few();
  double c = 0, v = 0, m = 0, of_means = 0, of_runs = 0, n[2] = {0, 0}, j[2] = {0, 0};
  for (int r = 0; r < 20; ++r) {
    c += moments.mean(r, 0) / 20;
    of_means += moments.var(r, 0) / moments.n(r, 0) / 20;
    of_runs += moments.var(r, 0) / 20;
  }
  for (int b = 0; b < 5; ++b) m += (moments.mean(4 * b, 0) + moments.mean(4 * b + 3, 0)) / 10;
  for (int b = 0; b < 5; ++b) {
    const auto y = [&](int member) { return moments.mean(4 * b + member, 0); };
    v += (std::pow(y(0) - m, 2) + std::pow(y(3) - m, 2)) / 10;
    for (int i = 0; i < 2; ++i) {
      n[i] += (y(3) - c) * (y(1 + i) - y(0)) / 5;
      j[i] += std::pow(y(0) - y(1 + i), 2) / 10;
    }
  }
  for (const double shift : {0.0, 99.5}) {
    std::vector<double> sums(PickFreeze::width(2), 0);
    PickFreeze::add(moments, 0, shift, 2, sums);
    const PickFreeze found(sums);
    EXPECT_EQ(found.count(), 5);
    EXPECT_NEAR(found.variance(), v, 1e-10);
    EXPECT_NEAR(found.noise_of_mean(), of_means, 1e-12);
    EXPECT_NEAR(found.noise_of_run(), of_runs, 1e-12);
    EXPECT_NEAR(found.of_one_run(), v - of_means + of_runs, 1e-10);
    for (std::size_t i = 0; i < 2; ++i) {
      EXPECT_NEAR(found.main(i), n[i], 1e-10);
      EXPECT_NEAR(found.total(i), j[i], 1e-12);
    }
  }
}

TEST(PickFreeze, LeavesOutBasePointsWithAMemberThatIsDefinedTooSeldom) {
  Moments moments = few();
  std::vector<double> all(PickFreeze::width(2), 0), without(PickFreeze::width(2), 0), rest(PickFreeze::width(2), 0);
  PickFreeze::add(moments, 0, 100, 2, all);
  const Moments last{moments.mean.bottomRows(4), moments.var.bottomRows(4), moments.n.bottomRows(4)};
  PickFreeze::add(last, 0, 100, 2, rest);
  moments.n(17, 0) = 1;  // a step of the last base point
  PickFreeze::add(moments, 0, 100, 2, without);
  for (std::size_t i = 0; i < all.size(); ++i) EXPECT_NEAR(without[i], all[i] - rest[i], 1e-12);
  moments.n(17, 0) = 0, moments.mean(17, 0) = NAN;
  std::vector<double> of_one(PickFreeze::width(2), 0);
  PickFreeze::add(moments, 0, 100, 1, of_one);
  EXPECT_EQ(of_one[0], 4);
}

TEST(SobolIndices, OfIshigamiAreTheClosedForms) {
  const Study study(four_inputs("saltelli\npoints = 2048", 2));
  const Analysis a = analyzed(made_function(study.plan, test::ishigami), {"sobol"});
  for (std::size_t i = 0; i < 4; ++i) {
    for (const std::string reading : {"mean_response", "one_run", "uncorrected"}) {
      EXPECT_NEAR(index_of(a, "S1", four_names[i], reading), Ishigami::first[i], 0.02) << i;
      EXPECT_NEAR(index_of(a, "ST", four_names[i], reading), Ishigami::total[i], 0.02) << i;
      expect_index(a, "S1", four_names[i], reading, Ishigami::first[i]);
      expect_index(a, "ST", four_names[i], reading, Ishigami::total[i]);
    }
    EXPECT_TRUE(std::isnan(index_of(a, "S1", four_names[i], "common_random_numbers")));
  }
  EXPECT_EQ(index_of(a, "ST", "patron_floor", "mean_response"), 0) << "an inert input moves nothing";
  EXPECT_EQ(index_of(a, "ST_outside", "patron_floor", "mean_response"), 0);
  EXPECT_NEAR(number(a, "response_variance", {"welfare_a", "all"}), Ishigami::variance, 0.3);
  EXPECT_EQ(number(a, "chance_share", {"welfare_a", "all"}), 0);
}

TEST(SobolIndices, OfTheGFunctionAreTheClosedForms) {
  const double a[] = {0, 1, 4.5, 9};
  const auto g = [&](std::span<const double> u) {
    double product = 1;
    for (std::size_t i = 0; i < 4; ++i) product *= (std::abs(4 * u[i] - 2) + a[i]) / (1 + a[i]);
    return product;
  };
  double v[4], all = 1;
  for (int i = 0; i < 4; ++i) v[i] = 1 / (3 * (1 + a[i]) * (1 + a[i])), all *= 1 + v[i];
  const Study study(four_inputs("saltelli\npoints = 2048", 2));
  const Analysis found = analyzed(made_function(study.plan, g), {"sobol"});
  for (std::size_t i = 0; i < 4; ++i) {
    expect_index(found, "S1", four_names[i], "mean_response", v[i] / (all - 1));
    expect_index(found, "ST", four_names[i], "mean_response", v[i] * all / (1 + v[i]) / (all - 1));
    EXPECT_NEAR(index_of(found, "ST", four_names[i], "mean_response"), v[i] * all / (1 + v[i]) / (all - 1), 0.03);
  }
}

/// Ishigami with chance whose spread the second input moves; its mean square is 3/2 of Ishigami's variance times 2.
double spread(std::span<const double> u) { return std::sqrt(3 * Ishigami::variance) * std::sqrt(2 * u[1]); }

TEST(SobolIndices, OfAnInertInputAreZeroUnderChanceOnceCorrected) {
  const Study study(four_inputs("saltelli\npoints = 2048", 2));
  const Analysis a = analyzed(made_function(study.plan, test::ishigami, spread), {"sobol"});
  EXPECT_GT(index_of(a, "ST", "patron_floor", "uncorrected"), 0.5) << "chance is taken for interaction";
  EXPECT_LT(index_of(a, "ST_low", "patron_floor", "mean_response"), 0);
  EXPECT_GT(index_of(a, "ST_high", "patron_floor", "mean_response"), 0);
  const double variance = Ishigami::variance, chance = 3 * Ishigami::variance;
  for (std::size_t i = 0; i < 4; ++i) {
    expect_index(a, "ST", four_names[i], "mean_response", Ishigami::total[i]);
    expect_index(a, "S1", four_names[i], "mean_response", Ishigami::first[i]);
    expect_index(a, "ST", four_names[i], "one_run", Ishigami::total[i] * variance / (variance + chance));
    expect_index(a, "S1", four_names[i], "one_run", Ishigami::first[i] * variance / (variance + chance));
    expect_index(a, "ST", four_names[i], "uncorrected",
                 (Ishigami::total[i] * variance + chance / 2) / (variance + chance / 2));
  }
  const std::vector<std::string> here{"welfare_a", "all"};
  EXPECT_LT(number(a, "chance_share_low", here), 0.75);
  EXPECT_GT(number(a, "chance_share_high", here), 0.75);
  EXPECT_NEAR(number(a, "sobol_noise_of_run", here), 2 * number(a, "sobol_noise_of_mean", here), 1e-9);
}

TEST(SobolIndices, OfUnequalReplicatesTakeThePooledNoiseOfEachRow) {
  const Study study(four_inputs("saltelli\npoints = 512", 2));
  const auto unequal = [](const std::string& column, std::int64_t row, double value) {
    if (column == "welfare_a_n") return row % 2 == 0 ? 2.0 : 8.0;
    return column == "welfare_a_var" ? 4.0 : value;
  };
  const Analysis a = analyzed(made_function(study.plan, test::ishigami, {}, unequal), {"sobol"});
  EXPECT_NEAR(number(a, "sobol_noise_of_mean", {"welfare_a", "all"}), (4.0 / 2 + 4.0 / 8) / 2, 1e-12);
  EXPECT_NEAR(number(a, "sobol_noise_of_run", {"welfare_a", "all"}), 4, 1e-12);
}

TEST(SobolIndices, WithCommonRandomNumbersHaveAReadingOfTheirOwnAlone) {
  const Study study(four_inputs("saltelli\npoints = 256", 2), {"--study.common_random_numbers=yes"});
  const Analysis a = analyzed(made_function(study.plan, test::ishigami, spread), {"sobol", "given_data"});
  for (const std::string answer : {"S1", "ST"}) {
    for (const std::string reading : {"mean_response", "one_run", "uncorrected"})
      EXPECT_TRUE(std::isnan(index_of(a, answer, "cynicism", reading))) << reading;
    EXPECT_FALSE(std::isnan(index_of(a, answer, "cynicism", "common_random_numbers")));
  }
  EXPECT_TRUE(std::isnan(index_of(a, "S1_rank", "cynicism", "mean_response")));
  EXPECT_FALSE(std::isnan(index_of(a, "S1_rank", "cynicism", "common_random_numbers")));
  EXPECT_TRUE(std::isnan(number(a, "chance_share", {"welfare_a", "all"})));
}

TEST(SobolIndices, OfOneReplicateAreUncorrectedAlone) {
  const Study study(four_inputs("saltelli\npoints = 512", 1));
  const Analysis a = analyzed(made_function(study.plan, test::ishigami), {"sobol"});
  for (const std::string reading : {"mean_response", "one_run", "common_random_numbers"})
    EXPECT_TRUE(std::isnan(index_of(a, "ST", "cynicism", reading))) << reading;
  expect_index(a, "ST", "cynicism", "uncorrected", Ishigami::total[1]);
  EXPECT_NE(a.tables[0].summary.find("one replicate"), std::string::npos);
}

TEST(SobolIndices, OfAGroupAreThoseOfItsInputsTogether) {
  const Study study(four_inputs("saltelli\npoints = 1024", 2, "[groups]\nboth = autocracy_a, patron_support\n"));
  const Analysis a = analyzed(made_function(study.plan, test::ishigami), {"sobol"});
  expect_index(a, "S1", "both", "mean_response", Ishigami::first[0] + Ishigami::total[2]);
  expect_index(a, "ST", "both", "mean_response", Ishigami::total[0]);
  expect_index(a, "ST", "cynicism", "mean_response", Ishigami::total[1]);
}

TEST(SobolIndices, CountTheBasePointsThatTheyLeaveOut) {
  const Study study(four_inputs("saltelli\npoints = 64", 2));
  const auto seldom = [](const std::string& column, std::int64_t row, double value) {
    return column == "welfare_a_n" && row % 60 == 7 ? 1 : value;  // of every tenth base point
  };
  const Analysis a = analyzed(made_function(study.plan, test::ishigami, {}, seldom), {"sobol"});
  EXPECT_EQ(number(a, "sobol_left_out", {"welfare_a", "all"}), 7);
  EXPECT_EQ(index_of(a, "sobol_n", "cynicism", "mean_response"), 57);
}

TEST(SobolIndices, AreNotToldOfTooFewPointsNorOfNothing) {
  const std::vector<std::string> readings{"mean_response", "one_run", "uncorrected"};
  const auto told = [&](const std::string& points, test::OfInputs mean) {
    const Study study(four_inputs("saltelli\npoints = " + points, 2));
    const auto unit = [](std::span<const double>) { return 1.0; };
    const Analysis a = analyzed(made_function(study.plan, std::move(mean), unit), {"sobol", "given_data"});
    std::vector<double> all;
    for (const std::string answer : {"sobol_told", "given_data_told"})
      for (const auto& reading : readings) all.push_back(index_of(a, answer, "cynicism", reading));
    return all;
  };
  EXPECT_EQ(told("512", test::ishigami), (std::vector<double>{1, 1, 1, 1, 1, 1}));
  EXPECT_EQ(told("512", [](std::span<const double>) { return 3.0; }), (std::vector<double>{0, 1, 1, 0, 1, 1}));
  EXPECT_EQ(told("8", test::ishigami), (std::vector<double>{0, 0, 0, 0, 0, 0}));
}

TEST(SobolIndices, HaveTheIntervalsOfABootstrapOverRows) {
  const Study study(four_inputs("saltelli\npoints = 4096", 2));
  const auto file = made_function(study.plan, test::ishigami, spread);
  const Analysis grouped = analyzed(file, {"sobol"});
  const Dataset data(file);
  MomentsReader reader(data, data.find_series("welfare_a"));
  GroupSums rows = GroupSums::Zero(4096, static_cast<Eigen::Index>(PickFreeze::width(4)));
  for (std::int64_t b = 0; b < 4096; ++b)
    PickFreeze::add(reader.read({b, 1}), 0, 0, 2, {&rows(b, 0), PickFreeze::width(4)});
  const GroupSums resamples = resampled(bootstrap_weights(5, 4096, 1000), rows);
  for (std::size_t i = 0; i < 4; ++i) {
    const Estimate total_of_rows = estimate(total(rows), resamples, 0.95, [&](std::span<const double> sums) {
      const PickFreeze found(sums);
      return (found.total(i) - found.noise_of_mean()) / found.response();
    });
    const double width = total_of_rows.high - total_of_rows.low;
    EXPECT_NEAR(index_of(grouped, "ST", four_names[i], "mean_response"), total_of_rows.value, 1e-9);
    EXPECT_NEAR(2 * index_of(grouped, "ST_conf", four_names[i], "mean_response"), width, 0.15 * width);
    EXPECT_NEAR(index_of(grouped, "ST_high", four_names[i], "mean_response"), total_of_rows.high, 0.1 * width);
  }
}

}  // namespace
}  // namespace truce::analysis
