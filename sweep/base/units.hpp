// The unit of work, one chunk of replicates of one base point (or all of it), and ranges of units or rows.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

namespace truce {

/// Replicates of one chunk: folded in index order, then chunks are merged in order (part of the file format).
inline constexpr std::uint32_t chunk_replicates = 1024;

/// Chunks of a base point with so many replicates.
constexpr std::int64_t chunks_of(std::int64_t replicates) {
  return (replicates + chunk_replicates - 1) / chunk_replicates;
}

/// Replicates of one of these chunks: 1,024, or what is left.
constexpr std::uint32_t replicates_in(std::int64_t replicates, std::int64_t chunk) {
  const std::int64_t left = replicates - chunk * static_cast<std::int64_t>(chunk_replicates);
  return static_cast<std::uint32_t>(left < chunk_replicates ? left : chunk_replicates);
}

/// A half-open range of units or rows.
struct Range {
  std::int64_t first = 0, count = 0;
  std::int64_t end() const { return first + count; }
  bool operator==(const Range&) const = default;
};

/// What `ranges` (in order, disjoint) have in common with `limits`.
inline std::vector<Range> within(const std::vector<Range>& ranges, Range limits) {
  std::vector<Range> inside;
  for (const Range& range : ranges) {
    const std::int64_t first = std::max(range.first, limits.first), end = std::min(range.end(), limits.end());
    if (first < end) inside.push_back({first, end - first});
  }
  return inside;
}

/// Units (or rows) of disjoint ranges together.
inline std::int64_t sum_of(const std::vector<Range>& ranges) {
  std::int64_t sum = 0;
  for (const Range& range : ranges) sum += range.count;
  return sum;
}

}  // namespace truce
