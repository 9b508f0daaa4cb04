// What keeps a side to its word: the price of a breach, a guarantee, and a shared principle.
#pragma once

#include "kernels/mechanisms/principles.hpp"

namespace truce {
inline namespace TRUCE_ISA {

/// What holds each side to a settlement [stake]. A's are divided by scale_a.
template <class Real>
struct Holds {
  Real a, d;
};

/// Holds of a settlement under these regimes; `principled` in 0..1: the share of the justice anchor that it rests on,
/// or that is believed. `p` has the inputs renege_cost_a, guarantee_a (times the patron's support) and so on by name.
template <class Inputs, class Real>
Holds<Real> holds_of(const Inputs& p, const Real& autocracy_a, const Real& autocracy_d, const Real& inverse_scale_a,
                     const Real& support, const Real& principled_a, const Real& principled_d) {
  const Real anchor_a = principled_a * p.justice_anchor * belief_in_principles(p.cynicism, autocracy_a);
  const Real anchor_d = principled_d * p.justice_anchor * belief_in_principles(p.cynicism, autocracy_d);
  return {(p.renege_cost_a + p.guarantee_a * support + anchor_a) * inverse_scale_a,
          p.renege_cost_d + p.guarantee_d + anchor_d};
}

}  // namespace TRUCE_ISA
}  // namespace truce
