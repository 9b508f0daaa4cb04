// First-order indices from any sample: neighbours in the order of an input share its effect and little else.
//
// With the rows in the order of input i, each followed by its neighbour (the last by the first), c the mean of Y:
//   S_i = mean((Y_j - c)(Y_next(j) - c)) / V            (Gamboa, Gremaud, Klein & Lagnoux 2022, Bernoulli 28(4))
// Of inputs with equal values (a choice, an integer) it is the expected value over all orders among equals, in closed
// form: one order of three names can be off by a tenth. Points of a Sobol' sequence need classes of ranks, taken for equal
// (see in_classes): their neighbours are no random pairs in the other inputs, and an index may be twice what it is, or
// below 0, however many they are. In a class of n rows the others are so evenly spread that the index is low by (1 - S) / n.
// Y is the mean over n replicates. Neighbours have random numbers of their own, so chance has no part in the numerator;
// of the denominator it has mean(s2/n), which the corrected readings take away.
#pragma once

#include <span>
#include <vector>

#include "analysis/data/moments_reader.hpp"
#include "analysis/fold/groups.hpp"
#include "analysis/indices/rank_order.hpp"
#include "analysis/indices/readings.hpp"

namespace truce::analysis {

/// A series at the rows of a sample under one policy.
struct SampledValues {
  std::vector<double> mean;                         ///< NaN where it does not count
  std::vector<double> noise_of_mean, noise_of_run;  ///< s2/n and s2; 0 where they are not asked for
  std::size_t count = 0;                            ///< rows that count
};

/// A row counts if its mean is finite and n >= fewest; noise is asked for if fewest is 2.
SampledValues sampled_values(const Moments& moments, Eigen::Index policy, double fewest);

/// Sums over blocks of consecutive ranks, at most 256 and as equal as they can be: what a bootstrap draws, so that the
/// neighbours in a sum are not torn apart.
struct RankSums {
  static constexpr std::int64_t most_blocks = 256;
  static constexpr Eigen::Index width = 6;

  /// [block][width] of the rows that count; none if there are fewer than two. Sums over all blocks do not depend on the
  /// order among rows with equal inputs, but for rounding.
  static GroupSums of(const RankOrder& order, const SampledValues& values);
  /// The index from summed blocks.
  static double index(std::span<const double> sums, Reading reading);
  /// Variance of the mean response: V - mean(s2/n).
  static double response(std::span<const double> sums);
};

}  // namespace truce::analysis
