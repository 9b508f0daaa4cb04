// The random stream: Philox4x32-10 (Salmon et al. 2011, Random123) and uniforms from its words.
#pragma once

#include <Random123/philox.h>

#include <array>
#include <cstdint>
#include <type_traits>

#include "kernels/isa.hpp"

namespace truce {
inline namespace TRUCE_ISA {

using Words = std::array<std::uint32_t, 4>;

/// One block of four independent 32-bit words. Any block can be computed alone.
inline Words philox(const Words& counter, const std::array<std::uint32_t, 2>& key) {
  const philox4x32_ctr_t block{{counter[0], counter[1], counter[2], counter[3]}};
  const philox4x32_key_t schedule{{key[0], key[1]}};
  const philox4x32_ctr_t out = philox4x32_R(philox4x32_rounds, block, schedule);
  return {out.v[0], out.v[1], out.v[2], out.v[3]};
}

/// Where a run's numbers come from: key = study seed, counter = (draw block, replicate,
/// stream << 24 | high 24 bits of s, low 32 bits of s).
struct Stream {
  std::uint64_t seed = 0;
  std::uint64_t s = 0;  ///< row of `point` (below 2^56), or 0 with common random numbers
  std::uint32_t replicate = 0;

  Words counter(std::uint32_t stream, std::uint32_t draw_block) const {
    return {draw_block, replicate, stream << 24 | static_cast<std::uint32_t>(s >> 32 & 0xffffffU),
            static_cast<std::uint32_t>(s)};
  }
  std::array<std::uint32_t, 2> key() const {
    return {static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)};
  }
  Words block(std::uint32_t stream, std::uint32_t draw_block) const {
    return philox(counter(stream, draw_block), key());
  }
};

inline constexpr std::uint32_t month_stream = 0;   ///< draw block t is month t
inline constexpr std::uint32_t set_up_stream = 1;  ///< draw block w sets up war w

/// A uniform in (0,1), never 0 or 1: (k + 1/2) 2^-32 in double, ((k >> 9) + 1/2) 2^-23 in float, both exact.
template <class Scalar>
Scalar uniform_as(std::uint32_t word) {
  if constexpr (std::is_same_v<Scalar, float>) return (static_cast<float>(word >> 9) + 0.5F) * 0x1p-23F;
  return static_cast<Scalar>((static_cast<double>(word) + 0.5) * 0x1p-32);
}
inline double uniform(std::uint32_t word) { return uniform_as<double>(word); }

}  // namespace TRUCE_ISA
}  // namespace truce
