// How a war that is planned to be settled in a known month ends: exact chances and its mean length.
#pragma once

#include "kernels/math.hpp"

namespace truce {
inline namespace TRUCE_ISA {
namespace shifting {

/// Months 1, 2, ... in which A settles if it has not changed its approach, and if it has.
struct Plans {
  double before, after;
};

/// Monthly chances, and where the history is cut.
struct Hazards {
  double change, collapse, horizon_months;
};

/// Chances of how the war ends (the rest is ongoing), and its mean length [month], as the outcome war_months has it.
struct Ends {
  double settlement = 0, victory_a = 0, months = 0;
};

/// Month by month, as it is played: A may change, then settlements are made, then arms may decide. `position(t)`: A's
/// chance to win in month t.
template <class Position>
Ends ends_of(const Plans& plans, const Hazards& hazards, const Position& position) {
  Ends ends;
  double before = 1, after = 0;  // chances to be at war under each approach
  double month = 1;
  for (; month <= hazards.horizon_months && before + after > 0; ++month) {
    after += hazards.change * before;
    before -= hazards.change * before;
    const double settled = (month >= plans.before ? before : 0.0) + (month >= plans.after ? after : 0.0);
    if (month >= plans.before) before = 0;
    if (month >= plans.after) after = 0;
    const double decided = hazards.collapse * (before + after);
    ends.settlement += settled;
    ends.victory_a += decided * position(month);
    ends.months += settled * (month - 1) + decided * (month - 0.5);
    before *= 1 - hazards.collapse;
    after *= 1 - hazards.collapse;
  }
  ends.months += (before + after) * hazards.horizon_months;
  return ends;
}

}  // namespace shifting
}  // namespace TRUCE_ISA
}  // namespace truce
