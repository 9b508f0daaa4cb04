// Designs: the inputs of any point from its number alone, nothing stored.
#pragma once

#include <cstdint>
#include <span>

#include "sweep/plan.hpp"

namespace truce {

/// Addressable design of a plan; cheap to copy points from, thread-safe after construction.
class Design {
 public:
  explicit Design(const Plan& plan);
  /// All inputs of the kernel at base point `base` (levers at their first policy). O(inputs).
  void point(std::int64_t base, int member, std::span<double> inputs) const;
  /// Overwrites the levers' inputs with their values under policy `policy`.
  void policy(std::int64_t policy, std::span<double> inputs) const;

 private:
  const Plan& plan_;
  std::vector<std::uint32_t> directions_;  ///< sobol: [dimension][32]
};

}  // namespace truce
