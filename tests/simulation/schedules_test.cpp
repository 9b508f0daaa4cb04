// Simulated schedules of the work loop and the journal. TRUCE_SCHEDULES: how many; TRUCE_SEED: that one alone.
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>

#include "tests/simulation/schedule.hpp"

namespace truce::simulation {
namespace {

std::uint64_t from_environment(const char* name, std::uint64_t standard) {
  const char* text = std::getenv(name);
  return text == nullptr ? standard : std::strtoull(text, nullptr, 10);
}

TEST(Schedules, LoseNothingAndEndAsOne) {
  const bool one = std::getenv("TRUCE_SEED") != nullptr;
  const std::uint64_t first = from_environment("TRUCE_SEED", 0);
  const std::uint64_t schedules = one ? 1 : from_environment("TRUCE_SCHEDULES", 300);
  Reached reached;
  for (std::uint64_t seed = first; seed < first + schedules; ++seed) {
    ASSERT_EQ(play_schedule(seed, reached), "") << "again with TRUCE_SEED=" << seed;
  }
  std::cout << schedules << " schedules, " << reached.attempts << " attempts: " << reached.done << " done, "
            << reached.stopped << " stopped, " << reached.failed << " failed, " << reached.aborted << " aborted, "
            << reached.killed << " killed; " << reached.blocks << " blocks, " << reached.messages << " messages, "
            << reached.torn << " torn journals, " << reached.given_up << " blocks given up, " << reached.limited
            << " limits, " << reached.passed_on << " signals passed on, " << reached.told
            << " attempts told of others, " << reached.twice << " frames twice, " << reached.hours << " hours\n";
  if (one) return;
  for (const std::int64_t times :
       {reached.done, reached.stopped, reached.failed, reached.aborted, reached.killed, reached.torn, reached.given_up,
        reached.limited, reached.passed_on, reached.told, reached.twice}) {
    EXPECT_GT(times, static_cast<std::int64_t>(schedules / 50)) << "a kind of end is hardly reached";
  }
}

TEST(Schedules, AreTheSameForTheSameSeed) {
  Reached once, again;
  for (std::uint64_t seed = 1000; seed < 1010; ++seed) {
    play_schedule(seed, once);
    play_schedule(seed, again);
  }
  EXPECT_EQ(once.messages, again.messages);
  EXPECT_EQ(once.hours, again.hours);
}

}  // namespace
}  // namespace truce::simulation
