// First-order indices of one sampled series for all inputs, with intervals.
#pragma once

#include "analysis/indices/index_answers.hpp"
#include "analysis/indices/rank_estimator.hpp"

namespace truce::analysis {

/// An index, and whether it may be told (see may_be_told).
struct RankIndex {
  Resampled index;
  bool told = false;
};

/// Bootstrap of blocks of ranks; keeps its weights from series to series.
class RankIndices {
 public:
  RankIndices(std::uint64_t seed, std::int64_t resamples, double level);
  /// [input][reading] for every order; those readings that `chance` does not give are left as they are (NaN).
  std::vector<std::vector<RankIndex>> operator()(const std::vector<RankOrder>& orders, const SampledValues& values,
                                                 const Chance& chance);

 private:
  std::uint64_t seed_;
  std::int64_t resamples_;
  double level_;
  GroupSums weights_;  ///< [resample][block] of the last number of blocks
};

}  // namespace truce::analysis
