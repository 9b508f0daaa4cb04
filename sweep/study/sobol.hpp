// Sobol' points in plain binary order, addressable by index, with Owen scrambling by hash.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <span>
#include <vector>

namespace truce {

/// Direction numbers of Joe & Kuo (2008) as Boost.Random carries them, [dimension][32]: entry k is what bit k of
/// the index contributes. Throws std::out_of_range beyond Boost's dimensions (3,667).
std::vector<std::uint32_t> sobol_directions(std::size_t dimensions);

/// Coordinate of point `index` as a 32-bit fraction; `directions` are the 32 numbers of one dimension.
inline std::uint32_t sobol_point(std::span<const std::uint32_t> directions, std::uint32_t index) {
  std::uint32_t x = 0;
  for (; index != 0; index &= index - 1) x ^= directions[static_cast<std::size_t>(std::countr_zero(index))];
  return x;
}

/// Nested uniform (Owen) scrambling by hash (Laine & Karras 2011, in the form of Burley 2020 with Vegdahl's
/// constants), applied once per key word: a bit is flipped depending on the higher bits alone.
std::uint32_t owen_scramble(std::uint32_t x, std::array<std::uint32_t, 2> key);

}  // namespace truce
