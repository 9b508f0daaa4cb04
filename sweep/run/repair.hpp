// A damaged result file is made anew from what it still holds and what must be computed again.
#pragma once

#include <optional>
#include <string>

#include "sweep/base/error.hpp"
#include "sweep/crew/crew.hpp"
#include "sweep/run/session.hpp"
#include "sweep/study/plan.hpp"

namespace truce {

/// Makes `file` anew: notes the repair, commits its good rows to a journal, moves it to `damaged_path`, then runs the
/// study as usual. If the content hash is not the one that the manifest (or else the file) stated, every number is
/// computed again. The damaged file goes once the new one has the stated hash, and stays if none was stated. Continues
/// a repair that was cut off. `study` is needed where the file does not say any more what it was made from.
/// Exit::incomplete as run_study. Errors, nothing being changed: Error(usage) if the file is no result or of another
/// study, or a file stands at `damaged_path` that no repair moved there; Error(corrupt) if nothing tells the study.
/// Later: Error(conflict) if the stated hash cannot be had.
Exit repair_result(Crew& crew, const std::string& file, const std::optional<Plan>& study, const RunOptions& options);

}  // namespace truce
