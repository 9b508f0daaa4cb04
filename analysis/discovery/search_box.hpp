// One search: peel, choose a box of the trajectory, paste.
#pragma once

#include "analysis/discovery/paste.hpp"
#include "analysis/discovery/peel.hpp"

namespace truce::analysis {

struct SearchedBox {
  std::vector<PeelStep> trajectory;
  std::size_t chosen = 0;  ///< step of the trajectory with the greatest lift, of equals the first; 0: none
  PastedBox pasted;        ///< the whole space where nothing was found
  bool found = false;
};

/// Collective as points.add_up is.
SearchedBox search_box(const SearchPoints& points, const BoxSearch& search);

}  // namespace truce::analysis
