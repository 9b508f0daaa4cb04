// What the progress line says and when it is written; the time is the test's.
#include "sweep/crew/progress.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <sstream>
#include <vector>

namespace truce {
namespace {

std::int64_t count(const std::string& text, char what) { return std::count(text.begin(), text.end(), what); }

TEST(FormatDuration, UsesTwoUnitsAtMost) {
  EXPECT_EQ(format_duration(0), "0 s");
  EXPECT_EQ(format_duration(42), "42 s");
  EXPECT_EQ(format_duration(59.5), "1 min 00 s");
  EXPECT_EQ(format_duration(185), "3 min 05 s");
  EXPECT_EQ(format_duration(3599.5), "1 h 00 min");
  EXPECT_EQ(format_duration(7800), "2 h 10 min");
  EXPECT_EQ(format_duration(3 * 86400 + 4 * 3600 + 59), "3 d 4 h");
}

TEST(FormatDuration, TakesAnyNumber) {
  EXPECT_EQ(format_duration(-1), "0 s");
  EXPECT_EQ(format_duration(std::numeric_limits<double>::infinity()), "very long");
  EXPECT_EQ(format_duration(std::numeric_limits<double>::quiet_NaN()), "very long");
}

TEST(FormatCount, GroupsThousands) {
  EXPECT_EQ(format_count(0), "0");
  EXPECT_EQ(format_count(999), "999");
  EXPECT_EQ(format_count(1000), "1,000");
  EXPECT_EQ(format_count(1234567), "1,234,567");
  EXPECT_EQ(format_count(-123456), "-123,456");
}

TEST(FormatProgress, SaysWhatIsKnown) {
  EXPECT_EQ(format_progress(1024, 4096, 512, 3), "1,024 of 4,096 runs  25.0 %  512 runs/s  ETA 6 s  3 failed");
  EXPECT_EQ(format_progress(0, 4096, 0, 0), "0 of 4,096 runs  0.0 %");
  EXPECT_EQ(format_progress(4096, 4096, 512, 0), "4,096 of 4,096 runs  100.0 %  512 runs/s");
}

TEST(FormatProgress, DoesNotRoundUpToAHundredPercent) {
  EXPECT_NE(format_progress(999'999, 1'000'000, 0, 0).find("99.9 %"), std::string::npos);
  EXPECT_NE(format_progress((std::int64_t{1} << 61) - 1, std::int64_t{1} << 61, 0, 0).find("99.9 %"),
            std::string::npos);
}

TEST(Progress, WritesOnATerminalFiveTimesASecondAtMost) {
  std::ostringstream out;
  Progress progress(out, ProgressStyle::terminal, 10'000, 0);
  progress.start(0);
  for (int ms = 1; ms <= 10'000; ++ms) progress.update(ms / 1000.0, ms, 0);
  progress.end(10);
  const std::string text = out.str();
  EXPECT_LE(count(text, '\r'), 52);
  EXPECT_GE(count(text, '\r'), 40);
  EXPECT_EQ(count(text, '\n'), 1);
  EXPECT_EQ(text.back(), '\n');
}

TEST(Progress, LeavesNoRestOfALongerLine) {
  std::ostringstream out;
  Progress progress(out, ProgressStyle::terminal, 1000, 0);
  progress.start(0);
  progress.update(1, 1, 0);
  const std::size_t before = out.str().size();
  const std::size_t first = before - out.str().rfind('\r');
  progress.update(2, 1000, 0);
  EXPECT_GE(out.str().size() - before, first);
}

TEST(Progress, WritesLogLinesSoonAtFirstThenEveryHalfMinute) {
  std::ostringstream out;
  Progress progress(out, ProgressStyle::log, 1000, 0);
  progress.start(100);
  std::vector<int> written;
  for (int s = 1; s < 130; ++s) {
    const std::int64_t before = count(out.str(), '\n');
    progress.update(100 + s, s, 0);
    if (count(out.str(), '\n') > before) written.push_back(s);
  }
  EXPECT_EQ(written, (std::vector<int>{2, 5, 10, 20, 30, 60, 90, 120}));
  progress.end(230);
  EXPECT_EQ(count(out.str(), '\n'), 1 + 8 + 1);
  EXPECT_EQ(count(out.str(), '\r'), 0);
}

TEST(Progress, SkipsLogLinesThatALongBlockMissed) {
  std::ostringstream out;
  Progress progress(out, ProgressStyle::log, 1000, 0);
  progress.start(0);
  for (const double now : {45.0, 46.0, 59.0, 60.0, 61.0}) progress.update(now, 1, 0);
  EXPECT_EQ(count(out.str(), '\n'), 1 + 2);
}

TEST(Progress, IsSilentWhenQuiet) {
  std::ostringstream out;
  Progress progress(out, ProgressStyle::quiet, 1000, 0);
  progress.start(0);
  progress.update(100, 10, 1);
  progress.end(200);
  EXPECT_EQ(out.str(), "");
}

TEST(Progress, CountsEarlierAttemptsAsDoneButNotInTheRate) {
  std::ostringstream out;
  Progress progress(out, ProgressStyle::log, 1000, 500);
  progress.start(0);
  progress.update(10, 100, 0);
  progress.end(10);
  EXPECT_NE(out.str().find("500 of 1,000 runs  50.0 %\n"), std::string::npos);
  EXPECT_NE(out.str().find("600 of 1,000 runs  60.0 %  10 runs/s  ETA 40 s\n"), std::string::npos);
}

TEST(Progress, EstimatesATotalThatIsOnlyABound) {
  std::ostringstream out;
  Progress progress(out, ProgressStyle::log, 100'000, 300);
  progress.estimate_by(40, 0);
  progress.start(0);
  EXPECT_EQ(out.str(), "300 of at most 100,000 runs  0.3 %\n");
  progress.update(10, 700, 0, 10);  // 1,000 runs for a quarter of the units
  EXPECT_NE(out.str().find("1,000 of about 4,000 runs  25.0 %  70 runs/s  ETA 43 s\n"), std::string::npos) << out.str();
  progress.update(20, 2700, 0, 40);
  progress.end(20);
  EXPECT_NE(out.str().find("3,000 of 3,000 runs  100.0 %"), std::string::npos) << out.str();
}

TEST(Progress, RateFollowsTheLastHalfMinute) {
  std::ostringstream out;
  Progress progress(out, ProgressStyle::quiet, 1'000'000, 0);
  progress.start(0);
  std::int64_t runs = 0;
  for (int s = 1; s <= 100; ++s) progress.update(s, runs += 10, 0);
  EXPECT_NEAR(progress.rate(100), 10, 0.5);
  for (int s = 101; s <= 140; ++s) progress.update(s, runs += 1000, 0);
  EXPECT_NEAR(progress.rate(140), 1000, 1);
  EXPECT_NEAR(progress.rate(170), 500, 30) << "a stall lowers the rate though no block arrives";
}

TEST(Progress, HasARateWhenBlocksAreLongerThanTheWindow) {
  std::ostringstream out;
  Progress progress(out, ProgressStyle::quiet, 1'000'000, 0);
  progress.start(0);
  for (int block = 1; block <= 5; ++block) progress.update(200.0 * block, std::int64_t{2000} * block, 0);
  EXPECT_NEAR(progress.rate(1000), 10, 1e-9);
}

TEST(Progress, CountsWhatOtherJobsCommitAsDone) {
  std::ostringstream out;
  Progress progress(out, ProgressStyle::log, 100, 10);
  progress.of_units(50);
  progress.start(0);
  progress.count_others(20);
  progress.update(3, 30, 0, 15);
  progress.count_others(100);  // never more than there is
  progress.end(4);
  EXPECT_NE(out.str().find("80 of 100 runs  80.0 %"), std::string::npos) << out.str();
  EXPECT_NE(out.str().find("100 of 100 runs  100.0 %"), std::string::npos) << out.str();
}

TEST(Progress, CountsUnitsOfOthersWhereTheTotalIsEstimated) {
  std::ostringstream out;
  Progress progress(out, ProgressStyle::log, 1000, 0);
  progress.of_units(10);
  progress.estimate_by(10, 0);
  progress.start(0);
  progress.update(1, 40, 0, 2);  // 20 runs a unit
  progress.count_others(3);
  progress.update(3, 40, 0, 2);
  EXPECT_NE(out.str().find("100 of about 200 runs  50.0 %"), std::string::npos) << out.str();
}

}  // namespace
}  // namespace truce
