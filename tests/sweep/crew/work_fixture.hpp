// Scenarios on crews of threads, and a worker that computes nothing: what the tests of the work loop share.
#pragma once

#include <cstdint>
#include <string>

#include "sweep/base/error.hpp"
#include "sweep/crew/crew_threads.hpp"
#include "sweep/crew/work_loop.hpp"
#include "tests/sweep/crew/crew_checks.hpp"

namespace truce {

/// A worker that computes nothing, in one slice a block.
inline Worker idle_worker() {
  return {[](Range) {}, [] { return true; }, [] { return Committed{1, 0}; }};
}

/// Plays with threads; "" or the problems; what a deadlock throws is a problem too.
inline std::string play(int size, const Scenario& scenario) {
  std::string problems;
  try {
    const int aborted = run_threads(size, scenario.seed, [&](Crew& crew) {
      const std::string found = check_work(crew, scenario);
      if (crew.rank() == 0) problems = found;
    });
    if (aborted != 0) problems += "aborted\n";
  } catch (const Error& error) {
    problems = error.what();
  }
  return problems;
}

inline int size_by(std::uint64_t seed) { return 1 + static_cast<int>(seed % 7); }

inline Scenario failing_scenario(std::uint64_t seed) {
  Scenario scenario = random_scenario(seed);
  ScenarioDice dice(~seed);
  scenario.failing_rank = static_cast<int>(dice.between(0, size_by(seed) - 1));
  scenario.failing_block = static_cast<int>(dice.between(0, 2));
  scenario.moment = static_cast<Moment>(dice.between(1, 3));
  return scenario;
}

}  // namespace truce
