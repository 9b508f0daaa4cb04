// Times units spread evenly over the design, so that a costly corner is in the sample.
#include "sweep/run/pilot.hpp"

#include <algorithm>
#include <bit>
#include <chrono>
#include <cmath>

#include "sweep/run/block_run.hpp"

namespace truce {

namespace {

double now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

/// Unit number i of a sequence that spreads over 0..units-1 (van der Corput in base 2).
std::int64_t spread(std::int64_t i, std::int64_t units) {
  double position = 0, weight = 0.5;
  for (; i > 0; i /= 2, weight /= 2) position += static_cast<double>(i % 2) * weight;
  return std::min(units - 1, static_cast<std::int64_t>(position * static_cast<double>(units)));
}

}  // namespace

Pilot time_pilot(const Plan& plan, const Design& design, const Layout& layout, const Code& code, double seconds) {
  Pilot pilot;
  BlockRun block(plan, design, layout, code);
  const double start = now();
  do {
    block.begin({spread(pilot.units, plan.units()), 1});
    while (!block.advance() && now() - start < 10 * seconds) {
    }
    ++pilot.units;
    pilot.runs += block.runs();
    pilot.failed += block.failed();
    pilot.seconds = now() - start;
  } while (pilot.seconds < seconds && pilot.units < plan.units());
  return pilot;
}

std::int64_t choose_block(const Plan& plan, const Layout& layout, const Pilot& pilot, int ranks) {
  constexpr double most_bytes = 32e6;
  const double unit = std::max(pilot.seconds_a_unit(), 1e-9);
  const double all = unit * static_cast<double>(plan.units());
  const double seconds = std::clamp(all / (32.0 * ranks), 0.05, 1.0);
  const double rows = static_cast<double>(plan.rows == Rows::run ? plan.runs() : plan.rows_of_point());
  const double unit_bytes = static_cast<double>(layout.row_bytes()) * rows / static_cast<double>(plan.units());
  const double units = std::clamp(std::min(seconds / unit, most_bytes / std::max(unit_bytes, 1.0)), 1.0,
                                  static_cast<double>(plan.units()));
  const auto power = static_cast<std::int64_t>(std::bit_floor(static_cast<std::uint64_t>(units)));
  const std::int64_t chunks = plan.chunks();
  return power >= chunks ? power / chunks * chunks : power;
}

}  // namespace truce
