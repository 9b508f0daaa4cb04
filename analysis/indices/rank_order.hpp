// Rows in the order of an input's values.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace truce::analysis {

/// Rows by rising value. Equal values stand in random order, as designs may have their rows in an order that other
/// inputs follow; `ends` marks the last row of each run of equal values.
struct RankOrder {
  std::vector<std::uint32_t> rows;
  std::vector<bool> ends;  ///< [rank]
};

/// `values` are finite. The order among equals depends on (seed, rows' numbers) alone.
RankOrder rank_order(std::span<const double> values, std::uint64_t seed);

/// The same rows with runs of neighbouring values made one, as if they were equal: about rows / classes in each, and no
/// class begins or ends among equal values.
RankOrder in_classes(RankOrder order, std::size_t classes);

/// A power of two near the cube root of the rows: as many classes leave little of an input's effect within a class, and
/// hundreds of rows in each.
std::size_t classes_for(std::size_t rows);

/// An input that does nothing: uniform numbers that depend on (seed, rows' numbers) alone.
std::vector<double> dummy_values(std::size_t rows, std::uint64_t seed);

}  // namespace truce::analysis
