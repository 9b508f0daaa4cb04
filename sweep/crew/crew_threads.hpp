// Many ranks in one process, for tests: threads that take turns in a seeded order, so that a schedule can be repeated.
#pragma once

#include <cstdint>
#include <functional>

#include "sweep/crew/crew.hpp"

namespace truce {

/// What `abort` of a thread crew throws on every rank; `run_threads` turns it into its return value.
struct Aborted {
  int code = 0;
};

/// Runs `body` once for each of `size` ranks. Exactly one rank runs at a time; at each call of its crew the seed
/// decides who runs next, which rank's message comes first and how long messages are under way (so a body must not wait
/// for another except through its crew, and `wait_for` never really waits). Returns 0, or the code of the first
/// `abort`. An exception of a body ends all ranks and is thrown here. Throws Error(internal) if all ranks wait for each
/// other or if the crew calls exceed ten million.
int run_threads(int size, std::uint64_t seed, const std::function<void(Crew&)>& body);

}  // namespace truce
