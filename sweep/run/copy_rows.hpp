// Rows of a result file as frames of a journal, so that they need not be computed again.
#pragma once

#include <span>

#include "sweep/base/units.hpp"
#include "sweep/store/journal.hpp"
#include "sweep/store/layout.hpp"
#include "sweep/store/result.hpp"
#include "sweep/study/plan.hpp"

namespace truce {

/// Commits all runs of the base points in `points` as the file has them. `plan` and `layout` are those of the file.
/// Throws Error(corrupt) where the file cannot be read.
void copy_rows(Result& result, const Plan& plan, const Layout& layout, std::span<const Range> points, Journal& journal,
               const Beat& beat = {});

}  // namespace truce
