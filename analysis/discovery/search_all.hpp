// All searches of the part `prim`, shared out among the ranks.
#pragma once

#include <span>
#include <vector>

#include "analysis/discovery/find_boxes.hpp"
#include "analysis/parts.hpp"

namespace truce::analysis {

/// Boxes of one outcome (index into Settings::series), policy and goal (0 higher, 1 lower).
struct Case {
  std::size_t outcome, policy, goal;
  int rank;                     ///< that has its boxes; in a search of all ranks, rank 0
  std::vector<FoundBox> boxes;  ///< empty on other ranks, or where nothing is told from the whole space
};

/// Collective: a case for each outcome, policy and goal, in this order, the last one fastest. `limits`: the thresholds
/// of the outcomes. Where every rank holds all points, each searches as many cases as the others, alone; cases that are
/// left over (fewer than there are ranks), and all where ranks hold different points, are searched by all ranks, one by
/// one.
/// An error on any rank is thrown on all as AgreedError.
std::vector<Case> search_all(const PartTask& task, const CodedPoints& points, const BoxSearch& search,
                             std::span<const double> limits);

}  // namespace truce::analysis
