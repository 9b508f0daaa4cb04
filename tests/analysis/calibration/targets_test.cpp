// Figures of real wars: every one is matched, days become months, and tables that were made apart agree.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "analysis/calibration/csv_records.hpp"
#include "analysis/calibration/implausibility.hpp"
#include "analysis/calibration/real_wars.hpp"
#include "kernels/common_outcomes.hpp"
#include "sweep/base/error.hpp"

namespace truce::analysis {
namespace {

constexpr double z95 = 1.959963984540054, endless = std::numeric_limits<double>::infinity();

Target share(double low, double estimate, double high) {
  Target target;
  target.use = Use::hard;
  target.compared = Compared::war_survival;
  target.low = low;
  target.estimate = estimate;
  target.high = high;
  return target;
}

TEST(CsvRecords, QuotedCellsHoldCommasAndQuotes) {
  const auto records = csv_records("id,note\r\na,\"x, \"\"y\"\"\"\nb,\n", "made.csv");
  ASSERT_EQ(records.size(), 2u);
  EXPECT_EQ(records[0].at("note"), "x, \"y\"");
  EXPECT_EQ(records[1].at("note"), "");
  EXPECT_THROW(csv_records("id,note\na\n", "made.csv"), Error);
}

TEST(Months, AYearOfDaysIsTwelve) {
  EXPECT_DOUBLE_EQ(months_of(365.2425, "day"), 12);
  EXPECT_DOUBLE_EQ(months_of(5, "year"), 60);
  EXPECT_DOUBLE_EQ(months_of(7, "month"), 7);
  EXPECT_THROW(months_of(1, "week"), Error);
}

TEST(RealWars, EveryFigureOfTheTableIsMatched) {
  for (const CsvRecord& record : csv_records(real_wars_targets, "targets.csv")) {
    const Target& target = find_target(real_war_targets(), record.at("id"));
    EXPECT_FALSE(target.why.empty()) << target.id;
    if (target.use != Use::context) {
      EXPECT_EQ(target.unit, "share") << target.id;
    }
  }
}

TEST(RealWars, CurvesAreComparedNearTheMonthsThatAreStored) {
  int curves = 0;
  for (const Target& target : real_war_targets()) {
    const bool peace = target.compared == Compared::peace_survival;
    if (!peace && target.compared != Compared::war_survival) continue;
    ++curves;
    double nearest = endless;
    const auto look = [&](double month) { nearest = std::min(nearest, std::abs(month - target.month)); };
    if (peace) std::ranges::for_each(common::peace_curve_months, look);
    if (!peace) std::ranges::for_each(common::war_curve_months, look);
    EXPECT_LT(nearest, 0.15) << target.id;
  }
  EXPECT_GE(curves, 12);
}

// The shares were counted, the curves estimated (Kaplan & Meier) from the same wars by another program.
TEST(RealWars, CountedSharesAgreeWithTheCurves) {
  const auto estimate = [](const char* id) { return find_target(real_war_targets(), id).estimate; };
  EXPECT_GT(1 - estimate("D4"), estimate("W180"));
  EXPECT_LT(1 - estimate("D4"), estimate("W30"));
  EXPECT_GT(estimate("D5"), estimate("W730"));
  EXPECT_LT(estimate("D5"), estimate("W180"));
  EXPECT_NEAR(estimate("O1") + estimate("O2") + estimate("O3"), 1, 0.001);
}

TEST(RealWars, RegimesOnlyTellWhatTheyCannot) {
  for (const char* id : {"O5", "O6", "P2", "S13", "G5"})
    EXPECT_EQ(find_target(real_war_targets(), id).use, Use::context) << id;
  for (const char* id : {"P2", "S13", "G5"}) {
    const Target& ratio = find_target(real_war_targets(), id);
    EXPECT_LT(ratio.low, 1);
    EXPECT_GT(ratio.high, 1);
  }
}

TEST(Implausibility, IsThreeStandardDeviationsAway) {
  // 0.12^2 + 0.05^2 = 0.13^2, and 0.39 = 3 * 0.13
  const Target target = share(0.3 - 0.12 * z95, 0.3, 0.3 + 0.12 * z95);
  EXPECT_NEAR(implausibility(target, 0.69, endless, 0.05), 3, 1e-12);
  EXPECT_NEAR(implausibility(target, -0.09, endless, 0.05), 3, 1e-12);
  EXPECT_EQ(implausibility(target, 0.3, 10, 0), 0);
}

TEST(Implausibility, TakesTheSideOfTheIntervalWhereTheModelLies) {
  const Target target = share(0.3 - 0.05 * z95, 0.3, 0.3 + 0.12 * z95);
  EXPECT_NEAR(implausibility(target, 0.54, endless, 0), 2, 1e-12);
  EXPECT_NEAR(implausibility(target, 0.2, endless, 0), 2, 1e-12);
}

TEST(Implausibility, CountsTheChanceOfFewRuns) {
  // half of 98 runs: (49.5 * 49.5)/(99^2 * 100) = 0.05^2
  EXPECT_DOUBLE_EQ(chance_variance(0.5, 98), 0.0025);
  const Target target = share(0.11 - 0.12 * z95, 0.11, 0.11 + 0.12 * z95);
  EXPECT_NEAR(implausibility(target, 0.5, 98, 0), 3, 1e-12);
  EXPECT_NEAR(implausibility(target, 0.5, endless, 0), 0.39 / 0.12, 1e-12);
  EXPECT_GT(chance_variance(0, 10), 0);
  EXPECT_NEAR(chance_variance(0.2, 1e6), 0.2 * 0.8 / 1e6, 1e-12);  // binomial
}

TEST(Implausibility, SaysNothingWhereTheModelDoesNot) {
  EXPECT_TRUE(std::isnan(implausibility(share(0.1, 0.3, 0.5), 0.3, 0, 0.05)));
  EXPECT_TRUE(std::isnan(implausibility(share(0.1, 0.3, 0.5), std::nan(""), 10, 0.05)));
}

}  // namespace
}  // namespace truce::analysis
