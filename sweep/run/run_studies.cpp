// Between two kernels all ranks agree whether to go on.
#include "sweep/run/run_studies.hpp"

#include <filesystem>
#include <iostream>

#include "sweep/crew/collective.hpp"
#include "sweep/run/block_run.hpp"
#include "sweep/run/last_line.hpp"
#include "sweep/run/salvage.hpp"
#include "sweep/run/seal_study.hpp"
#include "sweep/run/start.hpp"
#include "sweep/run/stop.hpp"

namespace truce {

namespace {

/// What would be refused after hours of work is refused before it, as far as a look at manifest and journal tells.
void require_no_other_study(const Plan& plan) {
  require_same_plan(plan);
  if (!std::filesystem::exists(plan.file)) return;
  const auto manifest = readable_manifest(plan.file);
  if (manifest && manifest->study_id != plan.study_id) require_free_or_same(plan, Phases(nullptr, nullptr));
}

/// Collective: why the next kernel is not begun, "" if it is. A signal may have come to any rank.
std::string why_stop(Crew& crew, const TimeLeft& left) {
  const auto signals = gather(crew, stop_signal());
  std::string reason;
  if (crew.rank() == 0 && left.seconds <= 0) reason = left.text;
  for (const std::string& signal : signals)
    if (!signal.empty()) reason = signal;
  return broadcast(crew, reason);
}

/// On rank 0, of a kernel that this run did not come to.
void leave(const Plan& plan, const RunOptions& options, int ranks) {
  print_last_line(plan, options, {}, 0, ranks, {"incomplete", "left for the next run (the same command)", ""});
}

}  // namespace

Exit run_studies(Crew& crew, const std::vector<Plan>& plans, const RunOptions& options) {
  if (plans.size() == 1) return run_study(crew, plans.front(), options).exit;
  const double begun = steady_seconds();
  const bool first = crew.rank() == 0;
  together(crew, [&] {
    if (!first || options.join) return;  // beside a live run files come and go
    for (const Plan& plan : plans) require_no_other_study(plan);
  });
  RunOptions now = options;
  RunEnd worst;
  for (std::size_t k = 0; k < plans.size(); ++k) {
    now.left.seconds = options.left.seconds - (steady_seconds() - begun);
    if (k > 0 && !worst.stopped) {
      now.left.warning.clear();
      const std::string reason = why_stop(crew, now.left);
      worst.stopped = !reason.empty();
      if (worst.stopped) worst.exit = worse(worst.exit, Exit::incomplete);
      if (worst.stopped && first) std::cerr << "stopped (" << reason << "); the same command continues" << std::endl;
    }
    if (worst.stopped) {
      if (first) leave(plans[k], options, crew.size());
      continue;
    }
    if (first && !options.quiet)
      std::cerr << (plans[k].claim ? "study " : "kernel ") << k + 1 << " of " << plans.size() << ": "
                << plans[k].kernel->name << ", " << plans[k].file << std::endl;
    const RunEnd end = run_study(crew, plans[k], now);
    worst = {worse(worst.exit, end.exit), end.stopped};
  }
  return worst.exit;
}

}  // namespace truce
