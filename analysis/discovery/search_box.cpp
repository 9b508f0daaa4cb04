// The rule by which a box of the trajectory is chosen.
#include "analysis/discovery/search_box.hpp"

namespace truce::analysis {

SearchedBox search_box(const SearchPoints& points, const BoxSearch& search) {
  SearchedBox found{peel(points, search), 0, {}, false};
  const Count all = found.trajectory.front().box;
  double best = 0;
  for (std::size_t step = 1; step < found.trajectory.size(); ++step) {
    const double value = lift(found.trajectory[step].box, all);
    if (value <= best) continue;
    best = value;
    found.chosen = step;
  }
  const Kept kept = kept_after(points.bins, std::span(found.trajectory).first(found.chosen + 1));
  found.pasted = paste(points, search, kept, all);
  for (std::size_t i = 0; i < kept.size(); ++i)
    found.found = found.found || restricts(found.pasted.kept, points.bins, i);
  return found;
}

}  // namespace truce::analysis
