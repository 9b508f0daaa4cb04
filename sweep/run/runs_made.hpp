// How many runs the committed frames of a journal hold.
#pragma once

#include <cstdint>

#include "sweep/store/journal.hpp"
#include "sweep/store/layout.hpp"
#include "sweep/study/plan.hpp"

namespace truce {

/// Units of the study that no frame holds.
std::int64_t units_missing(const Plan& plan, const Scan& scan);

/// With `plan.precision` the sum of the column `replicates` of the frames; else, about, the share of units committed.
std::int64_t runs_made(const Plan& plan, const Layout& layout, const Scan& scan);

/// Failed runs in all committed blocks; of blocks that overlap one counts.
std::int64_t runs_failed(const Plan& plan, const Layout& layout, const Scan& scan);

}  // namespace truce
