// Pasting and dropping: the last touch to a peeled box, at the width of a bin (Friedman & Fisher 1999, section 8.2).
#pragma once

#include "analysis/discovery/find_boxes.hpp"
#include "analysis/discovery/search_points.hpp"

namespace truce::analysis {

/// A box as bins with what it holds, and the quasi-p of each restricted input (1 for a free one).
struct PastedBox {
  Kept kept;
  Count box;
  std::vector<double> quasi_p;
};

/// Collective as points.add_up is. Moves one face of the box at a time, outwards or inwards and by at most `peel` of
/// its points, as long as that raises what it holds beyond chance (`lift`), the best face first: a peel goes beyond the
/// border of what is looked for by up to its width, and pasting finds the border again. Then frees, the least
/// significant first, each input whose quasi-p is above `significance`. `all`: the points that are searched.
PastedBox paste(const SearchPoints& points, const BoxSearch& search, Kept kept, const Count& all);

/// Chance that n points hold a sum of shares as large as `box` does if each were 1 with probability `density`: the
/// upper tail of a binomial, continued to fractions by the incomplete beta function. Shares between 0 and 1 vary less
/// than zeros and ones do, so it is on the high side for them.
double chance_of(const Count& box, double density);

}  // namespace truce::analysis
