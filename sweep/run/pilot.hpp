// A timed sample of a plan's own points: what a unit costs, for `check` and for the size of blocks.
#pragma once

#include <cstdint>

#include "sweep/store/layout.hpp"
#include "sweep/study/design.hpp"
#include "sweep/study/plan.hpp"

namespace truce {

struct Pilot {
  std::int64_t units = 0, runs = 0, failed = 0;
  double seconds = 0;
  double seconds_a_unit() const { return units > 0 ? seconds / static_cast<double>(units) : 0; }
};

/// Runs units spread over the whole design, one at a time, until `seconds` have passed (at least one unit).
Pilot time_pilot(const Plan& plan, const Design& design, const Layout& layout, const Code& code, double seconds);

/// Units a block: a power of two, worth about 1 s of work and at least 32 blocks a rank where the study allows it.
std::int64_t choose_block(const Plan& plan, const Layout& layout, const Pilot& pilot, int ranks);

}  // namespace truce
