// A damaged result file is made anew from what it still holds and what must be computed again.
#pragma once

#include <optional>
#include <string>

#include "sweep/base/error.hpp"
#include "sweep/crew/crew.hpp"
#include "sweep/run/session.hpp"
#include "sweep/study/plan.hpp"

namespace truce {

/// Where the damaged file is kept until a new one is there.
std::string damaged_path(const std::string& file);

/// Makes `file` anew: its good rows become a journal, the file becomes `damaged_path`, then the study is run as usual.
/// If the content hash is not the one that the manifest (or else the file) stated, every number is computed again. The
/// damaged file goes once the new one has the stated hash. Continues a repair that was cut off. `study` is needed where
/// the file does not say any more what it was made from. Exit::incomplete as run_study. Errors: Error(usage) if the
/// study is another one; Error(corrupt) if nothing tells the study; Error(conflict) if the stated hash cannot be had.
Exit repair_result(Crew& crew, const std::string& file, const std::optional<Plan>& study, const RunOptions& options);

}  // namespace truce
