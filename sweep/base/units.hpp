// The unit of work, one chunk of replicates of one base point, and ranges of units or rows.
#pragma once

#include <cstdint>

namespace truce {

/// Replicates of one chunk: folded in index order, then chunks are merged in order (part of the file format).
inline constexpr std::uint32_t chunk_replicates = 1024;

/// Chunks of a base point with so many replicates.
constexpr std::int64_t chunks_of(std::int64_t replicates) {
  return (replicates + chunk_replicates - 1) / chunk_replicates;
}

/// A half-open range of units or rows.
struct Range {
  std::int64_t first = 0, count = 0;
  std::int64_t end() const { return first + count; }
  bool operator==(const Range&) const = default;
};

}  // namespace truce
