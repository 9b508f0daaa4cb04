// `replay`: the month-by-month history behind one number, as CSV.
#include <algorithm>
#include <cmath>
#include <cstring>
#include <iostream>

#include "sweep/run/block_run.hpp"
#include "sweep/run/code_choice.hpp"
#include "sweep/run/guarded_machine.hpp"
#include "sweep/run/open_result.hpp"
#include "sweep/run/recompute.hpp"
#include "sweep/run/seal_study.hpp"
#include "sweep/study/values.hpp"
#include "sweep/verbs/verbs.hpp"

namespace truce {

namespace {

void print_row(const Kernel& kernel, std::span<const double> state) {
  std::string line;
  for (const auto& column : kernel.trace) line += (line.empty() ? "" : ",") + spell(state[column.offset]);
  std::cout << line << "\n";
}

/// Which run is replayed.
struct Which {
  std::int64_t base = 0;
  int member = 0;
  std::int64_t policy = 0;
  std::uint32_t replicate = 0;
  std::int64_t replicates = 1;  ///< that the point has
};

std::vector<double> params_of(const Plan& plan, const Code& code, const Which& which) {
  const Design design(plan);
  std::vector<double> inputs(plan.kernel->inputs.size()), params(code.params);
  design.point(which.base, which.member, inputs);
  design.policy(which.policy, inputs);
  code.prepare(inputs.data(), params.data());
  return params;
}

/// What became of runs: [replicate][outcome], [replicate].
struct Ended {
  std::vector<double> outcomes;
  std::vector<std::uint8_t> failed;
};

/// Room for `count` runs, and the task that fills it.
struct Replayed {
  std::vector<double> params;
  Ended ended;
  Task task;

  Replayed(const Plan& plan, const Code& code, const Which& which, std::uint32_t first, std::uint32_t count)
      : params(params_of(plan, code, which)),
        ended{std::vector<double>(count * plan.kernel->outcomes.size(), std::nan("")),
              std::vector<std::uint8_t>(count, 0)},
        task{params.data(),      stream_of(plan, which.base, which.member), first, count, ended.outcomes.data(),
             ended.failed.data()} {}
};

/// Prints the state of each month. `why` is "" or why the run failed.
Ended run_alone(const Plan& plan, const Which& which, std::string& why) {
  const Code& code = reference_code(*plan.kernel, plan.arithmetic);
  Ended nothing{std::vector<double>(plan.kernel->outcomes.size(), std::nan("")), {1}};
  try {
    Replayed run(plan, code, which, which.replicate, 1);
    Machine machine(code);
    std::vector<double> state(code.state);
    machine.begin_throwing(plan.seed, {&run.task, 1});
    for (bool over = false; !over;) {
      over = machine.advance(1);
      machine.state(state);
      print_row(*plan.kernel, state);
    }
    if (run.ended.failed.front() != 0) why = "not over after " + std::to_string(plan.kernel->step_limit) + " steps";
    mark_failures(*plan.kernel, run.ended.outcomes, run.ended.failed);
    if (why.empty() && run.ended.failed.front() != 0) why = "an outcome is not what the kernel declares";
    return run.ended;
  } catch (const std::exception& error) {
    why = error.what();
  } catch (...) {
    why = "an exception without a text";
  }
  return nothing;
}

/// All runs of a chunk of replicates, as the sweep makes them.
Ended run_in_company(const Plan& plan, const Which& which, std::uint32_t chunk) {
  const Code& code = code_for(plan);
  Replayed runs(plan, code, which, chunk * chunk_replicates, replicates_in(which.replicates, chunk));
  GuardedMachine machine(*plan.kernel, code);
  machine.begin(plan.seed, {&runs.task, 1});
  while (!machine.advance(100000)) {
  }
  mark_failures(*plan.kernel, runs.ended.outcomes, runs.ended.failed);
  return runs.ended;
}

void compare_with_company(const Plan& plan, const Which& which, const Ended& alone) {
  Ended company;
  try {
    company = run_in_company(plan, which, which.replicate / chunk_replicates);
  } catch (const std::exception&) {
    if (alone.failed.front() != 0) return;  // the kernel refuses the inputs
    throw;
  }
  const std::size_t place = which.replicate % chunk_replicates, width = alone.outcomes.size();
  const bool failed = company.failed[place] != 0;
  const bool same =
      failed || std::memcmp(&company.outcomes[place * width], alone.outcomes.data(), width * sizeof(double)) == 0;
  if (failed == (alone.failed.front() != 0) && same) return;
  throw Error(Exit::conflict,
              "the run replayed alone differs from the run in the sweep (they must be the same bits); "
              "please report this");
}

/// The run as the sweep computed it, in company, must be the one replayed alone; and the point's rows those stored.
void compare_with_file(const OpenResult& opened, const Which& which, const Ended& alone) {
  const Plan& plan = opened.plan();
  compare_with_company(plan, which, alone);
  constexpr std::int64_t most_runs = 10'000'000;
  if (plan.policies() * plan.members * which.replicates > most_runs) {
    std::cerr << "the stored row holds too many runs to compute it again here; truce verify does\n";
    return;
  }
  Recomputation(opened).compare(which.base);
  std::cerr << "the stored rows of this base point, computed again from all their runs, agree bit for bit\n";
}

/// Those that the point has; with precision_of its row says how many.
std::int64_t replicates_at(const OpenResult& opened, std::int64_t point) {
  if (!opened.plan().precision) return opened.plan().replicates;
  std::vector<double> row(static_cast<std::size_t>(opened.plan().policies()));
  opened.result().read(opened.result().index("replicates"), point, 1, row);
  return static_cast<std::int64_t>(row.front());
}

/// The first replicate of the point and policy that failed.
std::uint32_t first_failed(const Plan& plan, const Which& which) {
  try {
    for (std::uint32_t chunk = 0; chunk < chunks_of(which.replicates); ++chunk) {
      const Ended runs = run_in_company(plan, which, chunk);
      const auto failed = std::ranges::find(runs.failed, std::uint8_t{1});
      if (failed != runs.failed.end())
        return chunk * chunk_replicates + static_cast<std::uint32_t>(failed - runs.failed.begin());
    }
  } catch (const std::exception&) {
    return 0;  // the kernel refuses the inputs: all have failed
  }
  throw Error(Exit::usage, "option --failed: no run of this point and policy failed (all " +
                               std::to_string(which.replicates) + " were run again); truce status FILE lists those " +
                               "that have failed runs");
}

void require_run(const Which& which, std::int64_t point) {
  if (which.replicate < which.replicates) return;
  throw Error(Exit::usage, "option --replicate: " + std::to_string(which.replicate) + " of point " +
                               std::to_string(point) + " was not run (the point was precise enough after " +
                               std::to_string(which.replicates) + " replicates); name one below that");
}

}  // namespace

Exit replay(const Arguments& arguments) {
  const Parsed parsed(arguments, {"failed"}, {"point", "replicate", "policy"}, false);
  const std::string file = parsed.existing("result file");
  require_no_study(file);
  require_stated_bytes(file, Phases(nullptr, &std::cerr));
  const OpenResult opened(file);
  const Plan& plan = opened.plan();
  const Kernel& kernel = *plan.kernel;
  const long long point = parsed.number("point", 0, 0, plan.rows_of_point() - 1);
  Which which{point / plan.members, static_cast<int>(point % plan.members),
              parsed.number("policy", 0, 0, plan.policies() - 1),
              static_cast<std::uint32_t>(parsed.number("replicate", 0, 0, plan.most_replicates() - 1)),
              replicates_at(opened, point)};
  require_run(which, point);
  if (parsed.flag("failed")) {
    which.replicate = first_failed(plan, which);
    std::cerr << "the first run that failed is replicate " << which.replicate << "\n";
  }
  std::string header;
  for (const auto& column : kernel.trace) header += (header.empty() ? "" : ",") + std::string(column.name);
  std::cout << header << "\n";
  std::string why;
  const Ended run = run_alone(plan, which, why);
  for (std::size_t o = 0; o < run.outcomes.size(); ++o)
    std::cout << "# " << kernel.outcomes[o].name << " = " << spell(run.outcomes[o]) << "\n";
  std::cout << "# status = " << (why.empty() ? "ok" : "failed (" + why + ")") << "\n" << std::flush;
  compare_with_file(opened, which, run);
  return Exit::done;
}

}  // namespace truce
