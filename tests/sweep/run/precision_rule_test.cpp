// When a sibling may stop, by hand-made runs: shares, real outcomes, missing values, failures, several series.
#include "sweep/run/precision_rule.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "sweep/run/tally.hpp"

namespace truce {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
constexpr double never = std::numeric_limits<double>::infinity();
constexpr std::string_view endings[] = {"deal", "a", "b"};

/// Series: ending_deal, ending_a, ending_b, value (defined in a deal), relapsed.
Kernel small_kernel() {
  Kernel k;
  k.name = "small";
  k.outcomes = {{"ending", "1", OutcomeKind::flag, "", 0, 2, endings, {}},
                {"value", "stake", OutcomeKind::real, "", 0, 1, {}, {"there is a deal", "ending", 0}},
                {"relapsed", "1", OutcomeKind::flag, "", 0, 1, {}, {"there is a deal", "ending", 0}}};
  return k;
}

struct Rule : testing::Test {
  const Kernel kernel = small_kernel();
  const TallyShape shape{kernel, false};

  std::vector<double> tally(const std::vector<double>& runs, std::vector<std::uint8_t> failed = {}) {
    failed.resize(runs.size() / 3);
    return Tallier(shape).tally({runs, failed}).numbers;
  }
  double half_width(std::size_t series, const std::vector<double>& runs, std::vector<std::uint8_t> failed = {}) {
    return half_width_of(shape, series, tally(runs, std::move(failed)));
  }
};

const std::vector<double> deals{0, 2, 0, /**/ 0, 4, 1, /**/ 0, 6, 0};

TEST_F(Rule, TakesWilsonsIntervalForShares) {
  // n = 3, share 1/3 of relapses: z sqrt(p q / n + z^2 / 4 n^2) / (1 + z^2 / n)
  const double z = 1.959963984540054;
  EXPECT_NEAR(half_width(4, deals), z * std::sqrt(2.0 / 27 + z * z / 36) / (1 + z * z / 3), 1e-14);
  EXPECT_NEAR(half_width(0, deals), z * z / 6 / (1 + z * z / 3), 1e-14) << "all deals: not a width of 0";
}

TEST_F(Rule, TakesStudentsIntervalForRealOutcomes) {
  EXPECT_NEAR(half_width(3, deals), 4.302652729749464 * 2 / std::sqrt(3.0), 1e-12);
}

TEST_F(Rule, TrustsNoSpreadOfZeroAndNoSingleValue) {
  EXPECT_EQ(half_width(3, {0, 5, 0, /**/ 0, 5, 0, /**/ 0, 5, 0}), never);
  EXPECT_EQ(half_width(3, {0, 5, 0}), never);
  EXPECT_LT(half_width(0, {0, 5, 0}), 1) << "one run says something of a share";
}

TEST_F(Rule, GoesOnWhereNothingIsDefined) {
  const std::vector<double> none{1, missing, missing, /**/ 2, missing, missing};
  EXPECT_EQ(half_width(3, none), never);
  EXPECT_EQ(half_width(4, none), never);
  EXPECT_LT(half_width(1, none), 1);
}

TEST_F(Rule, LeavesFailedRunsOut) {
  std::vector<double> runs = deals;
  runs.insert(runs.end(), {0, 999, 1});
  EXPECT_EQ(half_width(3, runs, {0, 0, 0, 1}), half_width(3, deals));
  EXPECT_EQ(half_width(0, {0, 1, 0}, {1}), never);
}

TEST_F(Rule, CountsDefinedValuesOnly) {
  std::vector<double> runs = deals;
  runs.insert(runs.end(), {1, missing, missing});
  EXPECT_EQ(half_width(3, runs), half_width(3, deals));
}

TEST_F(Rule, AsksEverySeriesAndStopsAtEquality) {
  const auto t = tally(deals);
  const double deal = half_width_of(shape, 0, t), relapse = half_width_of(shape, 4, t);
  ASSERT_LT(deal, relapse);
  EXPECT_TRUE(is_precise(shape, {"", {4}, relapse, 8}, t));
  EXPECT_FALSE(is_precise(shape, {"", {4}, std::nextafter(relapse, 0), 8}, t));
  EXPECT_TRUE(is_precise(shape, {"", {0, 4}, relapse, 8}, t));
  EXPECT_FALSE(is_precise(shape, {"", {0, 4}, deal, 8}, t));
}

}  // namespace
}  // namespace truce
