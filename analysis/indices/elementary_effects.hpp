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

/// Standard error of a step if the input does nothing, so that its ends have one variance: from the sample variances
/// between n runs at either end, pooled, without bias for normal chance (the root of a sample variance of two degrees
/// of freedom is low by a ninth). n >= 2 at both ends. Pooling more rows would be wrong where chance is not alike
/// everywhere: a mean of roots is less than the root of the mean.
double error_of_step(double variance, double n, double variance_0, double n_0);

struct ElementaryEffects {
  static constexpr std::size_t width = 5;
  /// Adds one effect; `noise` is its standard error, NaN if it is not known.
  static void add(double effect, double noise, std::span<double> sums);

  explicit ElementaryEffects(std::span<const double> sums) : sums_(sums) {}
  double count() const { return sums_[0]; }
  double mu() const { return sums_[1] / count(); }
  double mu_star() const { return sums_[2] / count(); }
  double sigma() const;
  /// mu_star of the same steps if all of it were chance: sqrt(2 / pi) times their mean standard error (chance of means
  /// is near normal). NaN if one of them is not known.
  double mu_star_of_chance() const;

 private:
  std::span<const double> sums_;
};

}  // namespace truce::analysis
