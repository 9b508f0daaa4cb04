// History matching: what must be left is known for every point.
#include <algorithm>
#include <cmath>
#include <fstream>

#include "analysis/calibration/implausibility.hpp"
#include "tests/analysis/calibration/made_calibration.hpp"

namespace truce::analysis {
namespace {

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

}  // namespace
}  // namespace truce::analysis
