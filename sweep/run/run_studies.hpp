// A study of several kernels: one after another, by one crew.
#pragma once

#include <vector>

#include "sweep/run/session.hpp"

namespace truce {

/// Collective. As run_study for each plan in order, `options.left` counting from now; a last line for each, also for
/// those that are left for the next run. A stop ends it before the next kernel, an error at once, and a study whose
/// file or journal is there already is refused before anything is run. Returns the worst exit.
Exit run_studies(Crew& crew, const std::vector<Plan>& plans, const RunOptions& options);

}  // namespace truce
