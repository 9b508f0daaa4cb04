// A timed sample of a plan's own points: what a unit costs, for `check` and for the size of blocks.
#pragma once

#include <cstdint>
#include <filesystem>

#include "sweep/run/block_run.hpp"
#include "sweep/store/layout.hpp"
#include "sweep/study/design.hpp"
#include "sweep/study/plan.hpp"

namespace truce {

struct Pilot {
  double units = 0;  ///< a unit that took too long counts by the share of its runs (at most so many) that ended
  std::int64_t runs = 0, failed = 0;
  double seconds = 0;
  double seconds_a_unit() const { return units > 0 ? seconds / units : 0; }
  double runs_a_unit() const { return units > 0 ? static_cast<double>(runs) / units : 0; }
};

/// Runs units spread over the whole design, one at a time, until `seconds` have passed. A unit that is not over after
/// ten times that is left, but not before its first runs have ended: so `runs` and `units` are above 0.
Pilot time_pilot(const Plan& plan, const Design& design, const Layout& layout, const Code& code, double seconds,
                 const Clock& clock = steady_seconds);

/// Seconds that making a small file durable takes in `folder`, which must exist; the file is removed again.
double time_commit(const std::filesystem::path& folder);

/// Units a block: a power of two, worth about 1 s of work and at least 32 blocks a rank where the study allows it;
/// with many chunks a point, a power of two of whole points once a block holds one. A block takes at least 100 times
/// as long as a commit, so that commits cost no more than 1 %, unless 32 MB are full before.
std::int64_t choose_block(const Plan& plan, const Layout& layout, const Pilot& pilot, int ranks,
                          double commit_seconds = 0);

}  // namespace truce
