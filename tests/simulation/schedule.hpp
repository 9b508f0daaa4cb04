// A simulated study from its first attempt to the one that completes it; everything follows from a seed.
#pragma once

#include <cstdint>
#include <string>

namespace truce::simulation {

/// What schedules reached, so that a test can see that they reach everything.
struct Reached {
  std::int64_t attempts = 0, blocks = 0, messages = 0;
  std::int64_t done = 0, stopped = 0, failed = 0, aborted = 0, killed = 0;
  std::int64_t torn = 0;       ///< journals whose last frame was cut
  std::int64_t given_up = 0;   ///< blocks
  std::int64_t limited = 0;    ///< attempts that a time limit stopped
  std::int64_t passed_on = 0;  ///< signals to one rank that rank 0 heard of
  std::int64_t told = 0;       ///< attempts that heard of another job's commits
  std::int64_t twice = 0;      ///< frames of units that this crew and another job committed
  double hours = 0;            ///< of virtual time
};

/// "", or what does not hold, one a line with the attempt. Adds to `reached`.
std::string play_schedule(std::uint64_t seed, Reached& reached);

}  // namespace truce::simulation
