// Sets up siblings: inputs from the design, parameters from the kernel, and where their random numbers begin.
#pragma once

#include <cstdint>
#include <vector>

#include "kernels/contract.hpp"
#include "sweep/study/design.hpp"
#include "sweep/study/plan.hpp"

namespace truce {

/// The s of the random counter (Task::stream) for all policies of a member: the row of `point`; of a pair the base
/// point, for both members; 0 with common_random_numbers.
std::uint64_t stream_of(const Plan& plan, std::int64_t base, int member);

class SetUp {
 public:
  /// All must outlive it.
  SetUp(const Plan& plan, const Design& design, const Code& code);
  /// Writes `Code::params` numbers. False if the kernel refuses the inputs: then every run of the sibling has failed.
  bool operator()(std::int64_t base, int member, std::int64_t policy, double* params);

 private:
  const Design& design_;
  const Code& code_;
  std::vector<double> inputs_;  ///< of the sibling set up last
  std::int64_t base_ = -1;
  int member_ = -1;
};

}  // namespace truce
