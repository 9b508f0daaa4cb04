// What one search for a box sees: coded points, their shares and weights, and how the ranks that hold points add up.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "analysis/discovery/bins.hpp"

namespace truce::analysis {

/// A share of 1, and a point that is left out (not defined, or in an earlier box). Shares are whole multiples of 2^-31,
/// so that sums are exact and the same in any order.
inline constexpr std::uint32_t share_one = 1U << 31, left_out = 0xffffffffU;

struct SearchPoints {
  std::span<const InputBins> bins;                      ///< of each varied input
  std::vector<std::span<const std::uint8_t>> codes;     ///< [varied input][point]
  std::span<const std::uint32_t> shares;                ///< [point]
  std::span<const std::uint8_t> weights;                ///< how often each point counts; empty: once
  std::function<void(std::span<std::int64_t>)> add_up;  ///< over the ranks that hold points; collective

  std::size_t size() const { return shares.size(); }
  std::uint8_t weight(std::size_t point) const {
    if (shares[point] == left_out) return 0;
    return weights.empty() ? 1 : weights[point];
  }
};

/// Points, and the sum of their shares in units of 2^-31.
struct Count {
  std::int64_t points = 0, sum = 0;
  void add(std::int64_t weight, std::uint32_t share) {
    points += weight;
    sum += weight * static_cast<std::int64_t>(share);
  }
  void take(const Count& other) {
    points -= other.points;
    sum -= other.sum;
  }
  void put(const Count& other) {
    points += other.points;
    sum += other.sum;
  }
  double density() const { return static_cast<double>(sum) / share_one / static_cast<double>(points); }
};

/// [varied input][bin]
using BinCounts = std::vector<std::array<Count, InputBins::most>>;

/// Which bins of each varied input a box keeps; those behind the last bin are false.
using Kept = std::vector<std::array<bool, InputBins::most>>;
Kept keep_all(std::span<const InputBins> bins);
bool restricts(const Kept& kept, std::span<const InputBins> bins, std::size_t input);

/// Sums of counts over the ranks that hold points.
void add_up(const SearchPoints& points, BinCounts& counts);

/// What a box holds beyond what chance gives one of its size, per point of all: mass * (density - base rate).
inline double lift(const Count& box, const Count& all) {
  const double mass = static_cast<double>(box.points) / static_cast<double>(all.points);
  return mass * (box.density() - all.density());
}

}  // namespace truce::analysis
