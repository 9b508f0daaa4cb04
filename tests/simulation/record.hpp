// What an attempt at a simulated study did, and what rank 0 could know of it and when.
#pragma once

#include <optional>
#include <vector>

#include "sweep/crew/collective.hpp"
#include "sweep/crew/work_loop.hpp"
#include "tests/simulation/setting.hpp"

namespace truce::simulation {

/// A block that some rank began.
struct Begun {
  int rank = 0;
  Range units;
  double time = 0;
  bool finished = false;      ///< its commit has returned
  bool told_to_stop = false;  ///< the rank had been told to stop before
};

/// A call of a worker: the rank answers nothing meanwhile.
struct Call {
  int rank = 0;
  double from = 0, to = 0;
  bool slice = false;  ///< the rank looked whether to stop just before
};

/// What rank 0 knows of the block that another rank computes.
struct Held {
  int blocks = 0;  ///< handed out and not reported
  double since = 0;
};

/// Times in seconds of virtual time.
struct Record {
  explicit Record(int size);

  End end;
  std::vector<Event> events;  ///< in the order of the turns
  std::vector<Begun> begun;
  std::vector<Call> calls;
  std::vector<OtherCommit> told;                   ///< by `news`, when it returned
  std::vector<std::optional<WorkResult>> results;  ///< by rank
  std::optional<double> stop_seen;                 ///< when rank 0 was asked to stop
  std::optional<double> failure_seen;              ///< when rank 0 learnt of the first failure
  std::optional<double> limit_seen;                ///< when rank 0 must have found that no block is over in time
  std::optional<int> thrower;                      ///< the rank that Error left the loop of
  Failure failure;                                 ///< the first one that rank 0 learnt of
  std::vector<std::optional<Failure>> threw;       ///< by rank: what its worker threw
  std::vector<bool> told_to_stop;                  ///< by rank: a `stop` was delivered to it
  std::vector<Held> held;                          ///< by rank
  double longest = 0;                              ///< seconds that a block took, as rank 0 saw it
};

/// What rank 0 may see late: it sleeps for 0.02 s, and looking for news takes up to `most_look`.
inline constexpr double most_look = 0.2, slack = most_look + 0.1;

void note(Record& record, const Event& event);
void learn(Record& record, double time, const Failure& failure);
void ask_to_stop(Record& record, double time);
/// Rank 0 looks at its clock.
void look_at_limit(Record& record, double time, double limit);

/// When rank 0 knew that no further block is to be begun; never if nothing stopped it.
double known(const Record& record);
/// The longest call of the worker of `rank` that was not over at `since`, in seconds.
double longest_call(const Record& record, int rank, double since);

inline Committed committed_by(Range units) { return {3 * units.count, units.first % 2}; }

}  // namespace truce::simulation
