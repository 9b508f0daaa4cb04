// `replay`: the month-by-month history behind one number, as CSV.
#include <cmath>
#include <cstring>
#include <iostream>

#include "sweep/run/block_run.hpp"
#include "sweep/run/code_choice.hpp"
#include "sweep/run/open_result.hpp"
#include "sweep/run/recompute.hpp"
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

/// Runs `count` replicates from `first`; prints each state of a single one. Returns [replicate][outcome].
std::vector<double> run_replicates(const Plan& plan, const Code& code, const Which& which, std::uint32_t first,
                                   std::uint32_t count, bool print) {
  const Kernel& kernel = *plan.kernel;
  const auto params = params_of(plan, code, which);
  std::vector<double> outcomes(count * kernel.outcomes.size(), std::nan("")), state(code.state);
  std::vector<std::uint8_t> failed(count, 0);
  const Task task{params.data(), stream_of(plan, which.base), first, count, outcomes.data(), failed.data()};
  Machine machine(code);
  machine.begin(plan.seed, {&task, 1});
  for (bool over = false; !over;) {
    over = machine.advance(print ? 1 : 100000);
    if (!print) continue;
    machine.state(state);
    print_row(kernel, state);
  }
  return outcomes;
}

/// The run as the sweep computed it, in company, must be the one replayed alone; and the point's rows those stored.
void compare_with_file(const OpenResult& opened, const Which& which, std::span<const double> outcomes) {
  const Plan& plan = opened.plan();
  const std::uint32_t chunk = which.replicate / chunk_replicates, width = static_cast<std::uint32_t>(outcomes.size());
  const auto company = run_replicates(plan, code_for(plan), which, chunk * chunk_replicates,
                                      replicates_in(which.replicates, chunk), false);
  const auto place = static_cast<std::size_t>(which.replicate % chunk_replicates) * width;
  if (std::memcmp(&company[place], outcomes.data(), outcomes.size_bytes()) != 0)
    throw Error(Exit::conflict,
                "the run replayed alone differs from the run in the sweep (they must be the same bits); "
                "please report this");
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

void require_run(const Which& which, std::int64_t point) {
  if (which.replicate < which.replicates) return;
  throw Error(Exit::usage, "option --replicate: " + std::to_string(which.replicate) + " of point " +
                               std::to_string(point) + " was not run (the point was precise enough after " +
                               std::to_string(which.replicates) + " replicates); name one below that");
}

}  // namespace

Exit replay(const Arguments& arguments) {
  const Parsed parsed(arguments, {}, {"point", "replicate", "policy"}, false);
  const OpenResult opened(parsed.only("result file"));
  const Plan& plan = opened.plan();
  const Kernel& kernel = *plan.kernel;
  const long long point = parsed.number("point", 0, 0, plan.rows_of_point() - 1);
  const Which which{point / plan.members, static_cast<int>(point % plan.members),
                    parsed.number("policy", 0, 0, plan.policies() - 1),
                    static_cast<std::uint32_t>(parsed.number("replicate", 0, 0, plan.most_replicates() - 1)),
                    replicates_at(opened, point)};
  require_run(which, point);
  std::string header;
  for (const auto& column : kernel.trace) header += (header.empty() ? "" : ",") + std::string(column.name);
  std::cout << header << "\n";
  std::vector<double> outcomes;
  try {
    outcomes = run_replicates(plan, reference_code(kernel, plan.arithmetic), which, which.replicate, 1, true);
  } catch (const std::exception& error) {
    std::cout << "# status = failed (" << error.what() << ")\n";
    return Exit::done;
  }
  std::uint8_t failed = 0;
  mark_failures(kernel, outcomes, {&failed, 1});
  for (std::size_t o = 0; o < outcomes.size(); ++o)
    std::cout << "# " << kernel.outcomes[o].name << " = " << spell(outcomes[o]) << "\n";
  std::cout << "# status = " << (failed != 0 ? "failed" : "ok") << "\n" << std::flush;
  compare_with_file(opened, which, outcomes);
  return Exit::done;
}

}  // namespace truce
