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
  /// All inputs of the kernel at base point `base` (levers at their first policy), for 0 <= member < plan.members.
  /// O(inputs). In a saltelli design member 0 is the point of A, member i that of A with factor i - 1 from B, the last
  /// one that of B; a morris design has all but the last (the radial design of Campolongo, Saltelli & Cariboni 2011);
  /// of a pair the members are from and to.
  void point(std::int64_t base, int member, std::span<double> inputs) const;
  /// One input at a base point; a lever's is not decided here.
  double value(std::int64_t base, int member, std::size_t input) const;
  /// Overwrites the levers' inputs with their values under policy `policy`.
  void policy(std::int64_t policy, std::span<double> inputs) const;
  /// The probability, 0 < u < 1, that a sampled design (not grid, not list) gives input `input` at `base`; `from_b`: in
  /// the matrix B of saltelli and morris, whose dimensions follow those of all declared inputs.
  double probability(std::int64_t base, std::size_t input, bool from_b = false) const;

 private:
  double grid_value(std::int64_t base, std::size_t input) const;
  bool is_from_b(int member, std::size_t input) const;

  const Plan& plan_;
  std::vector<std::int64_t> strides_;                    ///< grid: points between two levels, [dimension]
  std::vector<std::uint32_t> directions_;                ///< sobol: [dimension][32]
  std::vector<std::array<std::uint32_t, 2>> scrambles_;  ///< sobol: [input], then those of B
  std::vector<RoundKeys> rounds_;                        ///< latin_hypercube: [input]
  std::vector<int> member_of_;                           ///< saltelli, morris: [input], that takes it from B; 0: none
  std::vector<const Move*> moves_;                       ///< paired: [input], nullptr if it is not moved
};

}  // namespace truce
