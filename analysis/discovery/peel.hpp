// Peeling: from the whole space to a small dense box, a few points a step (Friedman & Fisher 1999, section 8).
#pragma once

#include <vector>

#include "analysis/discovery/find_boxes.hpp"
#include "analysis/discovery/search_points.hpp"

namespace truce::analysis {

/// The bins that a step took off, and what was left.
struct PeelStep {
  std::size_t input = 0;
  std::array<bool, InputBins::most> off{};
  Count box;
};

/// Collective as points.add_up is. The first step takes nothing off: it is the whole space. Of the faces of the box (of
/// a choice: of its levels), each a slice of as many bins as come nearest to `peel` of the points in the box, the one
/// goes whose removal raises the density most per point taken off: where slices are alike that is the criterion of
/// Friedman & Fisher; where they are not, it keeps inputs of few levels from being cut first because they must be cut
/// coarsely (Kwakkel & Jaxa-Rozen 2016). A slice goes even if the density falls: only behind it may the denser part
/// lie. Ends when the density is 1 or the box would get smaller than `least_mass` of the points or 20 points.
std::vector<PeelStep> peel(const SearchPoints& points, const BoxSearch& search);

/// What is kept after the first `steps` steps.
Kept kept_after(std::span<const InputBins> bins, std::span<const PeelStep> steps);

}  // namespace truce::analysis
