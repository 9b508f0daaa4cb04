// How long the work loop waits for blocks in hand when it stops: no less and no more than it promises.
#include <gtest/gtest.h>

#include <stdexcept>

#include "sweep/crew/crew_threads.hpp"
#include "tests/sweep/crew/work_fixture.hpp"

namespace truce {
namespace {

/// A rank 0 of two whose other rank holds its block and leaves at a time.
class LateCrew final : public Crew {
 public:
  LateCrew(const double& time, double leaves) : time_(time), leaves_(leaves) {}
  int rank() const override { return 0; }
  int size() const override { return 2; }
  void send(int, const Message&) override {}
  std::optional<Message> poll() override {
    if (left_ || time_ < leaves_) return std::nullopt;
    left_ = true;
    Message message;
    message.from = 1;
    message.tag = Tag::leave;
    return message;
  }
  Message wait() override { return poll().value(); }
  std::optional<Message> wait_for(double) override { return poll(); }
  void abort(int) override { throw std::logic_error("abort"); }

 private:
  const double& time_;
  double leaves_;
  bool left_ = false;
};

/// Rank 0 is asked to stop at 0 s, patience ends at 40 s, and the other rank leaves then or later.
WorkResult leave_at(double leaves) {
  double time = 0;
  LateCrew crew(time, leaves);
  Watch watch;
  watch.clock = [&] { return time += 0.1; };
  watch.stop = [&] { return time > 0.5 ? "a signal" : ""; };
  watch.patience = 40;
  return work(crew, {{{0, 2}}, 1, 1}, idle_worker(), watch);
}

// Its silence before, in a long slice, is within its patience.
TEST(WorkLoop, GraceBeginsWhenABlockIsGivenUp) {
  EXPECT_EQ(leave_at(65).exit, Exit::incomplete);
  EXPECT_EQ(leave_at(99).exit, Exit::incomplete);
  EXPECT_THROW(leave_at(102), Error);
}

// Rank 0 fails at the end of a slice of 10 s; rank 1 then needs 3 s of the 5 that it has.
TEST(WorkLoop, PatienceBeginsWhenRankZeroKnowsOfTheFailure) {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    double time = 0;
    bool begun = false, failed = false;
    run_threads(2, seed, [&](Crew& crew) {
      int slices = 0;
      Watch watch;
      watch.clock = [&] { return time; };
      Worker worker = idle_worker();
      worker.begin = [&](Range) { begun = begun || crew.rank() == 1; };
      worker.advance = [&] {
        if (crew.rank() == 1) return failed && (time += 1, ++slices % 3 == 0);
        if (!begun) return false;
        time += 10;
        failed = true;
        throw Error(Exit::io, "x");
      };
      const WorkResult result = work(crew, {{{0, 50}}, 1, 1}, worker, watch);
      EXPECT_EQ(result.exit, Exit::io);
      EXPECT_GE(result.runs, 1) << "seed " << seed;
    });
  }
}

/// After a block of 10 s another one that never ends; the limit at 1000 s stops the loop at 990, a signal comes at
/// `signal`. When the loop ended, and when it last looked at signals.
std::pair<double, double> limit_and_signal(double signal) {
  double time = 0, looked = 0;
  Watch watch;
  watch.clock = [&] { return time; };
  watch.stop = [&] { return looked = time, time >= signal ? "a signal" : ""; };
  watch.end = 1000;
  watch.end_text = "the limit";
  Worker worker = idle_worker();
  worker.advance = [&] { return (time += 1) == 10; };
  const WorkResult result = work(*make_local_crew(), {{{0, 2}}, 1, 1}, worker, watch);
  EXPECT_EQ(result.exit, Exit::incomplete);
  EXPECT_EQ(result.text, "the limit");
  return {time, looked};
}

TEST(WorkLoop, ASignalAfterTheLimitLeavesOnlyItsOwnPatience) {
  EXPECT_EQ(limit_and_signal(991).first, 1021);
  EXPECT_EQ(limit_and_signal(1e9).first, 1030);
}

// What is called between slices also renews the lock of a live run: it must not grow stale while blocks are finished.
TEST(WorkLoop, LooksAtSignalsToTheEnd) { EXPECT_GE(limit_and_signal(1e9).second, 1029); }

// The first block took 500 s, so the limit at 1000 s stops the loop at 500; rank 1 gets a signal at 600.
TEST(WorkLoop, ASignalToAnotherRankAfterTheLimitIsPassedOn) {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    double time = 0;
    bool begun = false;
    run_threads(2, seed, [&](Crew& crew) {
      Watch watch;
      watch.clock = [&] { return time; };
      if (crew.rank() == 1) watch.stop = [&] { return time >= 600 ? "a signal" : ""; };
      watch.end = 1000;
      watch.end_text = "the limit";
      Worker worker = idle_worker();
      worker.begin = [&](Range) { begun = begun || crew.rank() == 1; };
      worker.advance = [&] {
        if (crew.rank() == 1) return time += 1, false;
        return begun && (time += 500) > 0;
      };
      EXPECT_EQ(work(crew, {{{0, 2}}, 1, 1}, worker, watch).text, "the limit");
    });
    EXPECT_LT(time, 900) << "seed " << seed << ": it must not wait until 1030";
  }
}

}  // namespace
}  // namespace truce
