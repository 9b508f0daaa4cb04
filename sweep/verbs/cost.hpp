// What a study will cost, by a timed pilot: the same for `check` and for the job scripts of `slurm`.
#pragma once

#include <string>

#include "sweep/run/pilot.hpp"
#include "sweep/study/plan.hpp"

namespace truce {

struct Cost {
  Pilot pilot;
  double core_seconds = 0;  ///< of the whole study, on cores like the one of the pilot
  double runs_per_second() const { return static_cast<double>(pilot.runs) / pilot.seconds; }  ///< of one core
};

/// Runs a pilot of about two seconds. `instruction_set` as for code_for.
Cost time_cost(const Plan& plan, const std::string& instruction_set);

/// "2.5 core-hours", "less than 0.01 core-hours".
std::string hours_text(double core_seconds);

}  // namespace truce
