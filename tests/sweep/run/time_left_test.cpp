// Time left to a Slurm job: every form that squeue prints, and squeues that fail, lie or hang.
#include "sweep/run/time_left.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <utility>

#include "sweep/base/steady_seconds.hpp"
#include "tests/sweep/store/store_fixture.hpp"

namespace truce {
namespace {

TEST(TimeLeft, IsReadInEveryFormOfSqueue) {
  EXPECT_EQ(parse_time_left("1-02:03:04\n"), 86400.0 + 2 * 3600 + 3 * 60 + 4);
  EXPECT_EQ(parse_time_left("02:03:04"), 2.0 * 3600 + 3 * 60 + 4);
  EXPECT_EQ(parse_time_left(" 03:04 "), 3.0 * 60 + 4);
  EXPECT_EQ(parse_time_left("0:00"), 0.0);
  EXPECT_EQ(parse_time_left("365-00:00:00"), 365.0 * 86400);
  EXPECT_TRUE(std::isinf(parse_time_left("UNLIMITED").value()));
  EXPECT_EQ(parse_time_left("INVALID"), 0.0);
}

TEST(TimeLeft, IsNotGuessedFromAnythingElse) {
  for (const char* text : {"", "NOT_SET", "7", "1-02:03", "1:2:3:4", "-1:00", "1:60", "1:00:60", "a:00", "1:", ":1",
                           "1-", "99999999999999999999:00", "slurm_load_jobs error: Invalid job id specified"})
    EXPECT_EQ(parse_time_left(text), std::nullopt) << text;
}

Environment environment(std::map<std::string, std::string> variables) {
  return [variables = std::move(variables)](const char* name) {
    const auto at = variables.find(name);
    return at == variables.end() ? nullptr : at->second.c_str();
  };
}

TEST(TimeLeft, HasNoLimitOutsideAJob) {
  const TimeLeft left = slurm_time_left(environment({}), 0);
  EXPECT_TRUE(std::isinf(left.seconds));
  EXPECT_EQ(left.text + left.warning, "");
}

TEST(TimeLeft, KeepsATenthForTheEndOfTheJob) {
  const auto left = [](const char* end) {
    return slurm_time_left(environment({{"SLURM_JOB_ID", "17"}, {"SLURM_JOB_END_TIME", end}}), 1000).seconds;
  };
  EXPECT_EQ(left("1100"), 90);
  EXPECT_EQ(left("1020"), 15);
  EXPECT_EQ(left("11000"), 9955);
  EXPECT_EQ(left("1003"), 0);
  EXPECT_EQ(left("900"), 0);
}

/// A squeue that is this shell script, first on PATH while the object lives.
class FakeSqueue {
 public:
  explicit FakeSqueue(const std::string& script) : path_(std::getenv("PATH")) {
    const auto file = folder_ / "squeue";
    if (!script.empty()) {
      std::ofstream(file) << "#!/bin/sh\n" << script << "\n";
      std::filesystem::permissions(file, std::filesystem::perms::owner_all);
    }
    ::setenv("PATH", (folder_.path().string() + (script.empty() ? "" : ":" + path_)).c_str(), 1);
  }
  ~FakeSqueue() { ::setenv("PATH", path_.c_str(), 1); }
  FakeSqueue(const FakeSqueue&) = delete;
  FakeSqueue& operator=(const FakeSqueue&) = delete;

 private:
  test::Folder folder_;
  std::string path_;
};

TimeLeft ask(const std::string& script, double patience = 60) {
  const FakeSqueue squeue(script);
  return slurm_time_left(environment({{"SLURM_JOB_ID", "17"}}), 0, patience);
}

TEST(TimeLeft, AsksSqueueForThisJob) {
  const TimeLeft left = ask("test \"$*\" = '-h -j 17 -o %L' && echo 10:00");
  EXPECT_EQ(left.seconds, 555);
  EXPECT_EQ(left.text, "the time limit of the Slurm job");
  EXPECT_TRUE(std::isinf(ask("echo UNLIMITED").seconds));
  EXPECT_EQ(ask("echo UNLIMITED").warning, "");
  const FakeSqueue of_the_task("test \"$3\" = 5_3 && echo 10:00 || echo 1:00");
  const auto array = environment({{"SLURM_JOB_ID", "17"}, {"SLURM_ARRAY_JOB_ID", "5"}, {"SLURM_ARRAY_TASK_ID", "3"}});
  EXPECT_EQ(slurm_time_left(array, 0, 60).seconds, 555) << "by its number the last task would stand for all";
}

TEST(TimeLeft, IsUnknownWithAWarningWhereSqueueDoesNotSay) {
  const auto warned = [](const TimeLeft& left, const std::string& why) {
    EXPECT_TRUE(std::isinf(left.seconds));
    EXPECT_TRUE(test::says(left.warning, {"Slurm job 17", why, "--max-seconds"})) << left.warning;
  };
  warned(ask("exit 1"), "squeue says ''");
  warned(ask("echo NOT_SET"), "squeue says 'NOT_SET'");
  warned(ask(""), "squeue cannot be started");
  const double begun = steady_seconds();
  warned(ask("echo 1; sleep 1000 & sleep 1000", 0.2), "did not answer within 0.2 s");
  EXPECT_LT(steady_seconds() - begun, 60);
}

TEST(TimeLeft, IgnoresASqueueThatTalksForEver) {
  EXPECT_TRUE(std::isinf(ask("while :; do echo 10:00; done", 0.2).seconds));
}

}  // namespace
}  // namespace truce
