// A child process that answers, throws, crashes or hangs, and a program that does: the caller goes on in all cases.
#include "sweep/store/child.hpp"

#include <gtest/gtest.h>
#include <poll.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <stdexcept>
#include <string>

#include "sweep/store/files.hpp"

namespace truce {
namespace {

TEST(Child, GivesItsAnswerHoweverLong) {
  EXPECT_EQ(in_child([] { return std::string("yes"); }, 60), "yes");
  EXPECT_EQ(in_child([] { return std::string(); }, 60), "");
  EXPECT_EQ(in_child([] { return std::string(1'000'000, 'x'); }, 60), std::string(1'000'000, 'x'));
}

TEST(Child, GivesNothingWhereItDoesNotComeToItsEnd) {
  EXPECT_EQ(in_child([]() -> std::string { throw std::runtime_error("no"); }, 60), std::nullopt);
  EXPECT_EQ(in_child([]() -> std::string { std::abort(); }, 60), std::nullopt);
  EXPECT_EQ(in_child(
                []() -> std::string {
                  std::raise(SIGSEGV);
                  return "yes";
                },
                60),
            std::nullopt);
}

TEST(Child, IsEndedWhenItHangs) {
  EXPECT_EQ(in_child(
                []() -> std::string {
                  for (;;) ::pause();
                },
                0.2),
            std::nullopt);
}

TEST(Child, GivesTheFirstBytesThatAProgramPrints) {
  EXPECT_EQ(output_of({"sh", "-c", "echo \"$1\"; echo no >&2; exit 1", "sh", "a b"}, 60), "a b\n");
  EXPECT_EQ(output_of({"true"}, 60), "");
  EXPECT_EQ(output_of({"sh", "-c", "printf %1000s"}, 60), std::string(256, ' '));
}

TEST(Child, SaysWhichProgramCannotBeStarted) {
  try {
    output_of({"no-such-program"}, 60);
    FAIL() << "it was started";
  } catch (const FileError& error) {
    EXPECT_NE(std::string(error.what()).find("no-such-program"), std::string::npos) << error.what();
  }
}

// Both sleeps hold the pipe open: its end is seen only once both are gone.
TEST(Child, AProgramThatHangsIsEndedWithAllThatItStarted) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  EXPECT_EQ(output_of({"sh", "-c", "sleep 1000 & sleep 1000"}, 0.5), std::nullopt);
  ::close(ends[1]);
  pollfd end{ends[0], POLLIN, 0};
  EXPECT_EQ(::poll(&end, 1, 60'000), 1);
  EXPECT_NE(end.revents & POLLHUP, 0);
  ::close(ends[0]);
}

}  // namespace
}  // namespace truce
