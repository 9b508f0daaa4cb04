// A child process that answers, throws, crashes or hangs: the caller goes on in all cases.
#include "sweep/store/child.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <stdexcept>
#include <string>

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

}  // namespace
}  // namespace truce
