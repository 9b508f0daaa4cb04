// Dramatic change: A gives up its approach for good, at a constant monthly hazard (memo: conclusion).
#pragma once

#include "kernels/number.hpp"

namespace truce {
inline namespace TRUCE_ISA {

/// 1 once A has changed its approach; it does so with chance `hazard` (u) a month.
template <class Real>
Real changed_after(const Real& changed, const Real& hazard, const Real& u) {
  return select(both(changed < Real(0.5), u < hazard), Real(1.0), changed);
}

/// A's autocracy: 0 after the change.
template <class Real>
Real autocracy_after(const Real& autocracy, const Real& changed) {
  return select(Real(0.5) < changed, Real(0.0), autocracy);
}

/// What waiting for the change is worth, at rate nu, if it brings `after` and each month costs `cost`, discount rate r:
/// (nu after - cost)/(r + nu). It beats a settlement that is worth less.
inline double worth_of_waiting(double nu, double after, double cost, double r) {
  return (nu * after - cost) / (r + nu);
}

}  // namespace TRUCE_ISA
}  // namespace truce
