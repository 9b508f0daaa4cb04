// Rank 0 decides (attempt, block, what is missing) and tells; all ranks open their journal and work.
#include "sweep/run/session.hpp"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <filesystem>
#include <iostream>
#include <memory>
#include <sstream>

#include "sweep/crew/collective.hpp"
#include "sweep/crew/progress.hpp"
#include "sweep/crew/work_loop.hpp"
#include "sweep/run/block_run.hpp"
#include "sweep/run/pilot.hpp"
#include "sweep/run/rows.hpp"
#include "sweep/run/seal_study.hpp"
#include "sweep/store/attempt.hpp"
#include "sweep/study/values.hpp"

namespace truce {

namespace {

double now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

/// What rank 0 finds and decides before the work.
struct Start {
  std::unique_ptr<LiveLock> lock;
  std::vector<Range> missing;
  std::int64_t block = 1;
  std::uint32_t attempt = 0;
  bool sealed = false;
};

std::int64_t units_in(const std::vector<Range>& ranges) {
  std::int64_t units = 0;
  for (const Range& range : ranges) units += range.count;
  return units;
}

std::int64_t block_of(const Plan& plan, const Design& design, const Layout& layout, int ranks) {
  if (plan.block) return *plan.block;
  const auto folder = journal_folder(plan.file);
  if (const auto published = read_plan(folder)) return published->block;
  const Pilot pilot = time_pilot(plan, design, layout, plan.kernel->codes.front(), 0.25);
  return choose_block(plan, layout, pilot, ranks);
}

Start prepare(const Plan& plan, const Design& design, const Layout& layout, int ranks) {
  Start start;
  if (require_free_or_same(plan)) {
    start.sealed = true;
    return start;
  }
  const auto folder = journal_folder(plan.file);
  make_folder(folder);
  start.lock = std::make_unique<LiveLock>(folder);
  const PublishedPlan ours{block_of(plan, design, layout, ranks), plan.study_id, plan.canonical};
  start.block = publish_plan(folder, ours).block;
  if (plan.block) start.block = *plan.block;
  start.missing = missing(scan_journals(folder, study_id_of(plan), plan.units()), plan.units());
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
    block = std::make_unique<BlockRun>(plan, design, layout, plan.kernel->codes.front());
  });
  const Worker worker{[&](Range units) { block->begin(units); }, [&] { return block->advance(); },
                      [&]() -> Committed {
                        journal->commit(block->kind(), block->units(), block->payload());
                        return {block->runs(), block->failed()};
                      }};
  const std::int64_t runs_before =
      static_cast<std::int64_t>(static_cast<double>(plan.runs()) *
                                (1 - static_cast<double>(units_in(start.missing)) / static_cast<double>(plan.units())));
  const auto style = options.quiet    ? ProgressStyle::quiet
                     : isatty(2) != 0 ? ProgressStyle::terminal
                                      : ProgressStyle::log;
  Progress progress(std::cerr, style, plan.runs(), runs_before);
  Watch watch;
  watch.clock = now;
  const double begun = now();
  double beaten = begun;
  watch.stop = [&]() -> std::string {
    const double time = now();
    if (start.lock && time - beaten > 20) {
      start.lock->beat();
      beaten = time;
    }
    return options.max_seconds > 0 && time - begun > options.max_seconds ? "the time limit of --max-seconds" : "";
  };
  watch.progress = crew.rank() == 0 ? &progress : nullptr;
  return work(crew, {start.missing, start.block, plan.chunks()}, worker, watch);
}

/// Collective: the hosts of all ranks, each once, on rank 0.
std::vector<std::string> hosts_of(Crew& crew) {
  char name[256] = "";
  gethostname(name, sizeof name - 1);
  auto hosts = gather(crew, name);
  std::sort(hosts.begin(), hosts.end());
  hosts.erase(std::unique(hosts.begin(), hosts.end()), hosts.end());
  return hosts;
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
         << "\", \"file\": \"" << plan.file << "\"}";
  else
    line << format_count(result.runs) << " runs, " << format_count(static_cast<std::int64_t>(rate))
         << " runs/s per core, " << format_duration(seconds) << " on " << ranks << (ranks == 1 ? " rank, " : " ranks, ")
         << (result.failed > 0 ? format_count(result.failed) + " failed, " : "") << "content " << hash << ", "
         << plan.file;
  std::cout << line.str() << std::endl;
}

}  // namespace

Exit run_study(Crew& crew, const Plan& plan, const RunOptions& options) {
  const double begun = now();
  const auto wall_begun = static_cast<double>(std::time(nullptr));
  const bool first = crew.rank() == 0;
  const Design design(plan);
  const Layout layout = layout_of(plan);
  Start start;
  together(crew, [&] {
    if (first) start = prepare(plan, design, layout, crew.size());
  });
  const auto number =
      static_cast<std::uint32_t>(std::stoul(broadcast(crew, std::to_string(start.sealed ? 0 : start.attempt))));
  if (number == 0) {
    if (first && !options.quiet) std::cerr << plan.file << " is complete already; nothing to run" << std::endl;
    if (first) print_last_line(plan, options, {}, 0, crew.size(), content_hash_in(plan.file));
    return Exit::done;
  }
  const WorkResult result = attempt(crew, plan, design, layout, start, options, number);
  if (result.exit != Exit::done && result.exit != Exit::incomplete) throw Error(result.exit, result.text);
  const Circumstances circumstances{number, crew.size(), hosts_of(crew), wall_begun};
  std::string hash;
  together(crew, [&] {
    if (first && result.exit == Exit::done) hash = seal_study(plan, circumstances).content_hash;
  });
  if (!first) return result.exit;
  if (result.exit == Exit::incomplete) {
    std::cerr << "stopped (" << result.text << "); the same command continues" << std::endl;
    hash = "incomplete";
  }
  print_last_line(plan, options, result, now() - begun, crew.size(), hash);
  return result.exit;
}

}  // namespace truce
