// Designs: the inputs of any point from its number alone, nothing stored.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "sweep/study/permutation.hpp"
#include "sweep/study/plan.hpp"

namespace truce {

/// Addressable design of a plan; cheap to copy points from, thread-safe after construction. The dimension of an
/// input is its number among all that are declared, so that varying one more input changes nothing for the others.
class Design {
 public:
  /// `plan` must outlive the design.
  explicit Design(const Plan& plan);
  /// All inputs of the kernel at base point `base` (levers at their first policy). O(inputs). `member` is 0: no
  /// method of this version has members.
  void point(std::int64_t base, int member, std::span<double> inputs) const;
  /// One input at a base point; a lever's is not decided here.
  double value(std::int64_t base, int member, std::size_t input) const;
  /// Overwrites the levers' inputs with their values under policy `policy`.
  void policy(std::int64_t policy, std::span<double> inputs) const;
  /// The probability, 0 < u < 1, that a sampled design (not grid, not list) gives input `input` at `base`.
  double probability(std::int64_t base, std::size_t input) const;

 private:
  double grid_value(std::int64_t base, std::size_t input) const;

  const Plan& plan_;
  std::vector<std::int64_t> strides_;                    ///< grid: points between two levels, [dimension]
  std::vector<std::uint32_t> directions_;                ///< sobol: [dimension][32]
  std::vector<std::array<std::uint32_t, 2>> scrambles_;  ///< sobol: [input]
  std::vector<RoundKeys> rounds_;                        ///< latin_hypercube: [input]
};

}  // namespace truce
