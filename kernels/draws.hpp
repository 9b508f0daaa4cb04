// The random numbers of one step, as a model sees them.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "kernels/math.hpp"
#include "kernels/philox_lanes.hpp"

namespace truce {
inline namespace TRUCE_ISA {

/// Words are shared out in order: first the normals, then the uniforms.
template <class Real, int normals, int uniforms>
struct Draws {
  static constexpr std::size_t words = normals + uniforms;
  std::array<Real, words> u;
  const Stream* streams = nullptr;  ///< [lane]
  Real normal(std::size_t i) const { return normal_quantile(u[i]); }
  Real uniform(std::size_t i) const { return u[normals + i]; }
  /// Of set-up block `block`, before the first step.
  double set_up_uniform(std::uint32_t block, std::size_t word) const {
    return truce::uniform(streams[0].block(set_up_stream, block)[word]);
  }
  /// Standard normal from word 0 of set-up block `block`, in the lanes of `where` (0 elsewhere).
  Real set_up_normal(const Mask<Real>& where, const Real& block) const {
    Real word(0.5);
    for (std::uint64_t left = Lanes<Real>::bits(where); left != 0; left &= left - 1) {
      const int lane = std::countr_zero(left);
      const auto number = static_cast<std::uint32_t>(lane_of(block, lane));
      set_lane(word, lane, uniform_as<Scalar<Real>>(streams[lane].block(set_up_stream, number)[0]));
    }
    return normal_quantile(word);
  }
};

}  // namespace TRUCE_ISA
}  // namespace truce
