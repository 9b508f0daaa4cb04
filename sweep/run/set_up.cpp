// The inputs of a point are kept while only its policy changes.
#include "sweep/run/set_up.hpp"

#include <new>

namespace truce {

std::uint64_t stream_of(const Plan& plan, std::int64_t base, int member) {
  if (plan.common_random_numbers) return 0;
  return static_cast<std::uint64_t>(plan.pair ? base : base * plan.members + member);
}

SetUp::SetUp(const Plan& plan, const Design& design, const Code& code)
    : design_(design), code_(code), inputs_(plan.kernel->inputs.size()) {}

bool SetUp::operator()(std::int64_t base, int member, std::int64_t policy, double* params) {
  if (base != base_ || member != member_) design_.point(base, member, inputs_);
  base_ = base;
  member_ = member;
  design_.policy(policy, inputs_);
  try {
    code_.prepare(inputs_.data(), params);
    return true;
  } catch (const std::bad_alloc&) {
    throw;  // says nothing about the inputs
  } catch (...) {
    return false;
  }
}

}  // namespace truce
