// The first box searched anew in every resample: how sure its limits are.
#pragma once

#include <vector>

#include "analysis/discovery/find_boxes.hpp"
#include "analysis/discovery/search_points.hpp"

namespace truce::analysis {

/// First boxes of the resamples: kept bins of every varied input as [first, end), 0 and the number of bins where it is
/// free, and the chance of what the box holds among the points that the resample did not draw.
struct ResampledBoxes {
  struct Limits {
    std::int64_t first = 0, end = 0;
    bool restricts = false;
  };
  std::vector<std::vector<Limits>> limits;  ///< [resample][varied input]
  std::vector<double> chance;               ///< [resample]; 1 where no box was found
};

/// Collective. Resamples draw groups of base points as `weights` says (see bootstrap_weights); the ranks take turns
/// with them. Where there are more than 16,384 points, the searches see so many of them, drawn at random: limits then
/// look less sure than they are.
ResampledBoxes resample_boxes(Crew& crew, const CodedPoints& points, std::span<const std::uint32_t> shares,
                              const BoxSearch& search, const GroupSums& weights);

}  // namespace truce::analysis
