// The work loop on crews of 1 to 7 threads hands out every block once, whatever the order of messages.
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <vector>

#include "tests/sweep/crew/work_fixture.hpp"

namespace truce {
namespace {

TEST(WorkLoop, LocalCrewDoesEverything) {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    EXPECT_EQ(check_work(*make_local_crew(), random_scenario(seed)), "") << "seed " << seed;
  }
}

TEST(WorkLoop, CommitsEveryBlockOnceInAnyOrderOfMessages) {
  for (std::uint64_t seed = 0; seed < 1000; ++seed) {
    ASSERT_EQ(play(size_by(seed), random_scenario(seed)), "") << "seed " << seed;
  }
}

TEST(WorkLoop, ASlowRankDelaysButLosesNothing) {
  for (std::uint64_t seed = 0; seed < 70; ++seed) {
    Scenario scenario = random_scenario(seed);
    scenario.slow_rank = static_cast<int>(seed % 3);
    ASSERT_EQ(play(size_by(seed), scenario), "") << "seed " << seed;
  }
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
