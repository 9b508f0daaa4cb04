// The keys of replicates on demand: what they mean, what they refuse, and that they change nothing where absent.
#include <gtest/gtest.h>

#include "sweep/base/sha256.hpp"
#include "sweep/study/identity.hpp"
#include "tests/sweep/study/study_kernel.hpp"

namespace truce {
namespace {

using testing::expect_parts;
using testing::lines_in;
using testing::plan_of;
using testing::problems_of;

const std::string base = "[study]\nkernel = toy\nreplicates = 16\n";

std::string asked(const std::string& of, const std::string& precision = "0.05", const std::string& most = "4096") {
  return "precision_of = " + of + "\nprecision = " + precision + "\nreplicates_max = " + most + "\n";
}

TEST(PlanPrecision, IsOffWithoutItsKeys) {
  const Plan plan = plan_of(base);
  EXPECT_FALSE(plan.precision.has_value());
  EXPECT_EQ(plan.canonical, plan_of(base + "precision_of =   # later\n").canonical);
  EXPECT_EQ(plan.canonical.find("precision"), std::string::npos);
  EXPECT_EQ(plan.canonical.find("replicates_max"), std::string::npos);
}

TEST(PlanPrecision, NamesOneSeriesOrAllSharesOfAFlag) {
  using Series = std::vector<std::size_t>;
  EXPECT_EQ(plan_of(base + asked("ending_victory")).precision->series, (Series{1}));
  EXPECT_EQ(plan_of(base + asked("ending")).precision->series, (Series{0, 1, 2}));
  EXPECT_EQ(plan_of(base + asked("relapsed")).precision->series, (Series{3}));
  EXPECT_EQ(plan_of(base + asked("length", "1.5")).precision->series, (Series{4}));
}

TEST(PlanPrecision, MakesAWholePointTheUnitAndTheRunsABound) {
  const Plan plan =
      plan_of(base + asked("length", "0.5", "5000") + "[levers]\nrate = list(1, 2)\n", {"--study.replicates=3000"});
  EXPECT_EQ(plan.chunks(), 1);
  EXPECT_EQ(plan.units(), 1);
  EXPECT_EQ(plan.runs(), 2 * 5000);
  EXPECT_EQ(plan.fewest_runs(), 2 * 3000);
  EXPECT_EQ(plan.precision->half_width, 0.5);
}

TEST(PlanPrecision, IsPartOfTheIdentityButNotOfTheRows) {
  const Plan fixed = plan_of(base), staged = plan_of(base + asked("length"));
  EXPECT_NE(fixed.study_id, staged.study_id);
  EXPECT_EQ(fixed.row_id, staged.row_id);  // the same runs, however many
  for (const char* option : {"--study.precision_of=ending", "--study.precision=0.06", "--study.replicates_max=4095",
                             "--study.replicates=17"}) {
    const Plan other = plan_of(base + asked("length"), {option});
    EXPECT_NE(staged.study_id, other.study_id) << option;
    EXPECT_EQ(staged.row_id, other.row_id) << option;
  }
  const Plan again = plan_from_canonical(staged.canonical, testing::toy_kernels());
  EXPECT_EQ(again.study_id, staged.study_id);
  EXPECT_EQ(again.precision->series, staged.precision->series);
  EXPECT_EQ(again.precision->replicates_max, 4096U);
}

TEST(PlanPrecision, NeedsAllThreeKeys) {
  expect_parts(problems_of(base + "precision_of = length\n"),
               {"a.ini:4: study.precision_of: needs study.precision, study.replicates_max too"});
  expect_parts(problems_of(base + "replicates_max = 64\nprecision = 1\n"),
               {"study.precision: needs study.precision_of too", "delete study.precision, study.replicates_max"});
  expect_parts(problems_of(base + "precision_of =\nprecision = 1\n"), {"a.ini:5: study.precision: needs"});
}

TEST(PlanPrecision, RefusesWhatCannotBeMeant) {
  struct Case {
    std::string keys, reason;
  };
  for (const auto& [keys, reason] :
       {Case{asked("lenght"), "a.ini:4: study.precision_of: 'lenght' is no outcome of toy, nor a share of one"},
        Case{asked("ending_victori"), "; did you mean ending_victory?"},
        Case{asked("length", "0"), "a.ini:5: study.precision: '0' is no half-width"},
        Case{asked("length", "-1"), "'-1' is no half-width"},
        Case{asked("length", "float"), "write arithmetic = float"},
        Case{asked("length", "double"), "write arithmetic = double"},
        Case{asked("length", "1", "15"), "a.ini:6: study.replicates_max: '15' is below replicates"},
        Case{asked("length") + "[store]\nrows = run\n", "store.rows: 'run' cannot be had with precision_of"},
        // z^2 / (2 (n + z^2)) at n = 4,096 is 4.68e-4
        Case{asked("relapsed", "4.6e-4"), "study.precision: '0.00046' cannot be reached by replicates_max = 4096"}}) {
    const std::string message = problems_of(base + keys);
    expect_parts(message, {reason});
    EXPECT_EQ(lines_in(message), 1U) << message;
  }
  EXPECT_EQ(problems_of(base + asked("relapsed", "4.7e-4")), "");
  EXPECT_EQ(problems_of(base + asked("length", "1e-9")), "") << "what a real outcome can reach is not known";
  expect_parts(problems_of("[study]\nkernel = toy\n" + asked("length")), {"study.replicates: '1' is no first stage"});
}

TEST(PlanPrecision, BoundsTheNumberOfRunsByItsMost) {
  expect_parts(problems_of(base + asked("length", "1", "1e9") + "[design]\nmethod = monte_carlo\npoints = 1e12\n"),
               {"1000000000 replicates are too many runs"});
}

}  // namespace
}  // namespace truce
