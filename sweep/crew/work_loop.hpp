// The loop of every rank: rank 0 hands out blocks and computes too, the others compute and report.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "sweep/base/error.hpp"
#include "sweep/base/units.hpp"
#include "sweep/crew/crew.hpp"
#include "sweep/crew/dispatch.hpp"
#include "sweep/crew/progress.hpp"

namespace truce {

/// What is to be done; read on rank 0 only (see Dispatcher for the meaning).
struct WorkPlan {
  std::vector<Range> missing;  ///< units, in order
  std::int64_t block = 1;      ///< units a block
  std::int64_t chunks = 1;     ///< units a base point
  Order order = Order::front;
};

/// What one committed block held.
struct Committed {
  std::int64_t runs = 0, failed = 0;  ///< failed runs are among `runs`
};

/// How one rank computes a block. Any of the three may throw; this rank is then not called again.
struct Worker {
  std::function<void(Range)> begin;
  std::function<bool()> advance;      ///< about 1 ms of work; true when the block is computed
  std::function<Committed()> finish;  ///< commits the block; returns when it is safe
};

/// What is looked at between slices. Only `stop` counts on other ranks than 0: it is passed on to rank 0.
struct Watch {
  std::function<double()> clock;  ///< seconds, never goes back
  /// Why to stop (a signal), "" to go on; empty function: never stop. Rank 0 calls it to the end, after a stop, too.
  std::function<std::string()> stop;
  /// Units that other jobs committed since the last call; empty function: there are none. Called every `news_seconds`,
  /// ten times as often when few blocks are left, and so that it takes at most a fiftieth of the time.
  std::function<std::vector<Range>()> news;
  double news_seconds = 5;
  Progress* progress = nullptr;  ///< already constructed; started and ended by the loop
  double grace = 60;             ///< seconds for a rank to answer before all are aborted, see work()
  /// On `clock`: no block is begun that would not be over by then if it took as long as the longest so far.
  double end = std::numeric_limits<double>::infinity();
  std::string end_text;  ///< what sets the end
  /// Seconds after rank 0 knows of a stop request, or after `end` if that stopped the loop, or after a failure, in
  /// which blocks in hand may be finished: the earliest counts. Then they are given up: the next attempt computes them
  /// again.
  double patience = 30, patience_after_failure = 5;
};

/// The same on every rank.
struct WorkResult {
  Exit exit = Exit::done;  ///< done: all is committed; incomplete: stopped in time; else the first failure's code
  std::string text;        ///< why it is not done
  std::int64_t runs = 0, failed = 0;  ///< committed by all ranks in this loop
};

/// Collective. Returns on all ranks when everything is committed (by this crew or, says `watch.news`, by others), or
/// after a stop request or a failure when every rank has finished and committed the block that it had begun, or given
/// it up. A failure on one rank (an exception of its worker, on rank 0 also of `watch`) is a result, not an exception.
/// Throws on rank 0 alone, for the caller to abort all ranks, if a rank answers nothing for `watch.grace` seconds after
/// a failure or after it was to give its block up: Error of the failure's code, else of Exit::incomplete.
WorkResult work(Crew& crew, const WorkPlan& plan, const Worker& worker, const Watch& watch);

}  // namespace truce
