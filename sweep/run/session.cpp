// Rank 0 decides (attempt, block, what is missing) and tells; all ranks work; rank 0 seals.
#include "sweep/run/session.hpp"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <iostream>
#include <thread>

#include "sweep/crew/collective.hpp"
#include "sweep/run/block_run.hpp"
#include "sweep/run/code_choice.hpp"
#include "sweep/run/last_line.hpp"
#include "sweep/run/rows.hpp"
#include "sweep/run/start.hpp"
#include "sweep/run/work_attempt.hpp"

namespace truce {

namespace {

/// Collective: what the ranks say, each thing once, on rank 0.
std::vector<std::string> gather_unique(Crew& crew, const std::string& ours) {
  auto all = gather(crew, ours);
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
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

std::string share_note(const Share& share) {
  return "share " + to_text(share) + " is committed (truce seal makes the result once all shares are)";
}

/// What rank 0 says of a study, or share, that needed nothing.
Ending nothing_to_run(const Plan& plan, const RunOptions& options, const Start& start) {
  const bool sealed = start.finished.has_value();
  if (!options.quiet)
    std::cerr << (sealed ? plan.file : "share " + to_text(options.share.value()) + " of " + plan.file)
              << " is complete already; nothing to run" << std::endl;
  if (sealed) return {start.finished->content_hash, "", start.finished->warning};
  return {"incomplete", share_note(options.share.value()), ""};
}

Ending sealed(const Finished& finished) { return {finished.content_hash, "", finished.warning}; }

/// On rank 0, when everything that this job cares for is committed.
Ending finish(const Plan& plan, const RunOptions& options, Start& start, const Circumstances& circumstances) {
  if (options.share) return {"incomplete", share_note(*options.share), ""};
  constexpr int most_tries = 100;  // 0.1 s apart: the other run commits its last blocks, or seals
  for (int tries = 0; !start.lock && tries < most_tries; ++tries) {
    start.lock = lock_if_free(journal_folder(plan.file));
    if (!start.lock) std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  if (!start.lock) return {"incomplete", "all is committed (the other run seals, or the same command)", ""};
  Phases tell(start.lock.get(), teller(options));
  if (options.join) {
    if (const auto finished = finish_sealed(plan, circumstances, start.lock, tell)) {
      if (!options.quiet) std::cerr << plan.file << " was sealed by another run" << std::endl;
      return sealed(*finished);
    }
  }
  return sealed(seal_study(plan, circumstances, std::move(start.lock), tell));
}

}  // namespace

RunEnd run_study(Crew& crew, const Plan& plan, const RunOptions& options) {
  const double begun = steady_seconds();
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
  start.attempt = static_cast<std::uint32_t>(std::stoul(broadcast(crew, std::to_string(start.attempt))));
  if (start.attempt == 0) {
    if (first) print_last_line(plan, options, {}, 0, crew.size(), nothing_to_run(plan, options, start));
    return {};
  }
  const WorkResult result = work_attempt(crew, plan, design, layout, start, options);
  if (result.exit != Exit::done && result.exit != Exit::incomplete) throw AgreedError(result.exit, result.text);
  const Circumstances circumstances{start.attempt, crew.size(), gather_unique(crew, host_name()),
                                    gather_unique(crew, name_of(code_for(plan, options.instruction_set))), wall_begun};
  Ending ending{"incomplete", "", ""};
  together(crew, [&] {
    if (first && result.exit == Exit::done) ending = finish(plan, options, start, circumstances);
  });
  const bool sealed = broadcast(crew, ending.content_hash) != "incomplete";
  const bool stopped = result.exit == Exit::incomplete;
  const RunEnd end{result.exit == Exit::done && !sealed && !options.share ? Exit::incomplete : result.exit, stopped};
  if (!first) return end;
  if (stopped) std::cerr << "stopped (" << result.text << "); the same command continues" << std::endl;
  print_last_line(plan, options, result, steady_seconds() - begun, crew.size(), ending);
  return end;
}

}  // namespace truce
