// How wide the engine runs with the instruction set that this source is compiled for.
#pragma once

#include "kernels/twin.hpp"
#include "kernels/vector.hpp"

namespace truce {
inline namespace TRUCE_ISA {

#if defined(__AVX512F__)
using DoubleLanes = Twin<Vector<double, 8>>;
using FloatLanes = Twin<Vector<float, 16>>;
#elif defined(__AVX2__) && defined(__FMA__)
using DoubleLanes = Twin<Vector<double, 4>>;
using FloatLanes = Twin<Vector<float, 8>>;
#else
using DoubleLanes = double;
using FloatLanes = float;
#endif

/// A model that cannot be masked (an inner search, a linear solve) says `static constexpr bool scalar = true`.
template <class Model, class Wide>
struct LanesOf {
  using Type = Wide;
};
template <class Model, class Wide>
requires(Model::scalar) struct LanesOf<Model, Wide> {
  using Type = Scalar<Wide>;
};

}  // namespace TRUCE_ISA
}  // namespace truce
