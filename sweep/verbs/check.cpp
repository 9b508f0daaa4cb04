// `check`: the resolved plan, its size, and what a timed pilot says that it will cost.
#include <algorithm>
#include <iomanip>
#include <iostream>
#include <sstream>

#include "sweep/crew/progress.hpp"
#include "sweep/run/code_choice.hpp"
#include "sweep/run/pilot.hpp"
#include "sweep/run/rows.hpp"
#include "sweep/study/members.hpp"
#include "sweep/study/plan.hpp"
#include "sweep/study/study_keys.hpp"
#include "sweep/study/values.hpp"
#include "sweep/verbs/cost.hpp"
#include "sweep/verbs/verbs.hpp"
#include "sweep/verbs/words.hpp"

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

/// Values, and what HDF5 writes around them: fitted to small files of both kernels, which they foretell within a sixth.
double file_bytes(const Layout& layout) {
  constexpr double around_variable = 450;  // header and attributes
  constexpr double around_chunks = 3400;   // what finds the pieces of a column that is stored in pieces
  double bytes = static_cast<double>(layout.row_bytes()) * static_cast<double>(layout.rows);
  for (const Dimension& dimension : layout.dimensions)
    bytes += around_variable + static_cast<double>(dimension.size) * static_cast<double>(sizeof(std::int64_t));
  for (const Column& column : layout.columns) {
    bytes += around_variable + static_cast<double>(column.fixed.size() * size_of(column.type));
    if (column.origin == Origin::fixed) continue;
    bytes += around_chunks;
    if (column.origin == Origin::row) continue;
    const Dimension* dimension = find_dimension(layout, column.dimensions.front());
    bytes += static_cast<double>(column.row_bytes()) * static_cast<double>(dimension->size);
  }
  return bytes;
}

/// "0 0.1 0.2 0.3 0.4 ... 1 (11 values)"; all of them if they are few.
std::string listed(const std::vector<double>& values) {
  constexpr std::size_t first = 5;
  std::string text;
  const bool all = values.size() <= first + 2;
  for (std::size_t i = 0; i < (all ? values.size() : first); ++i) text += (i == 0 ? "" : " ") + spell(values[i]);
  if (!all)
    text += " ... " + spell(values.back()) + " (" + format_count(static_cast<std::int64_t>(values.size())) + " values)";
  return text;
}

std::string varied_text(const Plan& plan, const Marginal& marginal) {
  constexpr std::size_t most_characters = 120;
  if (plan.placement == Method::list) return "from the list";
  return marginal.text.size() <= most_characters ? marginal.text : "one of " + listed(marginal.values);
}

/// What a block is made of: a piece of 1,024 replicates of a point, which is the point where there are no more.
std::string block_text(const Plan& plan, std::int64_t units) {
  if (plan.chunks() == 1) return counted(units, "point", "points");
  return counted(units, "piece", "pieces") + " of up to 1,024 replicates of a point";
}

/// How many runs the points of the pilot let expect, where they decide it.
std::string likely_text(const Plan& plan, const Pilot& pilot) {
  if (!plan.precision) return "";
  const double likely = pilot.runs_a_unit() * static_cast<double>(plan.units());
  const std::int64_t runs =
      std::clamp(static_cast<std::int64_t>(std::min(likely, 0x1p62)), plan.fewest_runs(), plan.runs());
  return "about " + counted(runs, "run", "runs") + " (" +
         format_count(static_cast<std::int64_t>(100 * static_cast<double>(runs) / static_cast<double>(plan.runs()))) +
         " % of the most), ";
}

void print_precision(const Plan& plan) {
  if (!plan.precision) return;
  std::cout << "replicates double from " << format_count(plan.replicates) << " until the 95 % half-width of "
            << plan.precision->of << " is at most " << spell(plan.precision->half_width)
            << " for all siblings of a point, or to " << format_count(plan.precision->replicates_max) << "\n";
}

void print_inputs(const Plan& plan) {
  std::size_t constants = 0;
  for (std::size_t i = 0; i < plan.inputs.size(); ++i) {
    const Input& input = plan.kernel->inputs[i];
    const PlannedInput& planned = plan.inputs[i];
    std::string text;
    if (planned.role == PlannedInput::Role::varied)
      text = varied_text(plan, planned.marginal);
    else if (planned.role == PlannedInput::Role::constant && planned.value != input.standard)
      text = spell(planned.value) + " (default " + spell(input.standard) + ")";
    if (!text.empty())
      std::cout << "  " << std::left << std::setw(20) << input.name << " " << text << "  [" << input.unit << "]\n";
    else if (planned.role == PlannedInput::Role::constant)
      ++constants;
  }
  for (const Lever& lever : plan.levers) {
    std::cout << "  " << std::left << std::setw(20) << plan.kernel->inputs[lever.input].name
              << " lever: " << listed(lever.values) << "  [" << plan.kernel->inputs[lever.input].unit << "]\n";
  }
  std::cout << "  " << constants << (constants == 1 ? " input stays at its default" : " inputs stay at their defaults")
            << " (truce describe " << plan.kernel->name << ")\n";
}

/// The members of a base point; those of a pair with what moves.
void print_members(const Plan& plan) {
  constexpr std::size_t first = 9;
  const std::vector<std::string> names = member_names(plan);
  for (const Factor& factor : plan.factors) {
    if (group_of(plan, factor.inputs.front()).empty()) continue;
    std::cout << "  group " << factor.name << ":";
    for (const std::size_t input : factor.inputs) std::cout << " " << plan.kernel->inputs[input].name;
    std::cout << "\n";
  }
  for (const auto& [key, value] : pair_lines(plan)) std::cout << "  pair " << key << ": " << value << "\n";
  if (names.empty()) return;
  std::cout << "members of a point:";
  for (std::size_t m = 0; m < names.size(); ++m)
    if (names.size() <= first + 2 || m < first || m + 1 == names.size())
      std::cout << " " << names[m];
    else if (m == first)
      std::cout << " ...";
  std::cout << "\n";
}

std::string on_cores(double core_seconds, long long cores) {
  if (cores == 0) return "";
  return ", " + format_duration(core_seconds / static_cast<double>(cores)) + " on " + std::to_string(cores) + " cores";
}

void print_plan(const Plan& plan, const Layout& layout, const std::string& instruction_set) {
  std::cout << (plan.title.empty() ? "(no title)" : plan.title) << "\nkernel " << plan.kernel->name << " version "
            << plan.kernel->version << ", " << name_of(code_for(plan, instruction_set)) << "\ndesign "
            << name_of(plan.method) << (plan.pair ? " over " + name_of(plan.placement) : "") << ", seed " << plan.seed
            << "\n";
  print_inputs(plan);
  print_members(plan);
  for (const auto& note : plan.notes) std::cout << "note: " << note << "\n";
  print_precision(plan);
  std::cout << size_text(plan) << "\n"
            << counted(layout.rows, "row", "rows") << " over " << layout.row_dimension << ", about "
            << bytes_text(file_bytes(layout)) << " in " << plan.file
            << " (almost as much again in the journal until it is sealed)\n"
            << "study id " << plan.study_id << "\n";
}

/// Times a pilot and says what it implies; the study's core-seconds.
double print_cost(const Plan& plan, const Layout& layout, const std::string& instruction_set, long long cores) {
  std::cout << "timing a pilot ..." << std::endl;
  const Cost cost = time_cost(plan, instruction_set);
  const Pilot& pilot = cost.pilot;
  std::cout << "pilot: " << format_count(pilot.runs) << " runs at "
            << format_count(static_cast<std::int64_t>(cost.runs_per_second())) << " runs/s per core"
            << (pilot.failed > 0 ? ", " + format_count(pilot.failed) + " of them failed" : "")
            << "\nwhole study: " << likely_text(plan, pilot) << hours_text(cost.core_seconds)
            << on_cores(cost.core_seconds, cores) << "\na block, which is handed out and committed as one: "
            << block_text(plan, choose_block(plan, layout, pilot, static_cast<int>(std::max(cores, 1LL)))) << "\n";
  return cost.core_seconds;
}

}  // namespace

Exit check(const Arguments& arguments) {
  const Parsed parsed(arguments, {}, {"cores", "instruction-set"}, true);
  const std::vector<Plan> plans = load_plans(parsed.only("study file"), parsed.study(), kernels());
  const std::string instruction_set = parsed.option("instruction-set");
  const long long cores = parsed.number("cores", 0, 1, 10000000);
  double core_seconds = 0;
  for (const Plan& plan : plans) {
    const Layout layout = layout_of(plan);
    print_plan(plan, layout, instruction_set);
    core_seconds += print_cost(plan, layout, instruction_set, cores);
    if (plans.size() > 1) std::cout << "\n";
  }
  if (plans.size() > 1)
    std::cout << "all " << plans.size() << " studies: " << runs_text(plans) << ", " << hours_text(core_seconds)
              << on_cores(core_seconds, cores) << "\n";
  return Exit::done;
}

}  // namespace truce
