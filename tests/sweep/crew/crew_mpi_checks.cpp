// The crew checks over MPI, run by mpirun: `checks N` (N ranks expected), or a way to end badly: fail, throw, abort.
#include <iostream>

#include "sweep/base/error.hpp"
#include "sweep/base/steady_seconds.hpp"
#include "tests/sweep/crew/crew_checks.hpp"

namespace truce {
namespace {

int run_checks(Crew& crew, int expected) {
  std::string problems = crew.size() == expected ? "" : "crew of " + std::to_string(crew.size()) + "\n";
  problems += check_collectives(crew);
  for (std::uint64_t seed = 0; seed < 150; ++seed) {
    Scenario scenario = random_scenario(seed);
    ScenarioDice dice(~seed);
    if (seed % 3 == 1) {
      scenario.failing_rank = static_cast<int>(dice.between(0, expected - 1));
      scenario.failing_block = static_cast<int>(dice.between(0, 2));
      scenario.moment = static_cast<Moment>(dice.between(1, 3));
    }
    if (seed % 3 == 2) scenario.stop_after = static_cast<int>(dice.between(0, 40));
    scenario.tick = 0;
    const std::string found = check_work(crew, scenario);
    if (!found.empty()) problems += "seed " + std::to_string(seed) + ": " + found;
  }
  if (crew.rank() == 0) std::cout << (problems.empty() ? "all crew checks hold\n" : problems);
  return problems.empty() ? 0 : 1;
}

/// One rank throws within the loop: all leave it with Exit::io and finish cleanly.
int run_failure(Crew& crew) {
  Watch watch;
  watch.clock = steady_seconds;
  Worker worker{[](Range) {}, [] { return true; }, [] { return Committed{1, 0}; }};
  if (crew.rank() == crew.size() - 1) worker.finish = []() -> Committed { throw Error(Exit::io, "no space"); };
  return static_cast<int>(work(crew, {{{0, 1'000'000}}, 1, 1}, worker, watch).exit);
}

int run(const std::string& what, int expected) {
  const auto crew = make_crew();
  const bool last = crew->rank() == crew->size() - 1;
  if (what == "checks") return run_checks(*crew, expected);
  if (what == "fail") return run_failure(*crew);
  if (what == "abort" && last) crew->abort(7);
  if (what == "throw" && last) throw Error(Exit::io, "thrown outside of any collective step");
  crew->wait();
  return 0;
}

}  // namespace
}  // namespace truce

int main(int argc, char** argv) {
  try {
    return truce::run(argc > 1 ? argv[1] : "", argc > 2 ? std::stoi(argv[2]) : 1);
  } catch (const std::exception& error) {
    std::cout << error.what() << '\n';
    return 3;
  }
}
