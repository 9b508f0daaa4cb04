// The work loop on crews of 1 to 7 threads: every block once, whatever the order of messages, and a common end.
#include "sweep/crew/work_loop.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>
#include <stdexcept>

#include "sweep/crew/crew_threads.hpp"
#include "tests/sweep/crew/crew_checks.hpp"

namespace truce {
namespace {

/// Plays with threads; "" or the problems; what a deadlock throws is a problem too.
std::string play(int size, const Scenario& scenario) {
  std::string problems;
  try {
    const int aborted = run_threads(size, scenario.seed, [&](Crew& crew) {
      const std::string found = check_work(crew, scenario);
      if (crew.rank() == 0) problems = found;
    });
    if (aborted != 0) problems += "aborted\n";
  } catch (const Error& error) {
    problems = error.what();
  }
  return problems;
}

int size_by(std::uint64_t seed) { return 1 + static_cast<int>(seed % 7); }

Scenario failing_scenario(std::uint64_t seed) {
  Scenario scenario = random_scenario(seed);
  ScenarioDice dice(~seed);
  scenario.failing_rank = static_cast<int>(dice.between(0, size_by(seed) - 1));
  scenario.failing_block = static_cast<int>(dice.between(0, 2));
  scenario.moment = static_cast<Moment>(dice.between(1, 3));
  return scenario;
}

TEST(WorkLoop, LocalCrewDoesEverything) {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    EXPECT_EQ(check_work(*make_local_crew(), random_scenario(seed)), "") << "seed " << seed;
  }
}

TEST(WorkLoop, LocalCrewReturnsItsFailure) {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    Scenario scenario = failing_scenario(seed);
    scenario.failing_rank = 0;
    EXPECT_EQ(check_work(*make_local_crew(), scenario), "") << "seed " << seed;
  }
}

TEST(WorkLoop, CommitsEveryBlockOnceInAnyOrderOfMessages) {
  for (std::uint64_t seed = 0; seed < 1000; ++seed) {
    ASSERT_EQ(play(size_by(seed), random_scenario(seed)), "") << "seed " << seed;
  }
}

TEST(WorkLoop, AFailureAnywhereIsTheResultEverywhere) {
  for (std::uint64_t seed = 0; seed < 1000; ++seed) {
    ASSERT_EQ(play(size_by(seed), failing_scenario(seed)), "") << "seed " << seed;
  }
}

TEST(WorkLoop, AStopRequestLeavesBegunBlocksCommitted) {
  for (std::uint64_t seed = 0; seed < 1000; ++seed) {
    Scenario scenario = random_scenario(seed);
    scenario.stop_after = static_cast<int>(seed % 40);
    ASSERT_EQ(play(size_by(seed), scenario), "") << "seed " << seed;
  }
}

TEST(WorkLoop, AStopRequestAndAFailureTogetherEnd) {
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    Scenario scenario = failing_scenario(seed);
    scenario.stop_after = static_cast<int>(seed % 20);
    ASSERT_EQ(play(size_by(seed), scenario), "") << "seed " << seed;
  }
}

TEST(WorkLoop, ASlowRankDelaysButLosesNothing) {
  for (std::uint64_t seed = 0; seed < 70; ++seed) {
    Scenario scenario = random_scenario(seed);
    scenario.slow_rank = static_cast<int>(seed % 3);
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

/// A worker that computes nothing, in one slice a block.
Worker idle_worker() {
  return {[](Range) {}, [] { return true; }, [] { return Committed{1, 0}; }};
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

TEST(WorkLoop, ShowsProgressToTheEnd) {
  std::ostringstream out;
  Progress progress(out, ProgressStyle::log, 50, 0);
  Watch watch;
  watch.clock = [] { return 0.0; };
  watch.progress = &progress;
  EXPECT_EQ(work(*make_local_crew(), {{{0, 50}}, 1, 1}, idle_worker(), watch).runs, 50);
  EXPECT_EQ(out.str(), "0 of 50 runs  0.0 %\n50 of 50 runs  100.0 %\n");
}

/// Rank 0's view of `size` - 1 others that report a block whenever rank 0 looks; remembers the most they held.
class ScriptedCrew final : public Crew {
 public:
  explicit ScriptedCrew(int size) : held_(static_cast<std::size_t>(size)), size_(size) {}
  int rank() const override { return 0; }
  int size() const override { return size_; }
  void send(int to, const Message& message) override {
    auto& held = held_.at(static_cast<std::size_t>(to));
    if (message.tag == Tag::work) held.push_back(message);
    sent_ += message.tag == Tag::work ? 1 : 0;
    most_held = std::max(most_held, held.size());
  }
  std::optional<Message> poll() override {
    if (patient) return std::nullopt;
    for (std::size_t rank = 1; rank < held_.size(); ++rank) {
      if (held_[rank].empty()) continue;
      Message report = held_[rank].front();
      held_[rank].erase(held_[rank].begin());
      report.from = static_cast<int>(rank);
      report.tag = Tag::report;
      return report;
    }
    return std::nullopt;
  }
  Message wait() override { return poll().value(); }
  std::optional<Message> wait_for(double) override {
    patient = false;
    return poll();
  }
  void abort(int) override { throw std::logic_error("abort"); }

  bool patient = true;  ///< nobody reports until rank 0 is idle
  std::size_t most_held = 0;
  int sent() const { return sent_; }

 private:
  std::vector<std::vector<Message>> held_;
  int size_;
  int sent_ = 0;
};

TEST(WorkLoop, GivesEachRankABlockAheadWhileThereIsPlenty) {
  ScriptedCrew crew(4);
  Watch watch;
  watch.clock = [] { return 0.0; };
  EXPECT_EQ(work(crew, {{{0, 100}}, 1, 1}, idle_worker(), watch).exit, Exit::done);
  EXPECT_EQ(crew.most_held, 2u);
}

TEST(WorkLoop, GivesNoBlockAheadWhenOthersCouldComputeIt) {
  ScriptedCrew crew(4);
  Watch watch;
  watch.clock = [] { return 0.0; };
  EXPECT_EQ(work(crew, {{{0, 6}}, 1, 1}, idle_worker(), watch).exit, Exit::done);
  EXPECT_EQ(crew.most_held, 1u);
  EXPECT_EQ(crew.sent(), 3) << "rank 0 computes what is left while the others still hold theirs";
}

TEST(WorkLoop, IsNotCompleteUntilItsOwnBlocksAreEvenIfOthersHaveThem) {
  ScriptedCrew crew(3);
  Watch watch;
  double time = 0;
  watch.clock = [&] { return time += 10; };
  watch.news = [] { return std::vector<Range>{{0, 50}}; };
  Worker worker = idle_worker();
  int finished = 0;
  worker.finish = [&] { return ++finished, Committed{1, 0}; };
  const WorkResult result = work(crew, {{{0, 50}}, 1, 1}, worker, watch);
  EXPECT_EQ(result.exit, Exit::done);
  EXPECT_EQ(result.runs, finished) << "the reports of a scripted crew hold no runs";
  EXPECT_LE(crew.sent(), 4);
}

// Rank 0 keeps its first block until the others have all the rest: whoever reports must be served again and again.
TEST(WorkLoop, ServesWhoReportsUntilNothingIsLeft) {
  ScriptedCrew crew(4);
  crew.patient = false;
  Watch watch;
  watch.clock = [] { return 0.0; };
  Worker worker = idle_worker();
  int slices = 0;
  worker.advance = [&] { return crew.sent() == 99 || ++slices == 1000; };
  EXPECT_EQ(work(crew, {{{0, 100}}, 1, 1}, worker, watch).exit, Exit::done);
  EXPECT_EQ(crew.sent(), 99);
  EXPECT_EQ(crew.most_held, 2U);  // one in hand, one ahead
}

}  // namespace
}  // namespace truce
