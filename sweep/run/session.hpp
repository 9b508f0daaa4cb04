// One attempt at a study, on all ranks: resume, work, commit, seal.
#pragma once

#include <optional>
#include <string>

#include "sweep/base/error.hpp"
#include "sweep/base/share.hpp"
#include "sweep/crew/crew.hpp"
#include "sweep/run/time_left.hpp"
#include "sweep/study/plan.hpp"

namespace truce {

struct RunOptions {
  bool quiet = false, json = false;
  bool silent = false;          ///< not even the last line
  TimeLeft left;                ///< on rank 0, from the start of run_study on
  std::string instruction_set;  ///< "": the fastest of each rank
  std::optional<Share> share;   ///< compute this share alone, and do not seal
  bool join = false;            ///< beside a live run, not instead of it; not with `share`
  std::string rows_from;        ///< a sealed result, verified, that `plan` extends: its rows are taken; "": none
};

/// The same on every rank.
struct RunEnd {
  Exit exit = Exit::done;
  bool stopped =
      false;  ///< by a signal (see stop.hpp) or a time limit; another job that seals leaves it incomplete, too
};

/// Collective. Continues the study from what its journals hold, seals it when nothing is missing, and prints the
/// last line on rank 0. Ends with Exit::incomplete when the time is up or after a signal. Failures are AgreedErrors,
/// but for defects that show on one rank only.
RunEnd run_study(Crew& crew, const Plan& plan, const RunOptions& options);

}  // namespace truce
