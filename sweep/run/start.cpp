// A whole run takes the lock, a share its own, and a job that joins another does without.
#include "sweep/run/start.hpp"

#include <chrono>
#include <ctime>
#include <functional>
#include <iostream>
#include <thread>

#include "sweep/run/code_choice.hpp"
#include "sweep/run/import_rows.hpp"
#include "sweep/run/known_runs.hpp"
#include "sweep/run/pilot.hpp"
#include "sweep/run/rows.hpp"
#include "sweep/run/runs_made.hpp"
#include "sweep/run/stop.hpp"

namespace truce {

namespace {

std::int64_t block_of(const Plan& plan, const Design& design, const Layout& layout, const RunOptions& options,
                      int ranks) {
  if (plan.block) return *plan.block;
  const auto folder = journal_folder(plan.file);
  if (const auto published = read_plan(folder)) return published->block;
  const Pilot pilot = time_pilot(plan, design, layout, code_for(plan, options.instruction_set), 0.25);
  return choose_block(plan, layout, pilot, ranks, time_commit(folder));
}

std::unique_ptr<LiveLock> lock_for(const Plan& plan, const RunOptions& options) {
  const auto folder = journal_folder(plan.file);
  if (options.join) return lock_if_free(folder);
  return std::make_unique<LiveLock>(folder, LockBy::flock, options.share);
}

/// finish_sealed; a run that is between its result and the end of its journals is waited for.
std::optional<Finished> finish(const Plan& plan, Start& start, const RunOptions& options, int ranks) {
  const Circumstances finishing{0, ranks, {host_name()}, {}, static_cast<double>(std::time(nullptr))};
  constexpr int most_tries = 300;  // 0.1 s apart
  for (int tries = 0;; ++tries) {
    try {
      return finish_sealed(plan, finishing, start.lock, Phases(start.lock.get(), teller(options)));
    } catch (const LockedError&) {
      if (tries == most_tries) throw;
    }
    stop_if_urgent("waiting for a run that seals");
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
}

/// Empty if there is no result file yet; `start.lock` is then this job's.
std::optional<Finished> sealed_before(const Plan& plan, Start& start, const RunOptions& options, int ranks) {
  if (auto finished = finish(plan, start, options, ranks)) return finished;
  if (!start.lock) start.lock = lock_for(plan, options);
  // Another run may have sealed the study between the first look and the lock.
  return finish(plan, start, options, ranks);
}

/// Temporaries of dead processes go where none of a live one can be among them.
void tidy(const Plan& plan, const Start& start, const RunOptions& options) {
  if (start.lock && !options.share) remove_leftovers(plan);
}

/// Runs of `units` that are not committed, but stand in the result that the study extends.
std::int64_t known_of(const Plan& plan, const RunOptions& options, const std::vector<Range>& units) {
  const auto known = known_runs(options.rows_from, plan);
  std::int64_t runs = 0;
  for (const Range& range : units) runs += known ? known->runs(range) : 0;
  return runs;
}

Start begin(const Plan& plan, const Design& design, const Layout& layout, const RunOptions& options, int ranks) {
  Start start;
  start.finished = sealed_before(plan, start, options, ranks);
  if (start.finished) return start;
  const auto folder = journal_folder(plan.file);
  tidy(plan, start, options);
  require_same_plan(plan);  // names the keys that differ, which the journals cannot
  Phases tell(start.lock.get(), teller(options));
  const auto look = [&] {
    return scan_journals(folder, study_id_of(plan), plan.units(), [&] { tell("reading journals"); });
  };
  Scan scan = look();  // journals of another study are refused before this one publishes its plan among them
  const PublishedPlan ours{block_of(plan, design, layout, options, ranks), plan.study_id, plan.canonical};
  start.block = publish_plan(folder, ours).block;
  if (plan.block) start.block = *plan.block;
  if (take_rows(options.rows_from, plan, layout, missing_units(scan, plan.units()), std::ref(tell))) scan = look();
  start.units = options.share ? units_of(*options.share, plan.points, plan.chunks()) : Range{0, plan.units()};
  start.missing = within(missing_units(scan, plan.units()), start.units);
  start.runs_before = runs_made(plan, layout, scan, start.units) + known_of(plan, options, start.missing);
  start.units_before = start.units.count - sum_of(start.missing);
  if (options.share && start.missing.empty()) return start;
  start.attempt = begin_attempt(folder, options.share);
  start.news.emplace(scan, folder, attempt_folder(folder, start.attempt, options.share), study_id_of(plan),
                     plan.units());
  return start;
}

}  // namespace

std::ostream* teller(const RunOptions& options) { return options.quiet ? nullptr : &std::cerr; }

std::unique_ptr<LiveLock> lock_if_free(const std::filesystem::path& folder) {
  try {
    return std::make_unique<LiveLock>(folder);
  } catch (const LockedError&) {
    return nullptr;
  }
}

void require_same_plan(const Plan& plan) {
  const auto folder = journal_folder(plan.file);
  if (const auto published = read_plan(folder))
    require_same_study(folder.string(), *published, {published->block, plan.study_id, plan.canonical});
}

Start prepare(const Plan& plan, const Design& design, const Layout& layout, const RunOptions& options, int ranks) {
  try {
    return begin(plan, design, layout, options, ranks);
  } catch (const std::exception&) {
    // Files vanish under a job that joins when another seals: then the study is finished, not at fault.
    if (!options.join || !std::filesystem::exists(plan.file)) throw;
  }
  return begin(plan, design, layout, options, ranks);
}

}  // namespace truce
