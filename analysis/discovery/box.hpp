// A box in the space of the varied inputs, and the lines of a study that stay within it.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "sweep/study/plan.hpp"

namespace truce::analysis {

/// What a box asks of one input.
struct Restriction {
  std::size_t input = 0;     ///< index into Kernel::inputs, of a varied input
  double low = 0, high = 0;  ///< in the input's unit, both within the box; where one side is free, the input's own end
  std::vector<double> levels;  ///< of an input with finitely many values: those within the box, rising (choices: codes)
  bool operator==(const Restriction&) const = default;
};

/// Inputs that are not named are free. Without restrictions it is the whole space.
struct Box {
  std::vector<Restriction> restrictions;  ///< in the order of the kernel's inputs
  bool operator==(const Box&) const = default;
};

/// Chance could have made a box whose p among points that its search had not seen (FoundBox::p_new, `prim_p_new`,
/// `fails_box_p_new`) is not below this.
inline constexpr double chance_of_a_box = 0.05;
/// Whether a box can be told from chance; not where p is missing.
inline bool told_from_chance(double p_new) { return p_new < chance_of_a_box; }

/// Whether a point with these inputs (all of the kernel, in their order) lies in the box.
bool contains(const Box& box, std::span<const double> inputs);

/// The lines of [inputs] that keep a study within the box, one for each restriction, in their order: "a = uniform(0.2,
/// 1)". Each input keeps its distribution as far as it can be cut: uniform, loguniform, normal (truncated_normal),
/// integer, choice and list; triangular, beta and the columns of method = list become uniform. One level that is left
/// becomes a constant.
std::vector<std::string> box_lines(const Plan& plan, const Box& box);

}  // namespace truce::analysis
