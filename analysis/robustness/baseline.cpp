// Distances in bins of equal probability, one byte a point.
#include "analysis/robustness/baseline.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "analysis/data/moments_reader.hpp"
#include "analysis/discovery/bins.hpp"
#include "analysis/fold/add_up.hpp"
#include "analysis/fold/groups.hpp"

namespace truce::analysis {

Baseline::Baseline(const PartTask& task) {
  const Dataset& data = task.data;
  std::vector<InputBins> bins;
  std::vector<int> defaults;
  for (const VariedInput& input : data.inputs()) {
    bins.emplace_back(data.plan(), input.input);
    defaults.push_back(bins.back().code(data.plan().kernel->inputs[input.input].standard));
  }
  double nearest = std::numeric_limits<double>::infinity(), farthest = 0;
  InputReader reader(data);
  fold_groups(task.crew, Groups(data.bases(), data.members()), 0, [&](Range bases, std::span<double>) {
    if (distances_.empty()) first_ = bases.first;
    const Block& values = reader.read(bases);
    for (std::int64_t b = 0; b < bases.count; ++b) {
      double distance = 0;
      for (std::size_t i = 0; i < bins.size(); ++i) {
        const int code = bins[i].code(values(b * data.members(), static_cast<Eigen::Index>(i)));
        const double apart = std::abs(code - defaults[i]), most = static_cast<double>(bins[i].count() - 1);
        distance = std::max(distance, bins[i].ordered() ? (most > 0 ? apart / most : 0) : std::min(apart, 1.0));
      }
      distances_.push_back(static_cast<std::uint8_t>(std::lround(distance * 255)));
      farthest = std::max(farthest, this->distance(bases.first + b));
      if (distance >= nearest) continue;
      nearest = distance;
      base_ = bases.first + b;
    }
  });
  std::array<double, 2> ends{-nearest, farthest};
  greatest(task.crew, ends);
  distance_ = -ends[0];
  farthest_ = ends[1];
  std::array<double, 1> first{nearest == distance_ ? -static_cast<double>(base_) : -std::numeric_limits<double>::max()};
  greatest(task.crew, first);
  base_ = static_cast<std::int64_t>(-first[0]);
}

}  // namespace truce::analysis
