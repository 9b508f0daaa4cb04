// How far each base point lies from the kernel's defaults, and which lies nearest.
#pragma once

#include <cstdint>
#include <vector>

#include "analysis/parts.hpp"
#include "sweep/base/units.hpp"

namespace truce::analysis {

/// Distance: of the varied inputs the one that is farthest from its default counts, as a share of its distribution (the
/// difference of their probabilities; of a choice 0 or 1), so that it lies between 0 and 1. Kept to 1/255.
class Baseline {
 public:
  /// Collective: reads the inputs once.
  explicit Baseline(const PartTask& task);
  /// The nearest base point; of equals the first.
  std::int64_t base() const { return base_; }
  double distance() const { return distance_; }  ///< of that point
  /// Of a base point that this rank folds (see fold_groups).
  double distance(std::int64_t base) const { return distances_[static_cast<std::size_t>(base - first_)] / 255.0; }
  /// The greatest of all.
  double farthest() const { return farthest_; }

 private:
  std::int64_t base_ = 0, first_ = 0;
  double distance_ = 0, farthest_ = 0;
  std::vector<std::uint8_t> distances_;
};

}  // namespace truce::analysis
