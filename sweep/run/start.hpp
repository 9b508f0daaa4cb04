// What rank 0 finds and decides before the work: the lock, what is missing, the block, the attempt.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "sweep/run/seal_study.hpp"
#include "sweep/run/session.hpp"
#include "sweep/store/attempt.hpp"
#include "sweep/store/journal_news.hpp"
#include "sweep/study/design.hpp"

namespace truce {

struct Start {
  std::unique_ptr<LiveLock> lock;                  ///< none: this job has joined another
  Range units;                                     ///< that this job cares for: all, or those of its share
  std::vector<Range> missing;                      ///< of them
  std::int64_t runs_before = 0, units_before = 0;  ///< of them, committed by earlier attempts
  std::int64_t block = 1;
  std::uint32_t attempt = 0;         ///< 0: nothing to run
  double end = 0;                    ///< of the work, on the clock of steady_seconds()
  std::optional<Finished> finished;  ///< if the study was sealed before
  std::optional<JournalNews> news;   ///< what other jobs commit from now on
};

Start prepare(const Plan& plan, const Design& design, const Layout& layout, const RunOptions& options, int ranks);

/// Throws Error(usage), with the keys that differ, if the study's journals hold the published plan of another one.
void require_same_plan(const Plan& plan);

/// The lock of a whole run if nobody holds it, else none.
std::unique_ptr<LiveLock> lock_if_free(const std::filesystem::path& folder);

/// The stream for what takes long, none if the user wants quiet.
std::ostream* teller(const RunOptions& options);

}  // namespace truce
