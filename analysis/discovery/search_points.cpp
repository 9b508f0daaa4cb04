// Small sums and sets that peeling and pasting share.
#include "analysis/discovery/search_points.hpp"

#include <algorithm>
#include <cstring>

namespace truce::analysis {

Kept keep_all(std::span<const InputBins> bins) {
  Kept kept(bins.size());
  for (std::size_t i = 0; i < bins.size(); ++i) {
    kept[i].fill(false);
    std::fill_n(kept[i].begin(), bins[i].count(), true);
  }
  return kept;
}

bool restricts(const Kept& kept, std::span<const InputBins> bins, std::size_t input) {
  return std::find(kept[input].begin(), kept[input].begin() + static_cast<std::ptrdiff_t>(bins[input].count()),
                   false) != kept[input].begin() + static_cast<std::ptrdiff_t>(bins[input].count());
}

void add_up(const SearchPoints& points, BinCounts& counts) {
  static_assert(sizeof(Count) == 2 * sizeof(std::int64_t));
  if (counts.empty()) return;  // the same on all ranks
  std::vector<std::int64_t> numbers(counts.size() * InputBins::most * 2);
  const std::size_t bytes = numbers.size() * sizeof(std::int64_t);
  std::memcpy(numbers.data(), static_cast<const void*>(counts.data()), bytes);
  points.add_up(numbers);
  std::memcpy(static_cast<void*>(counts.data()), numbers.data(), bytes);
}

}  // namespace truce::analysis
