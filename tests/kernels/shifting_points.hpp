// Points of shifting_power for its tests: prepared by name, with nothing at home, or anywhere in the ranges.
#pragma once

#include <random>

#include "kernels/shifting_power.hpp"
#include "tests/kernels/run_kernel.hpp"

namespace truce::testing {

/// Fearon's preventive war: A's chance rises from p1 to p2 in one step, war costs D a lump; the two sides of the
/// inequality apart, and what A gets before and after.
struct PreventiveWar {
  double p1, p2, cost, delta;
  bool war;
  double gap, first, second;
};
inline constexpr PreventiveWar preventive_wars[] = {{0.3, 0.8, 0.5, 0.9, true, 4.15, 0, 0.85},
                                                    {0.5, 0.6, 1.5, 0.8, false, -0.4, 0.4, 0.9},
                                                    {0.3, 0.5, 0.2, 0.5, false, -0.2, 0.2, 0.6}};

using Shifting = shifting_power_model::Params<double>;

inline const Kernel& shifting_kernel() { return *find_kernel("shifting_power"); }

inline Shifting shifting_with(const Changes& changes) {
  return shifting_power_model::prepare(inputs_of(shifting_kernel(), changes).data());
}

/// Both leaders bargain over plain shares, with lump costs of the fight to the finish; no guarantee, no change.
inline Changes lumps(double cost_a, double cost_d, double discount_rate, double collapse_hazard = 0.03) {
  const double months = rival::war_until_collapse(collapse_hazard, discount_rate, 24).months;
  return {{"audience_cost_a", 0},
          {"audience_cost_d", 0},
          {"office_stakes", 0},
          {"all_or_nothing", 1},
          {"territorial_boost", 0},
          {"cost_insulation", 0},
          {"defiance_reward", 0},
          {"guarantee_a", 0},
          {"change_hazard", 0},
          {"discount_rate", discount_rate},
          {"collapse_hazard", collapse_hazard},
          {"war_cost_a", cost_a / months},
          {"war_cost_d", cost_d / months}};
}

inline std::vector<double> random_shifting_point(std::mt19937_64& random) {
  std::uniform_real_distribution<double> unit(0, 1);
  std::vector<double> inputs;
  for (const auto& input : shifting_kernel().inputs) {
    const bool real = input.kind == InputKind::real;
    const double x = input.range_lo + unit(random) * (input.range_hi - input.range_lo + (real ? 0 : 1));
    inputs.push_back(real ? x : std::floor(x));
  }
  return inputs;
}

inline void set(std::vector<double>& inputs, const Changes& changes) {
  for (const auto& [name, value] : changes) inputs[index_of(shifting_kernel().inputs, name)] = value;
}

}  // namespace truce::testing
