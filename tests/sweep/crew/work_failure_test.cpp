// A failure anywhere ends the work loop everywhere, and whoever is silent then is ended.
#include <gtest/gtest.h>

#include <stdexcept>

#include "sweep/base/error.hpp"
#include "sweep/crew/crew_threads.hpp"
#include "tests/sweep/crew/work_fixture.hpp"

namespace truce {
namespace {

TEST(WorkLoop, LocalCrewReturnsItsFailure) {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    Scenario scenario = failing_scenario(seed);
    scenario.failing_rank = 0;
    EXPECT_EQ(check_work(*make_local_crew(), scenario), "") << "seed " << seed;
  }
}

TEST(WorkLoop, AFailureAnywhereIsTheResultEverywhere) {
  for (std::uint64_t seed = 0; seed < 1000; ++seed) {
    ASSERT_EQ(play(size_by(seed), failing_scenario(seed)), "") << "seed " << seed;
  }
}

TEST(WorkLoop, AStopRequestAndAFailureTogetherEnd) {
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    Scenario scenario = failing_scenario(seed);
    scenario.stop_after = static_cast<int>(seed % 20);
    ASSERT_EQ(play(size_by(seed), scenario), "") << "seed " << seed;
  }
}

// Rank 1 fails at once; rank 2 computes for ten times the grace time, but answers.
TEST(WorkLoop, ASlowRankThatAnswersIsNotAborted) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    Scenario scenario;
    scenario.seed = seed;
    scenario.plan = {{{0, 20}}, 1, 1};
    scenario.failing_rank = 1;
    scenario.moment = Moment::begin;
    scenario.slow_rank = 2;
    scenario.slow_slices = 2000;
    scenario.tick = 0.3;
    ASSERT_EQ(play(3, scenario), "") << "seed " << seed;
  }
}

// Rank 1 fails; rank 2 hangs within a slice, at once or after it has answered the first `stop`.
TEST(WorkLoop, ASilentRankIsAbortedWithTheFailuresCode) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    double time = 0;
    const int code = run_threads(3, seed, [&](Crew& crew) {
      int slices = seed % 2 == 0 ? 0 : 100;
      Watch watch;
      watch.clock = [&] { return time += 0.1; };
      watch.patience_after_failure = 1e9;
      Worker worker = idle_worker();
      if (crew.rank() == 1) worker.advance = []() -> bool { throw Error(Exit::io, "x"); };
      if (crew.rank() == 2) {
        worker.advance = [&]() -> bool {
          while (slices == 0) crew.wait();
          --slices;
          return false;
        };
      }
      try {
        work(crew, {{{0, 50}}, 1, 1}, worker, watch);
      } catch (const Error& error) {
        EXPECT_STREQ(error.what(),
                     "x [rank 1]; rank 2 did not answer any more, so all ranks are ended: what is committed is kept");
        crew.abort(static_cast<int>(error.exit()));
      }
    });
    EXPECT_EQ(code, static_cast<int>(Exit::io));
    EXPECT_GT(time, 60);
    EXPECT_LT(time, 180);
  }
}

// Rank 0 itself is away for hours in each slice: that is not the others' silence.
TEST(WorkLoop, ALongSliceOfRankZeroAbortsNobody) {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    double time = 0;
    const int code = run_threads(3, seed, [&](Crew& crew) {
      int slices = 0;
      Watch watch;
      watch.clock = [&] { return time += 0.001; };
      Worker worker = idle_worker();
      if (crew.rank() == 0) worker.advance = [&] { return time += 10'000, ++slices % 3 == 0; };
      if (crew.rank() == 1) worker.advance = []() -> bool { throw Error(Exit::io, "x"); };
      if (crew.rank() == 2) worker.advance = [&] { return ++slices % 6 == 0; };
      EXPECT_EQ(work(crew, {{{0, 50}}, 1, 1}, worker, watch).exit, Exit::io);
    });
    EXPECT_EQ(code, 0) << "seed " << seed;
  }
}

TEST(WorkLoop, ABadPlanOrACallbackThatThrowsIsAFailureEverywhere) {
  int results = 0;
  run_threads(3, 1, [&](Crew& crew) {
    Watch watch;
    watch.clock = [] { return 0.0; };
    EXPECT_EQ(work(crew, {{{0, 5}}, 0, 1}, idle_worker(), watch).exit, Exit::internal);
    watch.stop = []() -> std::string { throw Error(Exit::usage, "x"); };
    EXPECT_EQ(work(crew, {{{0, 5}}, 1, 1}, idle_worker(), watch).exit, Exit::usage);
    ++results;
  });
  EXPECT_EQ(results, 3);
}

TEST(WorkLoop, TheFirstOfSeveralFailuresCounts) {
  run_threads(2, 1, [](Crew& crew) {
    int slices = 0;
    Watch watch;
    watch.clock = [] { return 0.0; };
    Worker worker = idle_worker();
    if (crew.rank() == 0) worker.begin = [](Range) { throw Error(Exit::io, "first"); };
    worker.advance = [&] { return ++slices < 50 ? false : throw Error(Exit::corrupt, "second"); };
    const WorkResult result = work(crew, {{{0, 50}}, 1, 1}, worker, watch);
    EXPECT_EQ(result.exit, Exit::io);
    EXPECT_EQ(result.text, "first [rank 0]");
  });
}

TEST(WorkLoop, TellsRanksApartInTheTextOfAFailure) {
  run_threads(3, 1, [](Crew& crew) {
    Watch watch;
    watch.clock = [] { return 0.0; };
    Worker worker = idle_worker();
    if (crew.rank() == 2) worker.begin = [](Range) { throw std::runtime_error("odd"); };
    const WorkResult result = work(crew, {{{0, 50}}, 1, 1}, worker, watch);
    EXPECT_EQ(result.exit, Exit::internal);
    EXPECT_EQ(result.text, "odd (an unexpected exception); please report this [rank 2]");
  });
}

}  // namespace
}  // namespace truce
