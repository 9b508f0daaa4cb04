// Moments of elementary effects from their sums, and what chance alone would make of them.
#include "analysis/indices/elementary_effects.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace truce::analysis {

double error_of_step(double variance, double n, double variance_0, double n_0) {
  const double freedom = n + n_0 - 2;
  const double pooled = ((n - 1) * variance + (n_0 - 1) * variance_0) / freedom;
  // sqrt(2 / freedom) Gamma((freedom + 1) / 2) / Gamma(freedom / 2), to half a percent from two on
  const double low_by = 1 - 1 / (4 * freedom) + 1 / (32 * freedom * freedom);
  return std::sqrt(pooled * (1 / n + 1 / n_0)) / low_by;
}

void ElementaryEffects::add(double effect, double noise, std::span<double> sums) {
  sums[0] += 1;
  sums[1] += effect;
  sums[2] += std::abs(effect);
  sums[3] += effect * effect;
  sums[4] += noise;
}

double ElementaryEffects::sigma() const {
  const double squares = sums_[3] - sums_[1] * mu();
  return std::sqrt(std::max(squares, 0.0) / (count() - 1));  // below 0 by rounding alone
}

double ElementaryEffects::mu_star_of_chance() const { return std::sqrt(2 / std::numbers::pi) * sums_[4] / count(); }

}  // namespace truce::analysis
