// History matching of results whose numbers are the test's own: what must be left is known for every point.
#include "analysis/calibration/calibrate.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "analysis/calibration/implausibility.hpp"
#include "sweep/study/design.hpp"
#include "tests/analysis/made_result.hpp"

namespace truce::analysis {
namespace {

using test::made_result;
using test::Study;

constexpr std::int64_t points = 200;
constexpr double runs = 50;

std::string study_text(const std::string& more = "") {
  return "[study]\nkernel = screening\nreplicates = 50\n" + more +
         "[design]\nmethod = monte_carlo\npoints = 200\n[inputs]\nautocracy_a = uniform(0, 1)\n"
         "war_cost_d = uniform(0.001, 0.012)\ndurability = choice(band, hazard)\nhorizon_months = 600\n[store]\n";
}

/// Rows say: month 3 is outlasted by row/200 of wars (month 1 by half more), peace holds with 0.6, wars settle with 0.5
/// and are won by A with 0.3 of all; every tenth row has no settlement.
double value_of(const std::string& column, std::int64_t row, std::size_t element) {
  const double share = static_cast<double>(row) / points;
  const bool settles = row % 10 != 0;
  if (column == "war_survival") return element == 0 ? (1 + share) / 2 : share;
  if (column == "peace_survival") return settles ? 0.6 : std::nan("");
  if (column == "ending_settlement") return settles ? 0.5 : 0;
  if (column == "ending_victory_a") return settles ? 0.3 : 0.6;
  if (column == "ending_victory_d") return settles ? 0.1 : 0.2;
  if (column == "ending_ongoing") return settles ? 0.1 : 0.2;
  if (column == "war_months") return 10 + 20 * share;
  if (column == "peace_months_n" || column == "relapsed_n" || column == "principled_n") return settles ? 25 : 0;
  return column.ends_with("_n") || column == "replicates" ? runs : 0;
}

Target target(const std::string& id, Compared compared, double estimate, double half, double month = 0) {
  Target made;
  made.id = made.quantity = id;
  made.unit = "share";
  made.use = Use::hard;
  made.compared = compared;
  made.month = month;
  made.estimate = estimate;
  made.low = estimate - half;
  made.high = estimate + half;
  return made;
}

std::vector<Target> made_targets() {
  std::vector<Target> all = {target("war", Compared::war_survival, 0.4, 0.1, 3),
                             target("earlier", Compared::war_survival, 0.6, 0.1, 2),
                             target("peace", Compared::peace_survival, 0.6, 0.1, 60),
                             target("settled", Compared::settlement_of_ended, 5.0 / 9, 0.1),
                             target("won", Compared::victory_a_of_victory, 0.75, 0.1)};
  all[3].complement = true;
  all[3].estimate = 4.0 / 9;
  all[3].low = 0.34;
  all[3].high = 0.54;
  all[4].use = Use::soft;
  return all;
}

/// What a point is told, by formulas of the test's own.
bool is_left(std::int64_t row, double discrepancy = 0.05) {
  const double share = static_cast<double>(row) / points, z = 1.959963984540054;
  const auto out = [&](double model, double real, double low, double high) {
    const double k = model * runs + 0.5, sd = (model > real ? high - real : real - low) / z;
    const double chance = k * (runs + 1 - k) / std::pow(runs + 1, 2) / (runs + 2);
    return std::pow(model - real, 2) >= 9 * (sd * sd + chance + discrepancy * discrepancy);
  };
  // month 2 lies in the middle of months 1 and 3; rows without a settlement have all ended wars won
  return !out(share, 0.4, 0.3, 0.5) && !out(((1 + share) / 2 + share) / 2, 0.6, 0.5, 0.7) && row % 10 != 0;
}

struct Made {
  explicit Made(const std::string& text = study_text()) : study(text), data(made_result(study.plan, value_of)) {}
  Calibration calibrated(const std::vector<Target>& targets, const CalibrateRequest& request = {}) const {
    const auto crew = make_local_crew();
    return calibrate(*crew, data, targets, request);
  }
  Study study;
  Dataset data;
};

TEST(Calibrate, LeavesThePointsThatNoTargetRulesOut) {
  const Made made;
  const Calibration got = made.calibrated(made_targets());
  double left = 0;
  for (std::int64_t row = 0; row < points; ++row) left += is_left(row) ? 1 : 0;
  ASSERT_GT(left, 20);
  ASSERT_LT(left, 150);
  EXPECT_EQ(got.region.left, left);
  EXPECT_EQ(got.region.points, points);
  EXPECT_EQ(got.region.targets[2].ruled_out, 0);  // the model equals it
  EXPECT_EQ(got.region.targets[2].closest, 0);
  EXPECT_EQ(got.region.targets[2].defined, 180);
  EXPECT_EQ(got.region.targets[3].ruled_out, 20);  // far where nothing is settled
  EXPECT_NEAR(got.region.targets[0].mean, 0.4975, 1e-12);
  EXPECT_NEAR(got.region.targets[3].mean, 0.9 * 4 / 9 + 0.1, 1e-12);
  EXPECT_TRUE(std::isnan(got.region.targets[4].left_so_far));
  EXPECT_NEAR(got.region.targets[4].mean, 0.75, 1e-12);
}

TEST(Calibrate, TellsWhatIsLeftAtOtherDiscrepancies) {
  const Made made;
  CalibrateRequest request;
  request.rule.discrepancy = 0.2;  // its own changes nothing here
  const Calibration got = made.calibrated(made_targets(), request);
  const auto table = std::ranges::find(got.tables, "discrepancies", &AnswerTable::name);
  ASSERT_NE(table, got.tables.end());
  EXPECT_EQ(table->axes[0].labels, (std::vector<std::string>{"0", "0.05", "0.1", "0.15"}));
  double before = 0;
  for (std::size_t k = 0; k < told_discrepancies.size(); ++k) {
    double left = 0;
    for (std::int64_t row = 0; row < points; ++row) left += is_left(row, told_discrepancies[k]) ? 1 : 0;
    EXPECT_EQ(got.region.left_at[k], left) << k;
    EXPECT_EQ(table->answers[0].values[k], left / points);
    EXPECT_GT(left, before);
    before = left;
  }
  EXPECT_EQ(made.calibrated(made_targets()).region.left, got.region.left_at[1]);
}

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

TEST(Calibrate, TheOrderOfTargetsDoesNotMatter) {
  const Made made;
  std::vector<Target> targets = made_targets();
  const Region one = made.calibrated(targets).region;
  std::ranges::reverse(targets);
  const Region two = made.calibrated(targets).region;
  EXPECT_EQ(one.left, two.left);
  EXPECT_EQ(one.left_by_second, two.left_by_second);
  EXPECT_EQ(one.closest, two.closest);
  EXPECT_EQ(one.targets[0].ruled_out, two.targets[4].ruled_out);
  EXPECT_EQ(one.targets[0].alone, two.targets[4].alone);
  EXPECT_EQ(one.targets[3].left_so_far, one.left);
  EXPECT_EQ(two.targets[4].left_so_far, two.left);
}

TEST(Calibrate, SaysWhatOneTargetAloneDoesAndWhatChanceSaves) {
  const Made made;
  const Region region = made.calibrated({target("war", Compared::war_survival, 0.4, 0.1, 3),
                                         target("won", Compared::victory_a_of_victory, 0.75, 0.1)})
                            .region;
  EXPECT_EQ(region.targets[0].alone, region.targets[0].ruled_out);
  EXPECT_EQ(region.left_by_second, points);  // no point is ruled out twice
  double saved = 0;
  const Target war = target("war", Compared::war_survival, 0.4, 0.1, 3);
  for (int row = 0; row < points; ++row) {
    const double share = row / static_cast<double>(points), deviation = 0.1 / 1.959963984540054;
    const bool without = std::abs(share - 0.4) >= 3 * std::hypot(deviation, 0.05);
    saved += without && implausibility(war, share, runs, 0.05) < 3 ? 1 : 0;
  }
  EXPECT_EQ(region.targets[0].by_chance, saved);
  EXPECT_GT(saved, 0);
}

TEST(Calibrate, SoftTargetsRuleOutWhenAsked) {
  const Made made;
  std::vector<Target> targets = made_targets();
  targets[4].estimate = targets[4].low = 0.1;
  targets[4].low = 0.05;
  targets[4].high = 0.15;
  CalibrateRequest request;
  EXPECT_GT(made.calibrated(targets, request).region.left, 0);
  request.rule.soft = true;
  EXPECT_EQ(made.calibrated(targets, request).region.left, 0);
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

std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(Calibrate, GivesTheSameBytesForAnyNumberOfRanks) {
  const Study study(study_text());
  made_result(study.plan, value_of);
  std::vector<std::string> seen;
  for (const int ranks : {1, 2, 3}) {
    CalibrateRequest request;
    request.points = study.folder() / "left.csv";
    run_threads(ranks, 1, [&](Crew& crew) {
      const Dataset data(study.plan.file);
      const Calibration got = calibrate(crew, data, made_targets(), request);
      if (crew.rank() != 0) return;
      std::string all = bytes_of(got.file) + bytes_of(request.points) + text_of(data, got, request.rule);
      for (const AnswerTable& table : got.tables) all += bytes_of(csv_path(got.file, table));
      seen.push_back(all);
    });
  }
  EXPECT_EQ(seen[0], seen[1]);
  EXPECT_EQ(seen[0], seen[2]);
}

TEST(Calibrate, NamesWhatAResultLacks) {
  const auto refused = [](const Study& study, const CalibrateRequest& request) -> std::string {
    const Dataset data(test::sealed(study));
    const auto crew = make_local_crew();
    try {
      calibrate(*crew, data, made_targets(), request);
    } catch (const Error& error) {
      return error.exit() == Exit::usage ? error.what() : "";
    }
    return "";
  };
  const Study by_run(test::ruin("replicates = 2\n"), {"--store.rows=run"});
  EXPECT_NE(refused(by_run, {}).find("rows = point"), std::string::npos);
  CalibrateRequest third;
  third.rule.policy = 2;
  EXPECT_NE(refused(Study(test::ruin("replicates = 2\n")), third).find("has no policy 2"), std::string::npos);
  const Study ruin(test::ruin("replicates = 2\n"));
  const Dataset data(test::sealed(ruin));
  const auto crew = make_local_crew();
  const Calibration got = calibrate(*crew, data, made_targets(), {});
  EXPECT_EQ(got.left_out, std::vector<std::string>{"peace: gamblers_ruin has no peace_survival"});
  EXPECT_THROW(calibrate(*crew, data, {made_targets()[2]}, {}), Error);
}

TEST(Calibrate, TellsWhatRealWarsCannotTell) {
  const std::string text = limits_of_these_data(real_war_targets());
  EXPECT_NE(text.find("The effect of the regime is not identified"), std::string::npos);
  EXPECT_NE(text.find("+0.045 [-0.1"), std::string::npos);  // of O5 and O6, 0 inside
  EXPECT_NE(text.find("1.57 [0.93, 2.64]"), std::string::npos);
}

}  // namespace
}  // namespace truce::analysis
