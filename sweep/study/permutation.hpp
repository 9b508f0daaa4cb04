// A keyed bijection of 0..n-1 that needs no table: what latin hypercubes permute their strata by.
#pragma once

#include <array>
#include <cstdint>

namespace truce {

/// Round keys of the bijection.
using RoundKeys = std::array<std::uint32_t, 8>;

/// The image of `index` (0 <= index < n) for 1 <= n <= 2^40: an eight-round Feistel network on the smallest even
/// number of bits that holds n, walked along its cycle until it falls below n (under four steps on average).
std::int64_t permute(std::int64_t index, std::int64_t n, const RoundKeys& keys);

}  // namespace truce
