// One attempt at a simulated study: the real work loop on a simulated crew, with everything that may go wrong.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sweep/crew/collective.hpp"
#include "sweep/crew/work_loop.hpp"
#include "tests/simulation/disk.hpp"
#include "tests/simulation/stage.hpp"

namespace truce::simulation {

/// What goes wrong in an attempt; nothing by default. Times in seconds of virtual time.
struct Troubles {
  double stop = never;      ///< somebody asks to stop (a signal, a deadline)
  int watch_fails = -1;     ///< the look of rank 0 of that number throws
  int failing_rank = -1;    ///< a worker of it throws ...
  int failing_call = 0;     ///< ... at its call of that number
  bool full_disk = false;   ///< ... or, instead, its commit of that number
  int second_failing = -1;  ///< another rank that fails in the same way
  int dying_rank = -1;      ///< silently, at `death`; all are killed `notice` later
  double death = never, notice = 0;
  int stalling_rank = -1;  ///< answers nothing for `stall` once
  double stall = 0;
};

/// How an attempt is set up.
struct Setting {
  int size = 1;
  WorkPlan plan;
  double grace = 60;
  double slice_seconds = 0.25;  ///< the least that a slice takes; its tail is heavy
  int slices = 4;               ///< of a block, at most
  Troubles troubles;
};

/// Draws a setting for `missing`; `calm`: nothing goes wrong.
Setting draw_setting(Dice& dice, std::vector<Range> missing, std::int64_t chunks, bool calm);

/// A block that some rank began.
struct Begun {
  int rank = 0;
  Range units;
  bool finished = false;      ///< its commit has returned
  bool told_to_stop = false;  ///< the rank had been told to stop before
};

/// What an attempt did; times in seconds of virtual time.
struct Record {
  End end;
  std::vector<Event> events;  ///< in the order of the turns
  std::vector<Begun> begun;
  std::vector<std::optional<WorkResult>> results;  ///< by rank
  std::optional<double> stop_seen;                 ///< when rank 0 was told to stop
  std::optional<double> failure_seen;              ///< when rank 0 learnt of the first failure
  Failure failure;                                 ///< the first one it learnt of
  std::vector<std::optional<Failure>> threw;       ///< by rank: what its worker threw
  std::vector<bool> told_to_stop;                  ///< by rank: a `stop` was delivered to it
  double work_after_failure = 0;  ///< seconds in slices then, of others than rank 0 at most `grace` each
};

Record play_attempt(const Setting& setting, Disk& disk, std::uint64_t seed);

/// "", or what does not hold, one a line.
std::string check_attempt(const Setting& setting, const Record& record);

inline Committed committed_by(Range units) { return {3 * units.count, units.first % 2}; }

}  // namespace truce::simulation
