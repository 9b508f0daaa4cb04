// What calibration tells of the points that are left, in tables and in words.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "analysis/calibration/implausibility.hpp"
#include "sweep/study/design.hpp"
#include "tests/analysis/calibration/made_calibration.hpp"

namespace truce::analysis {
namespace {

/// A calibration of which nothing but the points left at each discrepancy counts.
Calibration with_left(const std::string& kernel, std::array<double, 4> left) {
  Calibration made;
  made.kernel = kernel;
  made.region.points = 1000;
  made.region.left_at = left;
  return made;
}

TEST(Calibrate, SaysWhereTheDiscrepancyOrdersTheKernels) {
  const auto told = [](std::array<double, 4> other) {
    Rule rule;
    rule.cutoff = 2.5;
    return overview({with_left("screening", {100, 200, 300, 400}), with_left("forts", other)}, rule);
  };
  const std::string turned = told({10, 100, 300, 600});
  EXPECT_NE(turned.find("an implausibility of 2.5 or more, with a discrepancy of 0.05"), std::string::npos) << turned;
  EXPECT_NE(turned.find("10 [8.29, 12]"), std::string::npos) << turned;
  EXPECT_NE(turned.find("The order of the kernels depends on it"), std::string::npos);
  // less everywhere; and more somewhere, but by chance
  for (const std::array<double, 4>& same : {std::array<double, 4>{10, 100, 200, 300}, {10, 100, 300, 405}})
    EXPECT_EQ(told(same).find("depends"), std::string::npos);
}

TEST(Calibrate, PointsLeftAreAListThatGivesThemAgain) {
  const Made made;
  CalibrateRequest request;
  request.points = made.study.folder() / "left.csv";
  const Calibration got = made.calibrated(made_targets(), request);
  ASSERT_TRUE(got.points_written);
  const Study again("[study]\nkernel = screening\n[design]\nmethod = list\nfile = " + request.points.string() +
                    "\n[store]\n");
  ASSERT_EQ(again.plan.points, static_cast<std::int64_t>(got.region.left));
  const Design before(made.study.plan), after(again.plan);
  std::vector<double> one(made.study.plan.inputs.size()), two(one.size());
  std::int64_t next = 0;
  for (std::int64_t row = 0; row < points; ++row) {
    if (!is_left(row)) continue;
    before.point(row, 0, one);
    after.point(next++, 0, two);
    ASSERT_EQ(one, two) << row;
  }
}

TEST(Calibrate, EffectsAndQuantilesAreThoseOfThePointsLeft) {
  const Made made;
  const Calibration got = made.calibrated(made_targets());
  const Design design(made.study.plan);
  const auto names = made.data.input_names();
  const auto varied = static_cast<std::size_t>(std::ranges::find(names, "autocracy_a") - names.begin());
  const std::size_t autocracy = made.data.inputs().at(varied).input;
  std::vector<double> low, high, left;
  for (std::int64_t row = 0; row < points; ++row) {
    if (!is_left(row)) continue;
    const double x = design.value(row, 0, autocracy), months = value_of("war_months", row, 0);
    left.push_back(x);
    if (x <= 1.0 / 3) low.push_back(months);
    if (x >= 2.0 / 3) high.push_back(months);
  }
  const auto mean = [](const std::vector<double>& v) {
    return std::accumulate(v.begin(), v.end(), 0.0) / static_cast<double>(v.size());
  };
  const auto error = [&](const std::vector<double>& v) {
    double squares = 0;
    for (const double x : v) squares += (x - mean(v)) * (x - mean(v));
    return std::sqrt(squares / static_cast<double>(v.size() - 1) / static_cast<double>(v.size()));
  };
  const auto at =
      std::ranges::find(got.watched.effects, "war_months", &EffectOutcome::name) - got.watched.effects.begin();
  const Effect effect = effect_of(got.region.thirds[varied][static_cast<std::size_t>(at)].left);
  EXPECT_NEAR(effect.value, mean(high) - mean(low), 1e-10);
  EXPECT_NEAR(effect.error, std::hypot(error(high), error(low)), 1e-10);
  EXPECT_EQ(effect.points, static_cast<double>(std::min(low.size(), high.size())));
  std::ranges::sort(left);
  EXPECT_NEAR(region_quantile(made.data, varied, got.region.inputs[varied].left, 0.5), left[left.size() / 2],
              2.0 / region_bins);
}

TEST(Calibrate, CurvesAreQuantilesOverThePointsLeft) {
  const Made made;
  const Calibration got = made.calibrated(made_targets());
  ASSERT_EQ(got.watched.curves[0].name, "war_survival");
  ASSERT_EQ(got.watched.curves[0].months[1], 3);
  std::vector<double> left;
  for (std::int64_t row = 0; row < points; ++row)
    if (is_left(row)) left.push_back(static_cast<double>(row) / points);  // rising
  const CurveCount& at_three = got.region.curves[0][1];
  EXPECT_NEAR(curve_quantile(at_three.all, 0.5), 0.5, 0.011);
  EXPECT_NEAR(curve_quantile(at_three.left, 0.05), left[left.size() / 20], 0.011);
  EXPECT_NEAR(curve_quantile(at_three.left, 0.95), left[left.size() * 19 / 20], 0.011);
}

TEST(Calibrate, PoliciesAreComparedByTheirStoredDifferences) {
  const Study study(study_text() + "[levers]\nguarantee_a = list(0, 0.6)\n");
  const Dataset data(made_result(study.plan, [](const std::string& column, std::int64_t row, std::size_t element) {
    if (column == "war_months_diff") return element == 0 ? 0.0 : row % 2 == 0 ? -1.0 : -2.0;
    return value_of(column, row, column == "war_survival" ? element % 8 : element);
  }));
  const auto crew = make_local_crew();
  const Calibration got = calibrate(*crew, data, made_targets(), {});
  const auto at =
      std::ranges::find(got.watched.differences, "war_months", &EffectOutcome::name) - got.watched.differences.begin();
  const auto& both = got.region.differences.at(0)[static_cast<std::size_t>(at)];
  EXPECT_NEAR(effect_of(both.all).value, -1.5, 1e-12);
  EXPECT_EQ(both.left.count, got.region.left);
  EXPECT_EQ(effect_of(both.all).verdict(), -1);
}

TEST(Calibrate, TellsWhatRealWarsCannotTell) {
  const std::string text = limits_of_these_data(real_war_targets());
  EXPECT_NE(text.find("The effect of the regime is not identified"), std::string::npos);
  EXPECT_NE(text.find("+0.045 [-0.1"), std::string::npos);  // of O5 and O6, 0 inside
  EXPECT_NE(text.find("1.57 [0.93, 2.64]"), std::string::npos);
}

}  // namespace
}  // namespace truce::analysis
