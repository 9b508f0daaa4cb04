// The work loop beside other jobs on the same study: what it leaves out, and how often it looks.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/sweep/crew/work_fixture.hpp"

namespace truce {
namespace {

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
      std::vector<Range> news{{end - now, now - heard}};
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

TEST(WorkLoop, NewsThatThrowAreAFailure) {
  Watch watch;
  double time = 0;
  watch.clock = [&] { return time += 10; };
  watch.news = []() -> std::vector<Range> { throw Error(Exit::usage, "x"); };
  EXPECT_EQ(work(*make_local_crew(), {{{0, 50}}, 1, 1}, idle_worker(), watch).exit, Exit::usage);
}

}  // namespace
}  // namespace truce
