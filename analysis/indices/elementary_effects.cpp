// Moments of elementary effects from their sums.
#include "analysis/indices/elementary_effects.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace truce::analysis {

void ElementaryEffects::add(double effect, double noise, std::span<double> sums) {
  sums[0] += 1;
  sums[1] += effect;
  sums[2] += std::abs(effect);
  sums[3] += effect * effect;
  if (std::isnan(noise)) return;
  sums[4] += noise;
  sums[5] += 1;
}

double ElementaryEffects::sigma() const {
  const double squares = sums_[3] - sums_[1] * mu();
  return std::sqrt(std::max(squares, 0.0) / (count() - 1));  // below 0 by rounding alone
}

double ElementaryEffects::mu_star_of_chance() const { return std::sqrt(2 / std::numbers::pi) * sums_[4] / sums_[5]; }

}  // namespace truce::analysis
