// Rows of a sealed result become frames of the journal of a study with more points.
#pragma once

#include <string>
#include <vector>

#include "sweep/run/phases.hpp"
#include "sweep/store/layout.hpp"
#include "sweep/study/plan.hpp"

namespace truce {

/// Copies from the result `file` those of its rows that `missing` units of `plan` lack, as an attempt of their own;
/// false if there were none, or `file` is "". `plan` must have the row_id of the result; nothing is copied unless both
/// have the same replicates. Stops early, at a signal (see stop.hpp), with what is copied so far.
bool import_rows(const std::string& file, const Plan& plan, const Layout& layout, const std::vector<Range>& missing,
                 const Tell& tell);

}  // namespace truce
