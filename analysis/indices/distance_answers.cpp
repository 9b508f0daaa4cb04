// Raw: a lower end below 0 says that the distance is not told from none.
#include "analysis/indices/distance_answers.hpp"

namespace truce::analysis {

DistanceAnswers::DistanceAnswers(AnswerTable& table, const std::string& name, double level)
    : table_(table), first_(table.answers.size()), quantile_(kolmogorov_quantile(1 - level)) {
  table.add(name, "1", "distance of Kolmogorov and Smirnov between the input's distributions where it happens and not");
  table.add(name + "_low", "1", "lower end of the band of " + name);
  table.add(name + "_high", "1", "upper end of the band of " + name);
  table.add(name + "_p", "1", "chance of such a distance if the input plays no part (of this input alone)");
  table.add(name + "_floor", "1",
            "what " + name + " stays below if the input plays no part, at the level of intervals");
}

void DistanceAnswers::set(std::size_t place, const RankOrder& order, const Split& split) {
  if (split.weights.empty()) return;
  const double d = distance(order, split), floor = quantile_ * split.scale;
  const double values[] = {d, d - floor, d + floor, kolmogorov_tail(d / split.scale), floor};
  for (std::size_t i = 0; i < std::size(values); ++i) table_.answers[first_ + i].values[place] = values[i];
}

}  // namespace truce::analysis
