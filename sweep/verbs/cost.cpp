// The pilot's seconds a unit, times the units.
#include "sweep/verbs/cost.hpp"

#include <iomanip>
#include <sstream>

#include "sweep/run/code_choice.hpp"
#include "sweep/run/rows.hpp"

namespace truce {

Cost time_cost(const Plan& plan, const std::string& instruction_set) {
  constexpr double pilot_seconds = 2.0;
  const Design design(plan);
  Cost cost;
  cost.pilot = time_pilot(plan, design, layout_of(plan), code_for(plan, instruction_set), pilot_seconds);
  cost.core_seconds = cost.pilot.seconds_a_unit() * static_cast<double>(plan.units());
  return cost;
}

std::string hours_text(double core_seconds) {
  const double hours = core_seconds / 3600;
  if (hours < 0.01) return "less than 0.01 core-hours";
  std::ostringstream text;
  text << std::setprecision(3) << hours << " core-hours";
  return text.str();
}

}  // namespace truce
