// Rows of a result file as frames of a journal, so that they need not be computed again.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "sweep/run/phases.hpp"
#include "sweep/store/journal.hpp"
#include "sweep/store/layout.hpp"
#include "sweep/store/result.hpp"
#include "sweep/study/plan.hpp"

namespace truce {

/// Commits the rows of `units` as the file has them. `plan` and `layout` are those of the journal, of the file's
/// row_id; but where rows are runs, only of base points that lie in `units` as a whole. Ends early, at a signal (see
/// stop.hpp), with what is committed by then. Throws Error(corrupt) where the file cannot be read.
void import_rows(Result& result, const Plan& plan, const Layout& layout, std::span<const Range> units, Journal& journal,
                 const Beat& beat);

/// Takes from the sealed result `file`, which `plan` extends, those of its rows that `missing` units lack, as an
/// attempt of their own; false if there were none, or `file` is "". Nothing is taken unless both have the same
/// replicates.
bool take_rows(const std::string& file, const Plan& plan, const Layout& layout, const std::vector<Range>& missing,
               const Tell& tell);

}  // namespace truce
