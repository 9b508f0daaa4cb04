// Journal, block and watch of a rank, and what to do when another job seals the study under it.
#include "sweep/run/work_attempt.hpp"

#include <unistd.h>

#include <iostream>

#include "sweep/crew/collective.hpp"
#include "sweep/run/block_run.hpp"
#include "sweep/run/code_choice.hpp"
#include "sweep/run/known_runs.hpp"
#include "sweep/run/runs_made.hpp"
#include "sweep/run/shared_folder.hpp"
#include "sweep/run/stop.hpp"

namespace truce {

namespace {

namespace fs = std::filesystem;

Progress progress_of(const Plan& plan, const Start& start, const RunOptions& options) {
  const auto style = options.quiet    ? ProgressStyle::quiet
                     : isatty(2) != 0 ? ProgressStyle::terminal
                                      : ProgressStyle::log;
  Progress progress(std::cerr, style, runs_of(plan, start.units), start.runs_before);
  progress.of_units(start.units.count);
  if (plan.precision) progress.estimate_by(start.units.count, start.units_before);
  return progress;
}

/// True if another job has sealed the study: then it has removed the journals, those of this attempt too.
bool is_sealed_by_another(const Plan& plan, const Start& start, const RunOptions& options) {
  const auto own = attempt_folder(journal_folder(plan.file), start.attempt, options.share);
  return !fs::exists(own) && require_free_or_same(plan, Phases(nullptr, nullptr));
}

/// What others committed; and a job that joined takes the lock over once its holder is gone.
std::vector<Range> news_of(const Plan& plan, Start& start, const RunOptions& options) {
  if (is_sealed_by_another(plan, start, options)) return {start.units};
  if (!start.lock) start.lock = lock_if_free(journal_folder(plan.file));
  return start.news->look();
}

Watch watch_of(const Plan& plan, Start& start, const RunOptions& options) {
  Watch watch;
  watch.clock = steady_seconds;
  watch.stop = [&] {
    if (start.lock) start.lock->beat();
    return stop_signal();
  };
  watch.end = start.end;
  watch.end_text = options.left.text;
  watch.news = [&] { return news_of(plan, start, options); };
  return watch;
}

WorkResult work_here(Crew& crew, const Plan& plan, const Design& design, const Layout& layout, Start& start,
                     const RunOptions& options) {
  require_shared(crew, attempt_folder(journal_folder(plan.file), start.attempt, options.share));
  std::unique_ptr<Journal> journal;
  std::unique_ptr<BlockRun> block;
  together(crew, [&] {
    journal = std::make_unique<Journal>(journal_folder(plan.file), start.attempt,
                                        static_cast<std::uint32_t>(crew.rank()), study_id_of(plan), options.share);
    block = std::make_unique<BlockRun>(plan, design, layout, code_for(plan, options.instruction_set));
    block->reuse(known_runs(options.rows_from, plan));
  });
  const Worker worker{[&](Range units) { block->begin(units); }, [&] { return block->advance(); },
                      [&]() -> Committed {
                        journal->commit(block->kind(), block->units(), block->payload());
                        return {block->runs(), block->failed()};
                      }};
  Progress progress = progress_of(plan, start, options);
  Watch watch = watch_of(plan, start, options);
  watch.progress = crew.rank() == 0 ? &progress : nullptr;
  const bool beside = crew.rank() == 0 && options.join && !start.lock;
  return work(crew, {start.missing, start.block, plan.chunks(), beside ? Order::back : Order::front}, worker, watch);
}

}  // namespace

WorkResult work_attempt(Crew& crew, const Plan& plan, const Design& design, const Layout& layout, Start& start,
                        const RunOptions& options) {
  WorkResult result;
  try {
    result = work_here(crew, plan, design, layout, start, options);
  } catch (const AgreedError& error) {
    result.exit = error.exit();
    result.text = error.what();
  }
  const bool failed = result.exit != Exit::done && result.exit != Exit::incomplete;
  // Files that vanish under a job may fail it, on network file systems: not if everything is sealed.
  if (failed && options.join) {
    const bool sealed = crew.rank() == 0 && is_sealed_by_another(plan, start, options);
    if (broadcast(crew, sealed ? "sealed" : "") == "sealed") result.exit = Exit::done;
  }
  return result;
}

}  // namespace truce
