// The outcomes that every kernel shares, so that rival models can be compared column by column.
#pragma once

#include "kernels/contract.hpp"

namespace truce::common {

inline constexpr std::string_view ending_meanings[] = {"settlement", "victory_a", "victory_d", "ongoing"};
inline constexpr Defined if_settled{"the first war ended in a settlement", "ending", 0};

// a line each, to be read as a table
// clang-format off
inline Outcome ending() {
  return {"ending", "1", OutcomeKind::flag, "how the first war ended (ongoing: not by the horizon)", 0, 3, ending_meanings, {}};
}
inline Outcome war_months(double horizon) {
  return {"war_months", "month", OutcomeKind::real,
          "length of the first war (an exit inside month t is dated t - 1/2; ongoing: the horizon)", 0, horizon, {}, {}};
}
inline Outcome settlement_a() {
  return {"settlement_a", "stake", OutcomeKind::real, "value of the first settlement to A", 0, 1, {}, if_settled};
}
inline Outcome principled() {
  return {"principled", "1", OutcomeKind::flag,
          "the first settlement rests on the shared principle, not on the balance of forces", 0, 1, {}, if_settled};
}
inline Outcome peace_months(double horizon) {
  return {"peace_months", "month", OutcomeKind::real, "from the first settlement to its collapse, or to the horizon",
          0, horizon, {}, if_settled};
}
inline Outcome relapsed() {
  return {"relapsed", "1", OutcomeKind::flag, "the first settlement collapsed before the horizon", 0, 1, {}, if_settled};
}
inline Outcome welfare_a() {
  return {"welfare_a", "stake", OutcomeKind::real,
          "A's realised discounted value of the whole history, net of war costs", -3, 1, {}, {}};
}
inline Outcome welfare_d() {
  return {"welfare_d", "stake", OutcomeKind::real,
          "D's realised discounted value of the whole history, net of war costs", -3, 1, {}, {}};
}

inline constexpr double war_end_codes[] = {0, 1, 2};
inline constexpr double relapse_codes[] = {1};
inline constexpr double war_curve_months[] = {1, 3, 6, 12, 24, 36, 60, 120};
inline constexpr double peace_curve_months[] = {12, 60, 120, 240};

/// A number of a history's state, `offset` bytes into it.
inline TraceColumn trace_column(std::string_view name, std::string_view unit, std::size_t offset) {
  return {name, unit, offset / sizeof(double)};
}

inline Curve war_survival() {
  return {"war_survival", "war_month", "share of first wars that last longer than this (Kaplan-Meier)",
          "war_months", "ending", war_end_codes, war_curve_months};
}
inline Curve peace_survival() {
  return {"peace_survival", "peace_month", "share of first settlements that last longer than this (Kaplan-Meier)",
          "peace_months", "relapsed", relapse_codes, peace_curve_months};
}

}  // namespace truce::common
