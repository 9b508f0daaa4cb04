// Where A stops gambling with two types of D, in closed form. Costs are of the fight to the finish [stake].
#pragma once

#include "kernels/math.hpp"

namespace truce {
inline namespace TRUCE_ISA {
namespace crisis {

/// f*: with a weak and a strong type of D, A pools on what both accept where the strong one's chance is f* or more, and
/// gambles below. `gain`: how much more the weak one gives than the strong one; `surplus`: what both lose by a war with
/// the strong one.
///   f* = gain/(gain + surplus); power: gain = p_weak - p_strong, surplus = c_A + c_D; cost: gain = c_weak - c_strong,
///   surplus = c_A + c_strong.
inline double pooling_limit(double gain, double surplus) {
  if (!(gain > 0)) return 0;
  return surplus > 0 ? gain / (gain + surplus) : 1;
}

}  // namespace crisis
}  // namespace TRUCE_ISA
}  // namespace truce
