// Marginal distributions of inputs, sampled by their inverse CDF.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace truce {

/// A marginal of one input. Unbounded ones are truncated to the input's limits by renormalising
/// the inverse CDF, never by clamping.
struct Marginal {
  enum class Shape { uniform, loguniform, normal, truncated_normal, triangular, beta, integer, choice, list };
  Shape shape = Shape::uniform;
  std::vector<double> parameters;  ///< as written, e.g. {mean, sd}
  std::vector<double> values;      ///< choice, list, steps: the values in order
  double p_lo = 0, p_hi = 1;       ///< probabilities at the truncation bounds
  double lo = 0, hi = 0;           ///< support: no quantile lies outside, whatever the rounding
  std::string text;                ///< canonical spelling, e.g. "uniform(0, 1)"

  /// The value at probability u, 0 < u < 1.
  double quantile(double u) const;
  /// Number of values of a finite marginal (list, choice, integer), 0 for a continuous one.
  std::int64_t levels() const;
  /// Value number i of a finite marginal, 0 <= i < levels().
  double level(std::int64_t i) const;
};

}  // namespace truce
