// The work of one attempt: every rank opens its journal and computes blocks until nothing is left.
#pragma once

#include "sweep/crew/work_loop.hpp"
#include "sweep/run/start.hpp"

namespace truce {

/// Collective. `start` counts on rank 0 only, but for its attempt. A failure is a result, not an exception; that
/// another job seals the study meanwhile is none.
WorkResult work_attempt(Crew& crew, const Plan& plan, const Design& design, const Layout& layout, Start& start,
                        const RunOptions& options);

}  // namespace truce
