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
      Worker worker = idle_worker();
      if (crew.rank() == 1) worker.advance = []() -> bool { throw Error(Exit::io, "x"); };
      if (crew.rank() == 2) {
        worker.advance = [&]() -> bool {
          while (slices == 0) crew.wait();
          --slices;
          return false;
        };
      }
      work(crew, {{{0, 50}}, 1, 1}, worker, watch);
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

/// Plays one rank, a second a slice and a slice a block; others commit 10 units a second from the back.
struct WithOthers {
  double time = 0;
  int looks = 0;
  std::vector<Range> done;

  WorkResult play(std::int64_t units, double news_seconds) {
    std::int64_t end = units, heard = 0;
    Watch watch;
    watch.clock = [&] { return time; };
    watch.news_seconds = news_seconds;
    watch.news = [&] {
      ++looks;
      const auto now = std::min(end, static_cast<std::int64_t>(10 * time));
      const std::vector<Range> news{{end - now, now - heard}};
      heard = now;
      return news;
    };
    Worker worker{[&](Range block) { done.push_back(block); }, [&] { return time += 1, true; },
                  [] {
                    return Committed{1, 0};
                  }};
    return work(*make_local_crew(), {{{0, units}}, 1, 1}, worker, watch);
  }
};

TEST(WorkLoop, LeavesOutWhatOthersCommit) {
  WithOthers play;
  const WorkResult result = play.play(1000, 5);
  EXPECT_EQ(result.exit, Exit::done);
  EXPECT_EQ(result.runs, static_cast<std::int64_t>(play.done.size()));
  EXPECT_NEAR(static_cast<double>(result.runs), 1000 / 11.0, 5) << "who is ten times as fast does ten times as much";
  EXPECT_NEAR(play.looks, static_cast<double>(result.runs) / 5, 2);
}

/// When one rank looks for news; 100 blocks of a second, looks that take `look_seconds`.
std::vector<double> times_of_looks(double news_seconds, double look_seconds) {
  std::vector<double> times;
  double time = 0;
  Watch watch;
  watch.clock = [&] { return time; };
  watch.news_seconds = news_seconds;
  watch.news = [&] {
    times.push_back(time);
    time += look_seconds;
    return std::vector<Range>{};
  };
  Worker worker = idle_worker();
  worker.advance = [&] { return time += 1, true; };
  EXPECT_EQ(work(*make_local_crew(), {{{0, 100}}, 1, 1}, worker, watch).runs, 100);
  return times;
}

TEST(WorkLoop, LooksForNewsNowAndThenAndMoreOftenNearTheEnd) {
  EXPECT_EQ(times_of_looks(20, 0), (std::vector<double>{20, 40, 60, 80, 98}));
  EXPECT_EQ(times_of_looks(10, 0), (std::vector<double>{10, 20, 30, 40, 50, 60, 70, 80, 90, 98, 99}));
}

TEST(WorkLoop, SpendsLittleTimeOnLooksThatTakeLong) {
  EXPECT_EQ(times_of_looks(10, 1), (std::vector<double>{10, 61}));  // 50 s after the end of the first
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

TEST(WorkLoop, NewsThatThrowAreAFailure) {
  Watch watch;
  double time = 0;
  watch.clock = [&] { return time += 10; };
  watch.news = []() -> std::vector<Range> { throw Error(Exit::usage, "x"); };
  EXPECT_EQ(work(*make_local_crew(), {{{0, 50}}, 1, 1}, idle_worker(), watch).exit, Exit::usage);
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
