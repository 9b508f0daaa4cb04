// Elementary effects: what an outcome gains by a step of one input, as if the step went through its whole range.
//
//   EE_i = (Y_i - Y_0) / (u_i - u_0)     mu = mean(EE), mu_star = mean |EE|, sigma = standard deviation of EE
// (Morris 1991; radial steps and mu_star: Campolongo, Saltelli & Cariboni 2011), with u the input's probability, so
// that a unit is the whole range whatever the distribution. A group has one step, the root mean square of those of its
// inputs, and mu_star alone, as its inputs go different ways.
#pragma once

#include <span>

namespace truce::analysis {

/// Steps below this are left out: the noise of two means divided by them would drown what the others say.
inline constexpr double shortest_step = 1.0 / 32;

struct ElementaryEffects {
  static constexpr std::size_t width = 6;
  /// Adds one effect; `noise` is its standard error, NaN if one of the two means has no variance.
  static void add(double effect, double noise, std::span<double> sums);

  explicit ElementaryEffects(std::span<const double> sums) : sums_(sums) {}
  double count() const { return sums_[0]; }
  double mu() const { return sums_[1] / count(); }
  double mu_star() const { return sums_[2] / count(); }
  double sigma() const;
  /// mu_star of effects that are all chance: sqrt(2 / pi) times the mean known standard error (chance is near normal).
  double mu_star_of_chance() const;

 private:
  std::span<const double> sums_;
};

}  // namespace truce::analysis
