// Runs of a rival: settings without frictions, and shares and means with standard errors.
#pragma once

#include <gtest/gtest.h>

#include "kernels/philox.hpp"
#include "tests/kernels/run_kernel.hpp"

namespace truce::testing {

/// The war costs each leader `cost_a` and `cost_d` in all [stake], nothing is at work at home, A does not change, and
/// peace is cut soon. To be joined with the kernel's own.
inline Changes bare_war(double p, double cost_a, double cost_d, double collapse = 0.05, double r = 0.005) {
  const double delta = std::exp(-r);
  const double months = (1 - delta) / (r * (1 - delta * (1 - collapse)));
  return {{"initial_position", p},
          {"war_cost_a", cost_a / months},
          {"war_cost_d", cost_d / months},
          {"collapse_hazard", collapse},
          {"discount_rate", r},
          {"cost_insulation", 0},
          {"defiance_reward", 0},
          {"territorial_boost", 0},
          {"audience_cost_a", 0},
          {"audience_cost_d", 0},
          {"all_or_nothing", 1},
          {"office_stakes", 0},
          {"change_hazard", 0},
          {"horizon_months", 24}};
}

/// Share of the runs with `outcome` equal to `value`.
inline Estimate share_of(const Kernel& kernel, const Runs& runs, std::string_view outcome, double value) {
  const std::size_t i = index_of(kernel.outcomes, outcome);
  return estimate(runs.count(), [&](std::size_t run) { return runs.at(run, i) == value ? 1.0 : 0.0; });
}
inline Estimate mean_of(const Kernel& kernel, const Runs& runs, std::string_view outcome) {
  return estimate(runs, index_of(kernel.outcomes, outcome));
}

inline void expect_near(const Estimate& estimate, double exact, const char* what) {
  EXPECT_NEAR(estimate.mean, exact, 4 * estimate.standard_error + 1e-12) << what;
}

/// The share of the runs with `outcome` equal to `value` is `chance`, by the error that this chance has.
inline void expect_chance(const Kernel& kernel, const Runs& runs, std::string_view outcome, double value,
                          double chance) {
  const double error = std::sqrt(chance * (1 - chance) / static_cast<double>(runs.count()));
  EXPECT_NEAR(share_of(kernel, runs, outcome, value).mean, chance, 4 * error + 1e-12) << outcome << " " << value;
}

/// What the point gives whatever is drawn: an outcome of one run.
inline double outcome_at(const Kernel& kernel, const Changes& changes, std::string_view outcome) {
  return run_points(reference_code(kernel), {inputs_of(kernel, changes)}, 1).at(0, index_of(kernel.outcomes, outcome));
}

/// Number `i` of random point `point`, in lo..hi.
inline double random_in(std::uint32_t point, std::uint32_t i, double lo, double hi) {
  return lo + uniform(philox({point, i, 0, 0}, {8, 8})[0]) * (hi - lo);
}

}  // namespace truce::testing
