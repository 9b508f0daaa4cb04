// Whole histories of anchored_peace against an independent program: every mean within 4 standard errors of both.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "tests/kernels/whole_cases.hpp"

namespace truce::testing {
namespace {

/// 10^6 in release builds; a build with assertions or sanitizers takes fewer and has wider errors.
constexpr std::uint32_t histories = TRUCE_WHOLE_HISTORIES;

/// Value of a printed column in a run; ending_X is the share that ended in X.
double value_of(const Kernel& kernel, const Runs& runs, std::size_t run, std::string_view column) {
  constexpr std::string_view prefix = "ending_";
  if (!column.starts_with(prefix)) return runs.at(run, index_of(kernel.outcomes, column));
  const auto ending = index_of(kernel.outcomes, "ending");
  const auto& meanings = kernel.outcomes[ending].meanings;
  const auto code = std::find(meanings.begin(), meanings.end(), column.substr(prefix.size())) - meanings.begin();
  return runs.at(run, ending) == static_cast<double>(code) ? 1.0 : 0.0;
}

void expect_agreement(const WholeCase& whole) {
  const auto& kernel = *find_kernel("anchored_peace");
  const auto runs = run_with(kernel, whole.changes, histories, TRUCE_WHOLE_SEED);
  for (const auto failed : runs.failed) ASSERT_EQ(failed, 0);
  double worst = 0;
  for (const auto& printed : whole.expected) {
    const auto here =
        estimate(runs.count(), [&](std::size_t run) { return value_of(kernel, runs, run, printed.outcome); });
    // rare events: a sample without one shows no spread, the other program's spread then stands for both
    const double scaled = printed.standard_error * std::sqrt(1e6 / histories);
    const double error = std::hypot(std::max(here.standard_error, scaled), printed.standard_error);
    const double rounding = 0.5 * std::pow(10.0, -printed.decimals);
    EXPECT_NEAR(here.mean, printed.mean, 4 * error + rounding) << whole.name << " " << printed.outcome;
    if (error > 0) worst = std::max(worst, (std::fabs(here.mean - printed.mean) - rounding) / error);
  }
  ::testing::Test::RecordProperty("largest_deviation_in_standard_errors", std::to_string(worst));
  std::printf("case %s: largest deviation %.2f standard errors\n", std::string(whole.name).c_str(), worst);
}

TEST(WholeModel, AgreesAtTheDefaults) { expect_agreement(case_defaults()); }
TEST(WholeModel, AgreesInWarAlone) { expect_agreement(case_war_only()); }
TEST(WholeModel, AgreesForTwoDemocraciesWithGuaranteeAndAnchor) { expect_agreement(case_two_democracies()); }
TEST(WholeModel, AgreesWhenSecurityIsAllOrNothing) { expect_agreement(case_all_or_nothing()); }
TEST(WholeModel, AgreesForMixedRegimesThatTalkEveryThirdMonth) { expect_agreement(case_mixed()); }
TEST(WholeModel, AgreesWhereWarPaysTheLeaders) { expect_agreement(case_rents()); }

}  // namespace
}  // namespace truce::testing
