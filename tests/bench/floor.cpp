// The engine against its floor: what a step's primitives cost on their own, at the same width: bench_floor [POINTS].
//
// Rows for collect.py. The primitives of a step are counted by a number type of one lane on the path that a run really
// takes; run turnover, idle lanes and what one lane waits for another do not belong to the floor.
#include <algorithm>
#include <cstdio>
#include <exception>
#include <memory>

#include "kernels/anchored_peace.hpp"
#include "kernels/code_of.hpp"
#include "kernels/gamblers_ruin.hpp"
#include "sweep/run/machine.hpp"
#include "tests/bench/counted.hpp"
#include "tests/bench/report.hpp"

namespace truce {
namespace v3 {
void primitive_costs(bench::PerPrimitive& in_double, bench::PerPrimitive& in_float, double& checksum);
}
namespace v4 {
void primitive_costs(bench::PerPrimitive& in_double, bench::PerPrimitive& in_float, double& checksum);
}
}  // namespace truce

namespace {

using namespace truce;

struct Study {
  const Kernel* kernel;
  std::string name;
  std::vector<std::vector<double>> points;
  std::uint32_t replicates;
};

struct Played {
  std::uint64_t visits = 0;
  double seconds = 0;
  std::string checksum;
};

Played play(const Code& code, const Study& study) {
  const std::size_t runs = study.points.size() * study.replicates;
  std::vector<double> params(study.points.size() * code.params), outcomes(runs * code.outcomes);
  std::vector<std::uint8_t> failed(runs);
  std::vector<Task> tasks;
  for (std::size_t i = 0; i < study.points.size(); ++i) {
    code.prepare(study.points[i].data(), params.data() + i * code.params);
    tasks.push_back({params.data() + i * code.params, i, 0, study.replicates,
                     outcomes.data() + i * study.replicates * code.outcomes, failed.data() + i * study.replicates});
  }
  Machine machine(code);
  const double begun = bench::cpu_seconds();
  machine.begin(861, tasks);
  while (!machine.advance(100000)) {
  }
  return {machine.steps(), bench::cpu_seconds() - begun, bench::checksum(outcomes)};
}

template <class Model>
Code counting() {
  Code code = code_of<Model, Counted>("counting");
  code.prepare = prepare_of<Model>;
  return code;
}

void row(const std::string& name, double value, const char* unit, const char* target, const std::string& checksum) {
  std::printf(
      "{\"name\": \"%s\", \"value\": %.6g, \"unit\": \"%s\", \"target\": %s%s%s, \"command\": \"bench_floor\", "
      "\"checksum\": \"%s\"}\n",
      name.c_str(), value, unit, *target ? "\"" : "", *target ? target : "null", *target ? "\"" : "", checksum.c_str());
}

/// Primitives of a step, and the steps of all runs.
std::uint64_t count_primitives(const Code& counting_code, const Study& study, bench::PerPrimitive& per_step) {
  counts = {};
  const Played played = play(counting_code, study);
  per_step = counts;
  for (double& primitive : per_step) primitive /= static_cast<double>(played.visits);
  return played.visits;
}

double median_seconds(const Code& code, const Study& study, std::string& checksum) {
  std::vector<double> seconds;
  for (int i = 0; i < 5; ++i) {
    const Played played = play(code, study);
    seconds.push_back(played.seconds);
    checksum = played.checksum;
  }
  std::sort(seconds.begin(), seconds.end());
  return seconds[2];
}

void compare(const Study& study, const Code& counting_code, bool light) {
  bench::PerPrimitive per_step{};
  const auto steps = static_cast<double>(count_primitives(counting_code, study, per_step));
  const std::string title = std::string(study.kernel->name) + ", " + study.name;
  for (std::size_t i = 0; i < bench::primitives; ++i)
    row(title + ", " + std::string(bench::primitive_names[i]) + " a step", per_step[i], "count", "", "");
  for (const Arithmetic arithmetic : {Arithmetic::in_double, Arithmetic::in_float}) {
    const Code& code = fastest_code(*study.kernel, arithmetic);
    if (code.instruction_set == "plain") continue;
    const bool in_double = arithmetic == Arithmetic::in_double;
    bench::PerPrimitive costs[2];
    double results = 0;
    (code.instruction_set == "v4" ? v4::primitive_costs : v3::primitive_costs)(costs[0], costs[1], results);
    double floor = 0;
    for (std::size_t i = 0; i < bench::primitives; ++i) floor += per_step[i] * costs[in_double ? 0 : 1][i];
    std::string checksum;
    const double seconds = median_seconds(code, study, checksum) / steps;
    const std::string of = title + ", " + std::string(code.instruction_set) + (in_double ? ".double" : ".float");
    row(of + ", floor", 1 / floor, "steps/s a core", "", "");
    row(of + ", engine", 1 / seconds, "steps/s a core", "", checksum);
    row(of + ", engine over floor", floor / seconds, "ratio", light ? (in_double ? ">= 0.6" : ">= 0.5") : "", checksum);
  }
}

std::vector<double> standard(const Kernel& kernel) {
  std::vector<double> inputs;
  for (const Input& input : kernel.inputs) inputs.push_back(input.standard);
  return inputs;
}

}  // namespace

int main(int count, char** words) try {
  const Kernel& ruin = *find_kernel("gamblers_ruin");
  const Kernel& peace = *find_kernel("anchored_peace");
  compare({&ruin, "5 of 10 forts", {standard(ruin)}, 100000}, counting<GamblersRuin>(), false);
  compare({&ruin, "50 of 100 forts", {{50, 100, 0.5}}, 1000}, counting<GamblersRuin>(), true);
  compare({&peace, "defaults", {standard(peace)}, 20000}, counting<AnchoredPeace>(), false);
  if (count > 1) compare({&peace, "ranges", bench::read_points(words[1]).rows, 8}, counting<AnchoredPeace>(), false);
} catch (const std::exception& error) {
  std::fprintf(stderr, "bench_floor: %s\n", error.what());
  return 1;
}
