// Pick-freeze estimates from sums over base points whose members are A, AB_1..AB_d, B.
//
// With Y the mean over the n replicates of a row, s2 their sample variance, and c the mean of Y over all rows:
//   J_i = mean((Y_A - Y_ABi)^2) / 2                       (total; Jansen 1999)
//   N_i = mean((Y_B - c) (Y_ABi - Y_A))                   (first order; Saltelli et al. 2010)
//   V   = variance of Y over the rows of A and B, divided by their number
// Chance alone gives J_i and V the expectation mean(s2/n), and N_i none, where rows have random numbers of their own;
// so J_i - mean(s2/n) and V - mean(s2/n) are what the inputs do (variance deconvolution, Clements et al. 2024).
#pragma once

#include <Eigen/Core>
#include <span>
#include <vector>

#include "analysis/data/moments_reader.hpp"

namespace truce::analysis {

/// What sums of kept base points say. All NaN if there are none.
class PickFreeze {
 public:
  /// Number of sums for `factors` members between A and B.
  static std::size_t width(std::size_t factors) { return fixed + 3 * factors; }

  /// Adds base points of `moments` (whole base points of factors + 2 rows) at `policy`. A base point counts if at all
  /// of its rows the mean is finite and n >= fewest. `shift` is taken from every mean first: near the mean of all, so
  /// that squares do not cancel.
  static void add(const Moments& moments, Eigen::Index policy, double shift, double fewest, std::span<double> sums);

  explicit PickFreeze(std::span<const double> sums);
  double count() const { return sums_[0]; }                                       ///< base points
  double variance() const { return variance_; }                                   ///< V
  double noise_of_mean() const { return sums_[4] / count(); }                     ///< mean(s2/n) over all rows
  double noise_of_run() const { return sums_[5] / count(); }                      ///< mean(s2) over all rows
  double total(std::size_t factor) const { return of(factor, 2) / count() / 2; }  ///< J
  double main(std::size_t factor) const { return (of(factor, 1) - centre_ * of(factor, 0)) / count(); }  ///< N
  /// V - mean(s2/n): variance of the mean response.
  double response() const { return variance() - noise_of_mean(); }
  /// Variance of one run: of the mean response and of chance.
  double of_one_run() const { return response() + noise_of_run(); }

 private:
  /// Of Y less the shift: base points, sum over A, over B, squares over both, s2/n and s2 (means over the rows of a
  /// base point); then for each factor Y_AB - Y_A, Y_B (Y_AB - Y_A), (Y_AB - Y_A)^2.
  static constexpr std::size_t fixed = 6;
  double of(std::size_t factor, std::size_t which) const { return sums_[fixed + 3 * factor + which]; }

  std::span<const double> sums_;
  double centre_ = 0, variance_ = 0;
};

}  // namespace truce::analysis
