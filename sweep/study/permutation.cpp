// Feistel network with cycle walking (Black & Rogaway 2002, "Ciphers with arbitrary finite domains").
#include "sweep/study/permutation.hpp"

#include <bit>

namespace truce {
namespace {

/// A 32-bit mix whose every output bit depends on every input bit (the finaliser of MurmurHash3).
std::uint32_t mix(std::uint32_t x) {
  x = (x ^ x >> 16) * 0x85ebca6bU;
  x = (x ^ x >> 13) * 0xc2b2ae35U;
  return x ^ x >> 16;
}

/// The halves are mixed twice with the key between, so that keys that differ little do not give like rounds.
std::uint64_t feistel(std::uint64_t x, int half, const RoundKeys& keys) {
  const std::uint64_t mask = (std::uint64_t{1} << half) - 1;
  auto left = static_cast<std::uint32_t>(x >> half), right = static_cast<std::uint32_t>(x & mask);
  for (const std::uint32_t key : keys) {
    const std::uint32_t next = left ^ (mix(mix(right ^ key) + key) & static_cast<std::uint32_t>(mask));
    left = right;
    right = next;
  }
  return static_cast<std::uint64_t>(left) << half | right;
}

}  // namespace

std::int64_t permute(std::int64_t index, std::int64_t n, const RoundKeys& keys) {
  if (n <= 1) return 0;
  const auto bits = static_cast<int>(std::bit_width(static_cast<std::uint64_t>(n - 1)));
  const int half = (bits + 1) / 2;
  auto x = static_cast<std::uint64_t>(index);
  do {
    x = feistel(x, half, keys);
  } while (x >= static_cast<std::uint64_t>(n));
  return static_cast<std::int64_t>(x);
}

}  // namespace truce
