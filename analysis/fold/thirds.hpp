// The effect of an input without a regression: mean of an outcome in the input's highest third less that in its lowest.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "analysis/data/moments_reader.hpp"

namespace truce::analysis {

/// Quantile of an input over its design, 0 <= p <= 1: of its distribution, or of the column of a list.
double prior_quantile(const Dataset& data, std::size_t varied, double p);

/// Where the lowest third of an input ends and the highest begins; its two ends where thirds fall together.
struct Cuts {
  double low, high;
};
Cuts third_cuts(const Dataset& data, std::size_t varied);

/// What an effect is measured on: a series, or a curve at one of its months.
struct EffectOutcome {
  std::string name, unit;
  std::size_t share;      ///< variable of the file
  std::size_t weight;     ///< variable: runs in which it is defined
  std::size_t width, at;  ///< values of `share` per policy, and which of them
};

/// Weighted sums over points; plain numbers that begin at 0, so that they travel as such.
struct WeightedSums {
  double w, wv, ww, wwv, wwvv, count;
  void add(double value, double weight);
  double mean() const { return wv / w; }
  /// Standard error of the mean from the spread between points.
  double error() const;
};

struct ThirdSums {
  WeightedSums low, high;
};

struct Effect {
  double value, error;
  double points;  ///< of the smaller third
  /// 1 rises, -1 falls, 0 undecided: within three standard errors, or fewer than ten points in a third.
  int verdict() const;
};

Effect effect_of(const ThirdSums& sums);
/// Of a mean difference from 0.
Effect effect_of(const WeightedSums& sums);

}  // namespace truce::analysis
