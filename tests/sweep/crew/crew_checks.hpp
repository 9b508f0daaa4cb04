// Checks of crew, collectives and work loop that run on any crew: local, threads and MPI share this source.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sweep/crew/crew.hpp"
#include "sweep/crew/work_loop.hpp"

namespace truce {

/// A small source of random numbers for scenarios (SplitMix64).
class ScenarioDice {
 public:
  explicit ScenarioDice(std::uint64_t seed) : state_(seed) {}
  std::int64_t between(std::int64_t low, std::int64_t high);

 private:
  std::uint64_t state_;
};

enum class Moment { never, begin, advance, finish };

/// One play of the work loop.
struct Scenario {
  WorkPlan plan;
  std::uint64_t seed = 0;  ///< of the slices per block
  int failing_rank = 0;    ///< throws Error(io) at `moment` of its block number `failing_block`
  int failing_block = 0;
  Moment moment = Moment::never;
  int stop_after = -1;  ///< looks of rank 0, then it is asked to stop; -1: never
  int slow_rank = -1;   ///< needs `slow_slices` slices a block
  int slow_slices = 40;
  double tick = 0.001;  ///< seconds that rank 0's clock moves at each look
  double grace = 60;
  double patience = 1e9;  ///< after a stop or a failure
};

/// Ordered, disjoint ranges with gaps.
std::vector<Range> random_ranges(ScenarioDice& dice);
/// Ranges, block, chunks and slices by the seed; no failure, no stop.
Scenario random_scenario(std::uint64_t seed);

/// Collective: plays the scenario, then rank 0 judges what all ranks did. "" or the problems found; "" on other ranks.
std::string check_work(Crew& crew, const Scenario& scenario);
/// Collective: broadcast, gather, barrier and together, also with a rank that throws. As above.
std::string check_collectives(Crew& crew);

}  // namespace truce
