// How the work loop stops: at a request to any rank, or before a time limit.
#include <gtest/gtest.h>

#include <utility>

#include "sweep/base/error.hpp"
#include "sweep/crew/crew_threads.hpp"
#include "tests/sweep/crew/work_fixture.hpp"

namespace truce {
namespace {

TEST(WorkLoop, AStopRequestLeavesBegunBlocksCommitted) {
  for (std::uint64_t seed = 0; seed < 1000; ++seed) {
    Scenario scenario = random_scenario(seed);
    scenario.stop_after = static_cast<int>(seed % 40);
    ASSERT_EQ(play(size_by(seed), scenario), "") << "seed " << seed;
  }
}

TEST(WorkLoop, BlocksInHandAreGivenUpWhenPatienceEnds) {
  for (std::uint64_t seed = 0; seed < 1000; ++seed) {
    Scenario scenario = seed % 2 == 0 ? random_scenario(seed) : failing_scenario(seed);
    scenario.stop_after = static_cast<int>(seed % 20);
    scenario.slow_rank = static_cast<int>(seed % 3);
    scenario.slow_slices = 100000;  // never over within the crew calls that a test may make
    scenario.patience = 0.02;
    ASSERT_EQ(play(size_by(seed), scenario), "") << "seed " << seed;
  }
}

// Rank 1 hangs for good; nobody failed, but the stop request must come to an end.
TEST(WorkLoop, ARankThatDoesNotEvenGiveUpEndsAll) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    double time = 0;
    bool hangs = false;
    const int code = run_threads(2, seed, [&](Crew& crew) {
      Watch watch;
      watch.clock = [&] { return time += 0.1; };
      watch.stop = [&] { return hangs ? "a signal" : ""; };
      Worker worker = idle_worker();
      if (crew.rank() == 1) {
        worker.advance = [&]() -> bool {
          for (hangs = true;;) crew.wait();
        };
      }
      try {
        work(crew, {{{0, 1000000}}, 1, 1}, worker, watch);
      } catch (const Error& error) {
        crew.abort(static_cast<int>(error.exit()));
      }
    });
    EXPECT_EQ(code, static_cast<int>(Exit::incomplete));
    EXPECT_GT(time, 60);  // silent since it was told to stop
    EXPECT_LT(time, 180);
  }
}

// Whoever is asked, all stop: launchers may forward a signal to one rank alone.
TEST(WorkLoop, AStopRequestToAnyRankStopsAll) {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    run_threads(3, seed, [](Crew& crew) {
      double time = 0;
      int slices = 0;
      Watch watch;
      watch.clock = [&] { return time += 0.001; };
      if (crew.rank() == 2) watch.stop = [&] { return slices > 10 ? "signal on rank 2" : ""; };
      Worker worker = idle_worker();
      worker.advance = [&] { return ++slices % 3 == 0; };
      const WorkResult result = work(crew, {{{0, 100000}}, 1, 1}, worker, watch);
      EXPECT_EQ(result.exit, Exit::incomplete);
      EXPECT_EQ(result.text, "signal on rank 2");
    });
  }
}

/// Blocks of 10 s until `end`: how many were committed, and at what time the loop ended.
std::pair<std::int64_t, double> until(double end, double patience, int slices_a_block) {
  double time = 0;
  int slices = 0;
  Watch watch;
  watch.clock = [&] { return time; };
  watch.end = end;
  watch.end_text = "the limit";
  watch.patience = patience;
  Worker worker = idle_worker();
  worker.advance = [&] { return time += 1, ++slices % slices_a_block == 0; };
  const WorkResult result = work(*make_local_crew(), {{{0, 1000}}, 1, 1}, worker, watch);
  EXPECT_EQ(result.exit, Exit::incomplete);
  EXPECT_EQ(result.text, "the limit");
  return {result.runs, time};
}

TEST(WorkLoop, BeginsNoBlockThatWouldNotBeOverInTime) {
  EXPECT_EQ(until(51, 30, 10), std::pair(std::int64_t{5}, 50.0));
  EXPECT_EQ(until(49, 30, 10), std::pair(std::int64_t{4}, 40.0));
}

TEST(WorkLoop, FinishesTheFirstBlockAfterTheLimitWithinItsPatience) {
  EXPECT_EQ(until(3, 30, 10), std::pair(std::int64_t{1}, 10.0));
  EXPECT_EQ(until(3, 5, 10), std::pair(std::int64_t{0}, 8.0));
}

// The blocks of others are timed, too: rank 1 takes 10 s for each, rank 0 none.
TEST(WorkLoop, KnowsHowLongTheBlocksOfOthersTake) {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    double time = 0, last = 0;
    run_threads(2, seed, [&](Crew& crew) {
      int slices = 0;
      Watch watch;
      watch.clock = [&] { return time; };
      watch.end = 100;
      Worker worker = idle_worker();
      if (crew.rank() == 0) worker.advance = [&] { return time += 1e-3, false; };
      if (crew.rank() == 1) {
        worker.begin = [&](Range) { last = time; };
        worker.advance = [&] { return time += 1, ++slices % 10 == 0; };
      }
      EXPECT_EQ(work(crew, {{{0, 1000}}, 1, 1}, worker, watch).exit, Exit::incomplete);
    });
    EXPECT_LE(last, 92) << "seed " << seed;  // it may have had a block ahead already
    EXPECT_GE(last, 60);
  }
}

}  // namespace
}  // namespace truce
