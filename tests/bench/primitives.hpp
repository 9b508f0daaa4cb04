// What a model's step is made of, for the floor under the engine: names, counts and costs.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace bench {

/// exp and expm1 cost nearly the same and count as one; arithmetic is + - * and fma; selection is a comparison, select,
/// min, max or a mask operation.
enum Primitive { philox_block, normal, exponential, logarithm, division, root, arithmetic, selection, primitives };

inline constexpr std::array<std::string_view, primitives> primitive_names{
    "philox", "normal", "exp", "log", "divide", "sqrt", "arithmetic", "selection"};

/// Of each primitive: how many, or seconds a lane.
using PerPrimitive = std::array<double, primitives>;

}  // namespace bench
