// Distances in a table: D, its band, and how often chance alone gives as much.
#pragma once

#include <string>

#include "analysis/answers/answers.hpp"
#include "analysis/indices/kolmogorov.hpp"

namespace truce::analysis {

/// The answers NAME, NAME_low, NAME_high, NAME_p and NAME_floor. The band is D -+ q e with the quantile q of
/// Kolmogorov's distribution: it holds at least at its level, as |D - truth| <= the maximum of the difference of the
/// empirical from the true distributions. NAME_floor is q e: chance alone stays below it at that level.
class DistanceAnswers {
 public:
  DistanceAnswers(AnswerTable& table, const std::string& name, double level);
  /// Nothing where the split has no weights.
  void set(std::size_t place, const RankOrder& order, const Split& split);

 private:
  AnswerTable& table_;
  std::size_t first_;
  double quantile_;
};

}  // namespace truce::analysis
