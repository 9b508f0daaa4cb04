// Rank 0 decides (attempt, block, what is missing) and tells; all ranks open their journal and work.
#include "sweep/run/session.hpp"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>
#include <sstream>

#include "sweep/crew/collective.hpp"
#include "sweep/crew/progress.hpp"
#include "sweep/crew/work_loop.hpp"
#include "sweep/run/block_run.hpp"
#include "sweep/run/code_choice.hpp"
#include "sweep/run/phases.hpp"
#include "sweep/run/pilot.hpp"
#include "sweep/run/rows.hpp"
#include "sweep/run/runs_made.hpp"
#include "sweep/run/seal_study.hpp"
#include "sweep/run/stop.hpp"
#include "sweep/store/attempt.hpp"
#include "sweep/store/files.hpp"
#include "sweep/store/json.hpp"
#include "sweep/study/values.hpp"

namespace truce {

namespace {

double now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

/// What rank 0 finds and decides before the work.
struct Start {
  std::unique_ptr<LiveLock> lock;
  std::vector<Range> missing;
  std::int64_t runs_before = 0, units_before = 0;  ///< committed by earlier attempts
  std::int64_t block = 1;
  std::uint32_t attempt = 0;         ///< 0: nothing to run
  std::optional<Finished> finished;  ///< if the study was sealed before
  double end = 0;                    ///< of the work, on the clock of now()
};

std::int64_t block_of(const Plan& plan, const Design& design, const Layout& layout, const RunOptions& options,
                      int ranks) {
  if (plan.block) return *plan.block;
  const auto folder = journal_folder(plan.file);
  if (const auto published = read_plan(folder)) return published->block;
  const Pilot pilot = time_pilot(plan, design, layout, code_for(plan, options.instruction_set), 0.25);
  return choose_block(plan, layout, pilot, ranks, time_commit(folder));
}

std::ostream* teller(const RunOptions& options) { return options.quiet ? nullptr : &std::cerr; }

/// Empty if there is no result file yet; `start.lock` is then this run's.
std::optional<Finished> sealed_before(const Plan& plan, Start& start, const RunOptions& options, int ranks) {
  const Circumstances finishing{0, ranks, {host_name()}, {}, static_cast<double>(std::time(nullptr))};
  if (auto finished = finish_sealed(plan, finishing, start.lock, Phases(nullptr, teller(options)))) return finished;
  if (!start.lock) start.lock = std::make_unique<LiveLock>(journal_folder(plan.file));
  // Another run may have sealed the study between the first look and the lock.
  return finish_sealed(plan, finishing, start.lock, Phases(start.lock.get(), teller(options)));
}

Start prepare(const Plan& plan, const Design& design, const Layout& layout, const RunOptions& options, int ranks) {
  Start start;
  start.finished = sealed_before(plan, start, options, ranks);
  if (start.finished) return start;
  const auto folder = journal_folder(plan.file);
  remove_leftovers(plan);
  const PublishedPlan ours{block_of(plan, design, layout, options, ranks), plan.study_id, plan.canonical};
  start.block = publish_plan(folder, ours).block;
  if (plan.block) start.block = *plan.block;
  Phases tell(start.lock.get(), teller(options));
  const Scan scan = scan_journals(folder, study_id_of(plan), plan.units(), [&] { tell("reading journals"); });
  start.missing = missing(scan, plan.units());
  start.runs_before = runs_made(plan, layout, scan);
  start.units_before = plan.units() - units_missing(plan, scan);
  start.attempt = begin_attempt(folder);
  return start;
}

/// The work of this attempt on this rank.
WorkResult attempt(Crew& crew, const Plan& plan, const Design& design, const Layout& layout, const Start& start,
                   const RunOptions& options, std::uint32_t number) {
  std::unique_ptr<Journal> journal;
  std::unique_ptr<BlockRun> block;
  together(crew, [&] {
    journal = std::make_unique<Journal>(journal_folder(plan.file), number, static_cast<std::uint32_t>(crew.rank()),
                                        study_id_of(plan));
    block = std::make_unique<BlockRun>(plan, design, layout, code_for(plan, options.instruction_set));
  });
  const Worker worker{[&](Range units) { block->begin(units); }, [&] { return block->advance(); },
                      [&]() -> Committed {
                        journal->commit(block->kind(), block->units(), block->payload());
                        return {block->runs(), block->failed()};
                      }};
  const auto style = options.quiet    ? ProgressStyle::quiet
                     : isatty(2) != 0 ? ProgressStyle::terminal
                                      : ProgressStyle::log;
  Progress progress(std::cerr, style, plan.runs(), start.runs_before);
  if (plan.precision) progress.estimate_by(plan.units(), start.units_before);
  Watch watch;
  watch.clock = now;
  watch.stop = [&] {
    if (start.lock) start.lock->beat();
    return stop_signal();
  };
  watch.end = start.end;
  watch.end_text = options.left.text;
  watch.progress = crew.rank() == 0 ? &progress : nullptr;
  return work(crew, {start.missing, start.block, plan.chunks()}, worker, watch);
}

/// Collective: what the ranks say, each thing once, on rank 0.
std::vector<std::string> gather_unique(Crew& crew, const std::string& ours) {
  auto all = gather(crew, ours);
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

void print_last_line(const Plan& plan, const RunOptions& options, const WorkResult& result, double seconds, int ranks,
                     const std::string& hash) {
  const double rate = seconds > 0 ? static_cast<double>(result.runs) / seconds / ranks : 0;
  std::ostringstream line;
  line.precision(3);
  if (options.json)
    line << "{\"runs\": " << result.runs << ", \"runs_failed\": " << result.failed
         << ", \"runs_per_second_per_core\": " << static_cast<std::int64_t>(rate) << ", \"seconds\": " << seconds
         << ", \"ranks\": " << ranks << ", \"content_hash\": \"" << hash << "\", \"study_id\": \"" << plan.study_id
         << "\", \"file\": " << quote_json(plan.file) << "}";
  else
    line << format_count(result.runs) << " runs, " << format_count(static_cast<std::int64_t>(rate))
         << " runs/s per core, " << format_duration(seconds) << " on " << ranks << (ranks == 1 ? " rank, " : " ranks, ")
         << (result.failed > 0 ? format_count(result.failed) + " failed, " : "") << "content " << hash << ", "
         << plan.file;
  std::cout << line.str() << std::endl;
}

void warn(const std::string& text) {
  if (!text.empty()) std::cerr << "truce: warning: " << text << std::endl;
}

/// Collective. Ranks that read different studies would write into each other's files.
void require_one_study(Crew& crew, const Plan& plan) {
  const std::string ours = plan.study_id + " " + plan.file, first = broadcast(crew, ours);
  together(crew, [&] {
    if (ours == first) return;
    throw Error(Exit::usage, "rank " + std::to_string(crew.rank()) + " was given another study or file than rank 0 (" +
                                 ours + " against " + first + "); start all ranks with the same study and options");
  });
}

/// The last words on rank 0 about a study that needed nothing.
void report_finished(const Plan& plan, const RunOptions& options, const Finished& finished, int ranks) {
  if (!options.quiet) std::cerr << plan.file << " is complete already; nothing to run" << std::endl;
  warn(finished.warning);
  print_last_line(plan, options, {}, 0, ranks, finished.content_hash);
}

}  // namespace

Exit run_study(Crew& crew, const Plan& plan, const RunOptions& options) {
  const double begun = now();
  const auto wall_begun = static_cast<double>(std::time(nullptr));
  const bool first = crew.rank() == 0;
  require_one_study(crew, plan);
  const Design design(plan);
  const Layout layout = layout_of(plan);
  Start start;
  together(crew, [&] {
    if (!first) return;
    warn(options.left.warning);
    start = prepare(plan, design, layout, options, crew.size());
    start.end = begun + options.left.seconds;
  });
  const auto number = static_cast<std::uint32_t>(std::stoul(broadcast(crew, std::to_string(start.attempt))));
  if (number == 0) {
    if (first) report_finished(plan, options, *start.finished, crew.size());
    return Exit::done;
  }
  const WorkResult result = attempt(crew, plan, design, layout, start, options, number);
  if (result.exit != Exit::done && result.exit != Exit::incomplete) throw AgreedError(result.exit, result.text);
  const Circumstances circumstances{number, crew.size(), gather_unique(crew, host_name()),
                                    gather_unique(crew, name_of(code_for(plan, options.instruction_set))), wall_begun};
  Finished finished;
  together(crew, [&] {
    if (!first || result.exit != Exit::done) return;
    Phases tell(start.lock.get(), teller(options));
    finished = seal_study(plan, circumstances, std::move(start.lock), tell);
  });
  if (!first) return result.exit;
  if (result.exit == Exit::incomplete) {
    std::cerr << "stopped (" << result.text << "); the same command continues" << std::endl;
    finished.content_hash = "incomplete";
  }
  warn(finished.warning);
  print_last_line(plan, options, result, now() - begun, crew.size(), finished.content_hash);
  return result.exit;
}

}  // namespace truce
