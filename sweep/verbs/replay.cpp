// `replay`: the month-by-month history behind one number, as CSV.
#include <cmath>
#include <iostream>

#include "sweep/run/block_run.hpp"
#include "sweep/run/open_result.hpp"
#include "sweep/study/values.hpp"
#include "sweep/verbs/verbs.hpp"

namespace truce {

namespace {

void print_row(const Kernel& kernel, std::span<const double> state) {
  std::string line;
  for (const auto& column : kernel.trace) line += (line.empty() ? "" : ",") + spell(state[column.offset]);
  std::cout << line << "\n";
}

}  // namespace

Exit replay(const Arguments& arguments) {
  const Parsed parsed(arguments, {}, {"point", "replicate", "policy"}, false);
  const OpenResult opened(parsed.only("result file"));
  const Plan& plan = opened.plan();
  const Kernel& kernel = *plan.kernel;
  const long long point = parsed.number("point", 0, 0, plan.rows_of_point() - 1);
  const long long replicate = parsed.number("replicate", 0, 0, plan.replicates - 1);
  const long long policy = parsed.number("policy", 0, 0, plan.policies() - 1);

  const Design design(plan);
  std::vector<double> inputs(kernel.inputs.size());
  const long long base = point / plan.members;
  design.point(base, static_cast<int>(point % plan.members), inputs);
  design.policy(policy, inputs);
  const Code& code = kernel.codes.back();
  std::vector<double> params(code.params), state(code.state), outcomes(kernel.outcomes.size());
  std::uint8_t failed = 0;
  code.prepare(inputs.data(), params.data());
  const auto s = static_cast<std::uint64_t>(plan.common_random_numbers ? 0 : base * plan.members);
  const Task task{params.data(), s, static_cast<std::uint32_t>(replicate), 1, outcomes.data(), &failed};
  Machine machine(code);
  machine.begin(plan.seed, {&task, 1});

  std::string header;
  for (const auto& column : kernel.trace) header += (header.empty() ? "" : ",") + std::string(column.name);
  std::cout << header << "\n";
  bool over = false;
  while (!over) {
    over = machine.advance(1);
    machine.state(state);
    print_row(kernel, state);
  }
  mark_failures(kernel, outcomes, {&failed, 1});
  for (std::size_t o = 0; o < outcomes.size(); ++o)
    std::cout << "# " << kernel.outcomes[o].name << " = " << spell(outcomes[o]) << "\n";
  std::cout << "# status = " << (failed != 0 ? "failed" : "ok") << "\n";
  return opened.compare_run(point, policy, replicate, outcomes, failed != 0);
}

}  // namespace truce
