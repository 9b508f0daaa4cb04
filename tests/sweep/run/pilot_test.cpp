// The pilot: an honest rate also where a unit takes far too long, and blocks that follow from it.
#include "sweep/run/pilot.hpp"

#include <gtest/gtest.h>

#include <bit>

#include "tests/sweep/run/run_fixture.hpp"

namespace truce {
namespace {

using test::Study;

Pilot pilot_of(const Study& study, double seconds, const Clock& clock) {
  const Design design(study.plan);
  return time_pilot(study.plan, design, layout_of(study.plan), code_for(study.plan), seconds, clock);
}

TEST(Pilot, CountsOnlyTheRunsThatEndedOfAUnitThatIsNotOver) {
  const Study study(test::ruin("replicates = 1024\n"));
  double time = 0;
  const Pilot pilot = pilot_of(study, 1.0, [&] { return time += 1; });
  EXPECT_GT(pilot.runs, 0);
  EXPECT_LT(pilot.runs, 2048);
  EXPECT_DOUBLE_EQ(pilot.units, static_cast<double>(pilot.runs) / 2048);
  EXPECT_DOUBLE_EQ(pilot.seconds_a_unit(), pilot.seconds * 2048 / static_cast<double>(pilot.runs));
}

TEST(Pilot, WaitsForTheFirstRunHoweverLateItIs) {
  const Study study(test::ruin("replicates = 1024\n"));
  double time = 0;
  const Pilot pilot = pilot_of(study, 1e-9, [&] { return time += 1; });
  EXPECT_GT(pilot.runs, 0);
  EXPECT_GT(pilot.units, 0);
}

TEST(Pilot, CountsWholeUnitsWhenThereIsTime) {
  const Study study(test::ruin("replicates = 20\n"));
  double time = 0;
  const Pilot pilot = pilot_of(study, 1e6, [&] { return time += 1e-6; });
  EXPECT_EQ(pilot.units, 5);
  EXPECT_EQ(pilot.runs, 5 * 2 * 20);
}

std::int64_t block_of(const Study& study, double seconds_a_unit, double commit_seconds = 0) {
  return choose_block(study.plan, layout_of(study.plan), {1, 1, 0, seconds_a_unit}, 2, commit_seconds);
}

TEST(Block, IsAPowerOfTwoOfPointsOnceItHoldsOne) {
  const Study study(test::ruin("replicates = 3000\n"), {"--design.points=100000"});  // 3 chunks a point
  for (const double seconds : {0.5, 0.1, 1e-2, 1e-3, 1e-4}) {
    const auto block = static_cast<std::uint64_t>(block_of(study, seconds));
    EXPECT_TRUE(block < 3 ? std::has_single_bit(block) : block % 3 == 0 && std::has_single_bit(block / 3)) << block;
    EXPECT_LE(static_cast<double>(block) * seconds, 1.0);
  }
  EXPECT_EQ(block_of(study, 1e-2), 3 * 32);
  EXPECT_EQ(block_of(study, 0.4), 2);
}

TEST(Block, TakesAHundredCommits) {
  const Study study(test::ruin("replicates = 8\n"), {"--design.points=1000000"});
  EXPECT_EQ(block_of(study, 0.01), 64);
  EXPECT_EQ(block_of(study, 0.01, 0.02), 128);  // 2 s of work
}

TEST(Block, IsNotChosenByACostOfZero) {
  const Study study(test::ruin("replicates = 8\n"));
  EXPECT_EQ(block_of(study, 0), 4);
}

TEST(CommitTime, IsMeasuredAndLeavesNothing) {
  const test::Folder folder;
  EXPECT_GT(time_commit(folder.path()), 0);
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

}  // namespace
}  // namespace truce
