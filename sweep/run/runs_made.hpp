// How many runs the committed frames of a journal hold.
#pragma once

#include <cstdint>

#include "sweep/store/journal.hpp"
#include "sweep/store/layout.hpp"
#include "sweep/study/plan.hpp"

namespace truce {

/// Runs of a range of units; with `plan.precision` the most that they can take.
std::int64_t runs_of(const Plan& plan, Range units);

/// Units of the study that no frame holds.
std::int64_t units_missing(const Plan& plan, const Scan& scan);

/// Runs of `units` (all of the study's) that the frames hold; with `plan.precision` from their column `replicates`.
std::int64_t runs_made(const Plan& plan, const Layout& layout, const Scan& scan, Range units);
std::int64_t runs_made(const Plan& plan, const Layout& layout, const Scan& scan);

}  // namespace truce
