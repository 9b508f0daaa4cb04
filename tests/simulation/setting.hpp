// How an attempt at a simulated study is set up, and what goes wrong in it.
#pragma once

#include <vector>

#include "sweep/crew/work_loop.hpp"
#include "tests/simulation/dice.hpp"
#include "tests/simulation/stage.hpp"

namespace truce::simulation {

/// Units that another job commits, and when.
struct OtherCommit {
  double time = 0;
  Range units;
};

/// What goes wrong in an attempt; nothing by default. Times in seconds of virtual time.
struct Troubles {
  double stop = never;      ///< somebody asks rank 0 to stop (a signal)
  int signalled_rank = -1;  ///< another rank, which alone is asked to stop ...
  double signal = never;    ///< ... at this time
  double limit = never;     ///< a time limit
  int watch_fails = -1;     ///< the look of rank 0 of that number throws
  int failing_rank = -1;    ///< a worker of it throws ...
  int failing_call = 0;     ///< ... at its call of that number
  bool full_disk = false;   ///< ... or, instead, its commit of that number
  int second_failing = -1;  ///< another rank that fails in the same way
  int dying_rank = -1;      ///< silently, at `death`; all are killed `notice` later
  double death = never, notice = 0;
  int stalling_rank = -1;  ///< answers nothing for `stall` once
  double stall = 0;
  std::vector<OtherCommit> others;  ///< in order of time; this crew hears of them by `news` and may compute them too
};

/// How an attempt is set up.
struct Setting {
  int size = 1;
  WorkPlan plan;
  double grace = 60;
  double patience = 30, patience_after_failure = 5, news_seconds = 5;
  double slice_seconds = 0.25;  ///< the least that a slice takes; its tail is heavy
  int slices = 4;               ///< of a block, at most
  Troubles troubles;
};

/// Draws a setting for `missing`; `calm`: nothing goes wrong.
Setting draw_setting(Dice& dice, std::vector<Range> missing, std::int64_t chunks, bool calm);

}  // namespace truce::simulation
