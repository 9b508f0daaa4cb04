// What anchored_peace declares: inputs, outcomes, mechanisms. Order: as in state.hpp.
#pragma once

#include "kernels/common_inputs.hpp"
#include "kernels/common_mechanisms.hpp"
#include "kernels/common_outcomes.hpp"

namespace truce::declared {

inline constexpr double talks_values[] = {0, 1, 3, 6, 12};

// a line each, to be read as a table
// clang-format off
inline std::vector<Input> anchored_peace_inputs() {
  constexpr auto real = InputKind::real;
  constexpr auto integer = InputKind::integer;
  constexpr double big = 1e6, tiny = 1e-6;
  return {
      common::input("initial_position"),
      {"advantage_mean", "1/month", real, 0, -0.004, 0.004, -1, 1, "mean of A's military advantage theta, known to nobody", "Theory and Practice (power potentials)", ""},
      {"advantage_sd", "1/month", real, 0.006, 0.003, 0.012, 0, 1, "standard deviation of A's military advantage", "Theory and Practice (power potentials)", ""},
      {"battle_volatility", "1/sqrt(month)", real, 0.05, 0.03, 0.10, tiny, 10, "monthly standard deviation of the front", "", ""},
      common::input("war_cost_a"),
      common::input("war_cost_d"),
      {"optimism_a", "1/month", real, 0.004, 0, 0.010, 0, 1, "how much A overrates its advantage before fighting teaches", "", "mechanism: Fearon 1995; the range is this project's judgement", {}, {}, "settlement later"},
      {"optimism_d", "1/month", real, 0.004, 0, 0.010, 0, 1, "how much D underrates A's advantage before fighting teaches", "", "mechanism: Fearon 1995; the range is this project's judgement", {}, {}, "settlement later"},
      {"aid_effect", "1/month", real, 0.006, 0, 0.010, 0, 1, "how far the patron's full support pushes the front each month", "Are They Cheating Us? (weapons supplied)", ""},
      common::input("patron_support"),
      common::input("patron_floor"),
      common::input("fatigue_rate"),
      common::input("withdrawal_hazard"),
      common::input("autocracy_a"),
      common::input("autocracy_d"),
      common::input("cost_insulation"),
      common::input("defiance_reward"),
      common::input("defiance_months"),
      common::input("audience_cost_a"),
      common::input("audience_cost_d"),
      common::input("territorial_boost"),
      common::input("claim_a"),
      common::input("claim_d"),
      {"claim_adjustment", "1", real, 6, 0, 20, 0, 1e4, "how fast claims follow events per unit of momentum", "Conclusion (no ceasefire without momentum)", "", {}, {}, "settlement earlier"},
      {"momentum_months", "month", real, 6, 1, 12, 1, big, "months over which the movement of the front is smoothed", "Conclusion", ""},
      common::input("doctrine_cost"),
      common::input("doctrine_initial"),
      common::input("doctrine_months"),
      common::input("cynicism"),
      {"security_weight", "1", real, 0.7, 0, 0.95, 0, 1, "weight of D's alignment in the stakes; the rest is territory", "Equal Security or Bust", ""},
      {"indivisibility", "1", real, 4, 1, 12, 1, 100, "exponent of an autocratic A's value of alignment; 1: divisible", "Equal Security or Bust (all or nothing)", "", {}, {}, "fewer settlements"},
      common::input("collective_formula"),
      common::input("bargaining_power"),
      {"just_share", "stake", real, 0.45, 0.2, 0.7, 0, 1, "A's value under the shared principle", "Theory and Practice", ""},
      common::input("renege_cost_a"),
      common::input("renege_cost_d"),
      common::input("guarantee_a"),
      common::input("guarantee_d"),
      common::input("justice_anchor"),
      common::input("balance_drift"),
      common::input("balance_volatility"),
      common::input("change_hazard"),
      common::input("discount_rate"),
      {"talks_every", "month", integer, 1, 0, 12, 0, 12000, "months between rounds of talks; 0: fight to the finish", "", "", talks_values},
      common::input("horizon_months"),
  };
}

inline std::vector<Outcome> anchored_peace_outcomes() {
  constexpr auto real = OutcomeKind::real;
  constexpr auto flag = OutcomeKind::flag;
  constexpr Defined if_talked{"talks were held", "", 0};
  constexpr double months = 600;
  return {common::ending(),       common::war_months(months),   common::settlement_a(), common::principled(),
          common::peace_months(months), common::relapsed(),     common::welfare_a(),    common::welfare_d(),
          {"wars", "1", real, "wars in the history", 1, 50, {}, {}},
          {"war_months_total", "month", real, "months of war in the whole history", 0, months, {}, {}},
          {"peace_at_horizon", "1", flag, "a settlement holds when the history ends", 0, 1, {}, {}},
          {"blocked_rents", "1", real, "failed rounds in the first war: war pays the leaders even under agreed beliefs", 0, months, {}, {}},
          {"blocked_information", "1", real, "failed rounds in the first war: the sides disagree about who wins", 0, months, {}, {}},
          {"blocked_audience", "1", real, "failed rounds in the first war: public claims leave no common ground", 0, months, {}, {}},
          {"blocked_indivisibility", "1", real, "failed rounds in the first war: security cannot be divided", 0, months, {}, {}},
          {"blocked_commitment", "1", real, "failed rounds in the first war: promises are not believed to last, or cost too much", 0, months, {}, {}},
          {"changed", "1", flag, "A changed its approach", 0, 1, {}, {}},
          {"imperfect_peace_d", "stake", real, "worth to D, at the first talks, of the peace that gives A just what it needs", -1, 1, {}, if_talked},
          {"fighting_on_d", "stake", real, "what D gains by playing on rather than taking that peace, dated at the first talks", -3, 1, {}, if_talked}};
}

inline constexpr Mechanism::Off no_momentum[] = {{"claim_adjustment", 0}};
inline constexpr Mechanism::Off no_indivisibility[] = {{"indivisibility", 1}};
inline constexpr Mechanism::Off no_optimism[] = {{"optimism_a", 0}, {"optimism_d", 0}};
inline constexpr Mechanism::Off no_aid[] = {{"aid_effect", 0}};
inline constexpr Mechanism::Off no_talks[] = {{"talks_every", 0}};

inline std::vector<Mechanism> anchored_peace_mechanisms() {
  return {common::mechanism("insulation"),
          common::mechanism("defiance"),
          common::mechanism("audience_costs"),
          common::mechanism("territorial_boost"),
          {"momentum", no_momentum, "claims follow the front only while it moves", "Conclusion"},
          common::mechanism("doctrine"),
          common::mechanism("cynicism"),
          {"indivisibility", no_indivisibility, "security is demanded whole or not at all", "Equal Security or Bust"},
          common::mechanism("guarantees"),
          common::mechanism("justice_anchor"),
          common::mechanism("shifting_balance"),
          common::mechanism("patron_fatigue"),
          common::mechanism("dramatic_change"),
          {"optimism", no_optimism, "both sides overrate themselves until fighting teaches", ""},
          {"aid", no_aid, "the patron's weapons push the front", "Are They Cheating Us?"},
          {"talks", no_talks, "the war can end at the table", "Introduction"}};
}

}  // namespace truce::declared
