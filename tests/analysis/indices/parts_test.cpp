// Elementary effects, and what all parts of sensitivity share: bytes for any number of ranks, and SALib's problem.
#include "analysis/answers/salib_problem.hpp"
#include "tests/analysis/indices/made_function.hpp"
#include "tests/sweep/store/store_fixture.hpp"

namespace truce::analysis {
namespace {

using test::analyzed;
using test::four_inputs;
using test::four_names;
using test::made_function;
using test::number;
using test::Study;

double plane(std::span<const double> u) { return 3 * u[0] - 2 * u[1] + 0.5 * u[2]; }

TEST(Morris, EffectsOfAPlaneAreItsSlopes) {
  const double slopes[] = {3, -2, 0.5, 0};
  for (const std::string design : {"saltelli\npoints = 256", "morris\npoints = 256"}) {
    const Study study(four_inputs(design, 2));
    const Analysis a = analyzed(made_function(study.plan, plane), {"morris"});
    for (std::size_t i = 0; i < 4; ++i) {
      const std::vector<std::string> here{"welfare_a", "all", four_names[i]};
      EXPECT_NEAR(number(a, "mu", here), slopes[i], 1e-9);
      EXPECT_NEAR(number(a, "mu_star", here), std::abs(slopes[i]), 1e-9);
      EXPECT_NEAR(number(a, "sigma", here), 0, 1e-6);
      EXPECT_NEAR(number(a, "mu_low", here), slopes[i], 1e-9);
      EXPECT_EQ(number(a, "mu_star_chance", here), 0);
      // steps of at least 1/32: (31/32)^2 of them
      EXPECT_NEAR(number(a, "morris_n", here), 256 * 0.93848, 4 * std::sqrt(256 * 0.06 * 0.94));
    }
  }
}

TEST(Morris, EffectsAreThoseOfTheWholeRangeOfAnInput) {
  const Study study(four_inputs("morris\npoints = 512", 2), {"--inputs.cynicism=uniform(0.5, 0.75)"});
  const auto of_second = [](std::span<const double> u) { return 8 * u[1] * u[1]; };
  const Analysis a = analyzed(made_function(study.plan, of_second), {"morris"});
  const std::vector<std::string> here{"welfare_a", "all", "cynicism"};
  // (8/4) (x + x') over steps x to x' that are uniform in [0.5, 0.75]
  EXPECT_NEAR(number(a, "mu", here), 2 * 1.25, 4 * number(a, "mu_star_conf", here) / 1.96);
  EXPECT_NEAR(number(a, "mu_star", here), number(a, "mu", here), 1e-12);
  EXPECT_NEAR(number(a, "sigma", here), 2 * 0.25 / std::sqrt(6.0), 0.02);
}

TEST(Morris, EffectsOfChanceAreNamedAsSuch) {
  const Study study(four_inputs("morris\npoints = 2048", 4));
  const auto none = [](std::span<const double>) { return 5.0; };
  const auto spread = [](std::span<const double> u) { return 1 + u[0]; };
  const Analysis a = analyzed(made_function(study.plan, none, spread), {"morris"});
  for (const std::string& input : four_names) {
    const std::vector<std::string> here{"welfare_a", "all", input};
    EXPECT_NEAR(number(a, "mu_star_chance", here), number(a, "mu_star", here), number(a, "mu_star_conf", here));
    EXPECT_EQ(number(a, "morris_told", here), 0);
    EXPECT_LT(number(a, "mu_low", here), 0);
    EXPECT_GT(number(a, "mu_high", here), 0);
  }
}

/// Two replicates are the fewest, and chance depends on an input here: c |x3| z.
TEST(Morris, AnInertInputHasTheSizeOfChanceAtTwoReplicates) {
  const Study study(
      "[study]\nkernel = stochastic_ishigami\nseed = 7\nreplicates = 2\n[design]\nmethod = morris\npoints = 1024\n"
      "[inputs]\nx1 = uniform(-3.14159, 3.14159)\nx2 = uniform(-3.14159, 3.14159)\nx3 = uniform(-3.14159, 3.14159)\n"
      "inert = uniform(0, 1)\n");
  const Analysis a = analyzed(test::sealed(study), {"morris"}, {"y"});
  const auto of = [&](const std::string& answer, const std::string& input) {
    return number(a, answer, {"y", "all", input});
  };
  EXPECT_NEAR(of("mu_star_chance", "inert"), of("mu_star", "inert"), of("mu_star_conf", "inert"));
  EXPECT_EQ(of("morris_told", "inert"), 0);
  for (const std::string input : {"x1", "x2"}) EXPECT_EQ(of("morris_told", input), 1) << input;
}

TEST(Morris, CountsTheSameStepsForEffectsAndChance) {
  const Study study(four_inputs("morris\npoints = 256", 2));
  const auto spread = [](std::span<const double>) { return 1.0; };
  const auto seldom = [](const std::string& column, std::int64_t row, double value) {
    if (row % 10 >= 5) return value;  // of every other base point: one run, with the wildest means
    if (column == "welfare_a_n") return 1.0;
    if (column == "welfare_a_var") return std::numeric_limits<double>::quiet_NaN();
    return column == "welfare_a" ? 1000.0 * static_cast<double>(row) : value;
  };
  const Analysis a = analyzed(made_function(study.plan, plane, spread, seldom), {"morris"});
  const std::vector<std::string> here{"welfare_a", "all", "patron_floor"};
  EXPECT_NEAR(number(a, "morris_n", here), 128 * 0.93848, 4 * std::sqrt(128 * 0.06 * 0.94));
  EXPECT_NEAR(number(a, "mu_star_chance", here), number(a, "mu_star", here), 1.5 * number(a, "mu_star_conf", here));
}

TEST(Morris, AGroupHasTheSizeOfItsEffectsAloneByTheRootMeanSquareStep) {
  const Study study(four_inputs("morris\npoints = 256", 2, "[groups]\nboth = autocracy_a, cynicism\n"));
  const Analysis a = analyzed(made_function(study.plan, plane), {"morris"});
  const test::MadeOutcome inputs(study.plan, {}, {});
  double sum = 0, count = 0;
  for (std::int64_t row = 0; row < 256 * 4; row += 4) {
    const auto from = inputs.inputs(row);
    const std::size_t member = study.plan.factors[0].name == "both" ? 1 : study.plan.factors[1].name == "both" ? 2 : 3;
    const auto to = inputs.inputs(row + static_cast<std::int64_t>(member));
    const double step = std::hypot(to[0] - from[0], to[1] - from[1]) / std::sqrt(2.0);
    if (step < 1.0 / 32) continue;
    sum += std::abs(plane(to) - plane(from)) / step;
    count += 1;
  }
  EXPECT_EQ(number(a, "morris_n", {"welfare_a", "all", "both"}), count);
  EXPECT_NEAR(number(a, "mu_star", {"welfare_a", "all", "both"}), sum / count, 1e-9);
  EXPECT_TRUE(std::isnan(number(a, "mu", {"welfare_a", "all", "both"})));
  EXPECT_NEAR(number(a, "mu_star", {"welfare_a", "all", "patron_support"}), 0.5, 1e-9);
}

TEST(Sensitivity, IsTheSameBytesForAnyNumberOfRanks) {
  const Study study(four_inputs("saltelli\npoints = 1500", 2));
  const auto spread = [](std::span<const double> u) { return u[0]; };
  const auto fail = [](const std::string& column, std::int64_t row, double value) {
    return column == "runs_failed" && row % 7 == 0 ? 1 : value;
  };
  const auto file = made_function(study.plan, test::ishigami, spread, fail);
  const std::vector<std::string> names{"sobol", "morris", "given_data", "regional", "failures"};
  const AnalyzeRequest request{{"welfare_a", "failed"}, names, 100, {}, {}};
  std::map<std::string, std::string> alone;
  for (const int ranks : {1, 2, 3, 5}) {
    run_threads(ranks, 1, [&](Crew& crew) {
      const Dataset data(file);
      const Analysis analysis = analyze(crew, data, request);
      EXPECT_EQ(analysis.tables.size(), crew.rank() == 0 ? 8u : 0u);
    });
    for (const std::string end : {"h5", "sobol.csv", "morris.csv", "given_data.csv", "regional.csv", "failures.csv"}) {
      const std::string bytes = test::bytes_of(study.folder() / ("study.analysis." + end));
      if (ranks == 1) alone[end] = bytes;
      EXPECT_EQ(bytes, alone[end]) << end << " of " << ranks << " ranks";
      EXPECT_GT(bytes.size(), 100u) << end;
    }
  }
}

TEST(Sensitivity, SaysWhatAPartNeeds) {
  const Study study(four_inputs("sobol\npoints = 64", 2));
  const auto file = made_function(study.plan, plane);
  EXPECT_NE(test::error_of([&] { analyzed(file, {"sobol"}); }).second.find("needs method = saltelli"),
            std::string::npos);
  EXPECT_NE(test::error_of([&] { analyzed(file, {"morris"}); }).second.find("needs method = morris or saltelli"),
            std::string::npos);
}

TEST(SalibProblem, NamesInputsBoundsAndDistributionsAsSalibDoes) {
  const Study study(
      "[study]\nkernel = screening\nseed = 1\nreplicates = 2\n[design]\nmethod = saltelli\npoints = 4\n"
      "[inputs]\nautocracy_a = uniform(0, 0.5)\ncynicism = triangular(0, 0.25, 1)\n"
      "patron_support = truncated_normal(0.5, 0.2, 0.1, 1)\nwar_cost_a = loguniform(0.001, 0.01)\n"
      "patron_floor = beta(2, 3, 0, 0.5)\ndurability = choice(band, hazard)\n"
      "[groups]\nregime = autocracy_a, cynicism\n");
  analyzed(made_function(study.plan, plane), {"sobol"});
  const std::string text = test::bytes_of(study.folder() / "study.analysis.problem.json");
  for (const std::string line :
       {"\"num_vars\": 6", "\"outputs\": [\"welfare_a\"]", "[0, 0.5]", "\"truncnorm\"", "[0.1, 1, 0.5, 0.2]",
        "\"logunif\"", "[0.001, 0.01]", "[0, 1, 0.25]", "\"triang\"", "\"regime\"", "\"choice(band, hazard)\""})
    EXPECT_NE(text.find(line), std::string::npos) << line << " in " << text;
}

}  // namespace
}  // namespace truce::analysis
