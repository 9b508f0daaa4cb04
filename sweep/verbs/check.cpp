// `check`: the resolved plan, its size, and what a timed pilot says that it will cost.
#include <algorithm>
#include <iomanip>
#include <iostream>
#include <sstream>

#include "sweep/crew/progress.hpp"
#include "sweep/run/pilot.hpp"
#include "sweep/run/rows.hpp"
#include "sweep/study/plan.hpp"
#include "sweep/study/study_keys.hpp"
#include "sweep/study/values.hpp"
#include "sweep/verbs/verbs.hpp"

namespace truce {

namespace {

std::string bytes_text(double bytes) {
  static constexpr const char* units[] = {"B", "kB", "MB", "GB", "TB", "PB"};
  int unit = 0;
  for (; bytes >= 1000 && unit < 5; ++unit) bytes /= 1000;
  std::ostringstream text;
  text << std::fixed << std::setprecision(unit == 0 ? 0 : 1) << bytes << " " << units[unit];
  return text.str();
}

double file_bytes(const Layout& layout) {
  double bytes = static_cast<double>(layout.row_bytes()) * static_cast<double>(layout.rows);
  for (const Column& column : layout.columns) {
    if (column.origin != Origin::computed) continue;
    const auto dimension = std::find_if(layout.dimensions.begin(), layout.dimensions.end(),
                                        [&](const Dimension& d) { return d.name == column.dimensions.front(); });
    bytes += static_cast<double>(column.row_bytes()) * static_cast<double>(dimension->size);
  }
  return bytes;
}

void print_inputs(const Plan& plan) {
  std::size_t constants = 0;
  for (std::size_t i = 0; i < plan.inputs.size(); ++i) {
    const Input& input = plan.kernel->inputs[i];
    const PlannedInput& planned = plan.inputs[i];
    std::string text;
    if (planned.role == PlannedInput::Role::varied)
      text = plan.method == Method::list ? "from the list" : planned.marginal.text;
    else if (planned.role == PlannedInput::Role::constant && planned.value != input.standard)
      text = spell(planned.value) + " (default " + spell(input.standard) + ")";
    if (!text.empty())
      std::cout << "  " << std::left << std::setw(20) << input.name << " " << text << "  [" << input.unit << "]\n";
    else if (planned.role == PlannedInput::Role::constant)
      ++constants;
  }
  for (const Lever& lever : plan.levers) {
    std::cout << "  " << std::left << std::setw(20) << plan.kernel->inputs[lever.input].name << " lever:";
    for (const double value : lever.values) std::cout << " " << spell(value);
    std::cout << "  [" << plan.kernel->inputs[lever.input].unit << "]\n";
  }
  std::cout << "  " << constants << " inputs stay at their defaults (truce describe " << plan.kernel->name << ")\n";
}

}  // namespace

Exit check(const Arguments& arguments) {
  const Parsed parsed(arguments, {}, {"cores"}, true);
  const Plan plan = load_plan(parsed.only("study file"), parsed.study(), kernels());
  const long long cores = parsed.number("cores", 0, 1, 10000000);
  const Layout layout = layout_of(plan);
  std::cout << (plan.title.empty() ? "(no title)" : plan.title) << "\nkernel " << plan.kernel->name << " version "
            << plan.kernel->version << ", " << plan.kernel->codes.front().instruction_set << " code\ndesign "
            << method_names()[static_cast<std::size_t>(plan.method)] << ", seed " << plan.seed << "\n";
  print_inputs(plan);
  for (const auto& note : plan.notes) std::cout << "note: " << note << "\n";
  std::cout << format_count(plan.points) << " points x " << format_count(plan.policies()) << " policies x "
            << format_count(plan.replicates) << " replicates = " << format_count(plan.runs()) << " runs\n"
            << format_count(layout.rows) << " rows over " << layout.row_dimension << ", about "
            << bytes_text(file_bytes(layout)) << " in " << plan.file
            << " (as much again in the journal until it is sealed)\n"
            << "study id " << plan.study_id << "\n";
  std::cout << "timing a pilot ..." << std::endl;
  const Design design(plan);
  const Pilot pilot = time_pilot(plan, design, layout, plan.kernel->codes.front(), 2.0);
  const double rate = static_cast<double>(pilot.runs) / pilot.seconds;
  const double seconds = pilot.seconds_a_unit() * static_cast<double>(plan.units());
  std::cout << "pilot: " << format_count(pilot.runs) << " runs at " << format_count(static_cast<std::int64_t>(rate))
            << " runs/s per core" << (pilot.failed > 0 ? ", " + format_count(pilot.failed) + " of them failed" : "")
            << "\nwhole study: " << std::setprecision(3) << seconds / 3600 << " core-hours";
  if (cores > 0)
    std::cout << ", " << format_duration(seconds / static_cast<double>(cores)) << " on " << cores << " cores";
  std::cout << "; block of " << choose_block(plan, layout, pilot, static_cast<int>(std::max(cores, 1LL))) << " units\n";
  return Exit::done;
}

}  // namespace truce
