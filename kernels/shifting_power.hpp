// shifting_power: power moves on a path that both sides know, nobody can promise what he will do with it, and so the
// war lasts until the shift is nearly over.
//
// A wins the fight to the finish with chance p_t = initial_position + power_shift min(t, shift_months)/shift_months.
// Both divide a flow of 1 a month, shares in 0..1; war ends the game and is worth w_A(t), w_D(t) for ever: p_t less a
// cost, or, with the terms at home, the least share that a leader would rather have. Backward induction over the path:
//   x_t in lo..hi, lo = max(0, (w_A - delta V_A)/(1 - delta)), hi = min(1, (1 - delta + delta V_D - w_D)/(1 - delta)),
// V_i of the next month; no such x: war in month t. The declining side keeps the share beta = `protected_share` of what
// an agreement saves: x_t = hi - beta (hi - lo) if that is D, and after the shift w_D + beta (1 - w_A - w_D).
//
// Fearon (1995): the rising side demands, take it or leave it (beta = 0). Powell (2006): the declining side can be
// promised at most all that is saved (beta = 1); if that is not enough, no protocol avoids war. With one step D and war
// worth p(1-d), (1-p)(1-d), war comes iff (1-d)(delta(p + D) - p) > d (1 - delta (1 - beta)): beta = 1 is Powell's
// inequality, beta = 0 that of Fearon's protocol. The unified form, beta, the path of many steps and the guarantee are
// this project's own: a third party that lifts the declining side's payoff after the shift by g a month avoids war iff
// g >= g* = max(0, {(1-d)(delta(p + D) - p) - d (1 - delta (1 - beta))}/delta), here for the whole path.
//
// To test against: those inequalities; Fearon's preventive war; the war's ends and length, exactly (expected.hpp).
#pragma once

#include "kernels/rival/declaration.hpp"
#include "kernels/shifting_power/war.hpp"

namespace truce {

using shifting_power_model = rival::Model<ShiftingPower>;

namespace declared {

inline constexpr Mechanism::Off no_power_shift[] = {{"power_shift", 0}};
inline constexpr std::string_view obstacle_meanings[] = {"none", "commitment", "frictions"};

// A line each, to be read as a table
// clang-format off
inline void add_shifting_power_inputs(Kernel& k) {
  constexpr auto real = InputKind::real;
  add_home(k);
  k.inputs.push_back({"power_shift", "1", real, 0.15, -0.3, 0.3, -1, 1, "by how much A's chance to win is known to rise (falls if negative)", "Theory and Practice (changing correlation of forces)", "mechanism: Fearon 1995, Powell 2006; the range is this project's judgement", {}, {}, "settlement later as it moves"});
  k.inputs.push_back({"shift_months", "month", InputKind::integer, 12, 1, 60, 1, shifting::longest, "months over which it does", "Theory and Practice (changing correlation of forces)", ""});
  k.inputs.push_back({"protected_share", "1", real, 0.5, 0, 1, 0, 1, "part of what an agreement saves that the declining side keeps; 0: the rising side demands (Fearon 1995), 1: all that any protocol can promise (Powell 2006)", "", "", {}, {}, "settlement earlier"});
  add_inputs(k, {"collapse_hazard"});
}

inline void add_shifting_power_outcomes(Kernel& k) {
  constexpr double months = shifting::longest + 1;
  constexpr auto real = OutcomeKind::real;
  k.outcomes.push_back({"guarantee_needed", "stake", real, "g*: the least guarantee of the declining side with which all months of the path have an agreement", 0, 1, {}, {"some guarantee is enough"}});
  k.outcomes.push_back({"breakdown_month", "month", real, "first month of the path without an agreement, under A's first approach", 1, months, {}, {"there is one"}});
  k.outcomes.push_back({"settlement_month_planned", "month", real, "month in which they settle if A does not change its approach and arms do not decide before", 1, months, {}, {"there is one"}});
  k.outcomes.push_back({"obstacle", "1", OutcomeKind::flag, "what forbids a settlement in the first month: that power moves, or frictions that would forbid it if power stayed", 0, 2, obstacle_meanings, {}});
  k.outcomes.push_back({"settlement_expected", "1", real, "chance that the war ends in a settlement by the horizon, with A's change of approach", 0, 1, {}, {}});
  k.outcomes.push_back({"war_months_expected", "month", real, "mean length of the war, exactly", 0, 120, {}, {}});
}
// clang-format on

inline Kernel shifting_power() {
  Kernel k = rival_kernel<ShiftingPower>("shifting_power",
                                         "war while a known shift of power makes promises worthless (commitment)");
  k.source =
      "Fearon 1995, Rationalist Explanations for War; Powell 2006, War as a Commitment Problem; the path of many "
      "steps, protected_share and the guarantee are this project's own";
  k.notes +=
      "A's chance to win is kept between 0.001 and 0.999. Each side values a fight to the finish at today's chance, as "
      "if power stopped moving once it is fought out, and without the option to settle later: settlements are the "
      "EARLIEST possible.\n"
      "A settlement is made in the first month since when no month of the path is without an agreement; nobody signs a "
      "truce that both know will break. Its terms are what A gets of the stakes on average over time; peace keeps them "
      "fixed while the rest of the path moves the balance of forces; balance_drift moves it beside, unforeseen.\n"
      "Nobody foresees A's change of approach, a relapse, or the patron's fatigue: the guarantee counts with the "
      "patron's initial support. guarantee_a lifts D where D declines, guarantee_d lifts A where A does, and who is "
      "lifted loses that by fighting again, whatever the support is then; the other guarantee matters in peace alone. "
      "So a guarantee holds both sides here. Welfare leaves out what it adds.\n"
      "Where the terms at home matter, least shares stand for the values of war. Audience costs and claims may close "
      "the range of agreement for good (obstacle = frictions); only a guarantee or a change of approach opens it.";
  add_shifting_power_inputs(k);
  add_shifting_power_outcomes(k);
  k.mechanisms.push_back({"known_shift", no_power_shift, "power moves on a path that both sides know",
                          "Theory and Practice (changing correlation of forces)"});
  return k;
}

}  // namespace declared
}  // namespace truce
