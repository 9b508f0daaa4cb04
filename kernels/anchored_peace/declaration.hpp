// What anchored_peace declares: inputs, outcomes, mechanisms. Order: as in state.hpp.
#pragma once

#include "kernels/common_outcomes.hpp"

namespace truce::declared {

inline constexpr double talks_values[] = {0, 1, 3, 6, 12};

// clang-format off: a line each, to be read as a table
inline std::vector<Input> anchored_peace_inputs() {
  constexpr auto real = InputKind::real;
  constexpr auto integer = InputKind::integer;
  constexpr double big = 1e6, tiny = 1e-6;
  return {
      {"initial_position", "1", real, 0.5, 0.3, 0.7, 0.001, 0.999, "where the front stands: 1, D is beaten; 0, A is", "Conclusion (situation on the ground)", ""},
      {"advantage_mean", "1/month", real, 0, -0.004, 0.004, -1, 1, "mean of A's military advantage theta, known to nobody", "Theory and Practice (power potentials)", ""},
      {"advantage_sd", "1/month", real, 0.006, 0.003, 0.012, 0, 1, "standard deviation of A's military advantage", "Theory and Practice (power potentials)", ""},
      {"battle_volatility", "1/sqrt(month)", real, 0.05, 0.03, 0.10, tiny, 10, "monthly standard deviation of the front", "", ""},
      {"war_cost_a", "stake/month", real, 0.004, 0.001, 0.012, 0, 10, "what a month of war costs A", "", "", {}, {}, "settlement more often"},
      {"war_cost_d", "stake/month", real, 0.004, 0.001, 0.012, 0, 10, "what a month of war costs D", "", "", {}, {}, "settlement more often"},
      {"optimism_a", "1/month", real, 0.004, 0, 0.010, 0, 1, "how much A overrates its advantage before fighting teaches", "", "mechanism: Fearon 1995; the range is this project's judgement", {}, {}, "settlement later"},
      {"optimism_d", "1/month", real, 0.004, 0, 0.010, 0, 1, "how much D underrates A's advantage before fighting teaches", "", "mechanism: Fearon 1995; the range is this project's judgement", {}, {}, "settlement later"},
      {"aid_effect", "1/month", real, 0.006, 0, 0.010, 0, 1, "how far the patron's full support pushes the front each month", "Are They Cheating Us? (weapons supplied)", ""},
      {"patron_support", "1", real, 0.8, 0, 1, 0, 1, "the patron's support at the start, 1: all that it can give", "Are They Cheating Us?", ""},
      {"patron_floor", "1", real, 0.1, 0, 0.5, 0, 1, "share of the initial support that never goes", "Are They Cheating Us?", ""},
      {"fatigue_rate", "1/month", real, 0.01, 0, 0.03, 0, 10, "rate at which support fades to its floor", "Are They Cheating Us? (public opinion)", "", {}, {}, "shorter peace"},
      {"withdrawal_hazard", "1/month", real, 0.005, 0, 0.02, 0, 1, "monthly chance that support drops to its floor at once", "Are They Cheating Us? (Kosovo, Libya, Afghanistan)", "", {}, {}, "shorter peace"},
      {"autocracy_a", "1", real, 0.9, 0, 1, 0, 1, "regime of A: 0 full democracy, 1 full autocracy", "all sections", "", {}, {}, "fewer settlements, shorter peace"},
      {"autocracy_d", "1", real, 0.1, 0, 1, 0, 1, "regime of D: 0 full democracy, 1 full autocracy", "all sections", "", {}, {}, "fewer settlements, shorter peace"},
      {"cost_insulation", "1", real, 0.5, 0, 0.8, 0, 1, "share of war costs that an autocratic leader does not feel", "Equal Security or Bust", ""},
      {"defiance_reward", "stake/month", real, 0.001, 0, 0.004, 0, 10, "domestic reward of defiance to an autocrat", "Freedom of Hands vs. Principles", "", {}, {}, "fewer settlements"},
      {"defiance_months", "month", real, 24, 6, 60, 0.1, big, "time in which the rally of a war fades by a factor e", "Freedom of Hands vs. Principles", ""},
      {"audience_cost_a", "1", real, 0.3, 0, 1, 0, 1000, "price at home per stake that A settles below its public claim", "Conclusion", "equal for both regimes: Weeks 2008; the range is this project's judgement", {}, {}, "settlement later"},
      {"audience_cost_d", "1", real, 0.3, 0, 1, 0, 1000, "price at home per stake that D settles below its public claim", "Conclusion", "equal for both regimes: Weeks 2008; the range is this project's judgement", {}, {}, "settlement later"},
      {"territorial_boost", "1", real, 0.2, 0, 1, 0, 100, "how much more an autocratic A values the stakes", "Equal Security or Bust (Crimea)", ""},
      {"claim_a", "stake", real, 0.8, 0.5, 1, 0, 10, "A's public war aim at the start of each war", "Looking Strong", ""},
      {"claim_d", "stake", real, 0.8, 0.5, 1, 0, 10, "D's public war aim at the start of each war", "Looking Strong", ""},
      {"claim_adjustment", "1", real, 6, 0, 20, 0, 1e4, "how fast claims follow events per unit of momentum", "Conclusion (no ceasefire without momentum)", "", {}, {}, "settlement earlier"},
      {"momentum_months", "month", real, 6, 1, 12, 1, big, "months over which the movement of the front is smoothed", "Conclusion", ""},
      {"doctrine_cost", "stake", real, 0.15, 0, 0.3, 0, 10, "price to an autocrat of giving up a fully locked-in doctrine", "Looking Strong", "", {}, {}, "fewer principled settlements"},
      {"doctrine_initial", "1", real, 0.3, 0, 1, 0, 1, "how far the doctrine is locked in at the start", "Looking Strong (multipolarity)", "", {}, {}, "fewer principled settlements"},
      {"doctrine_months", "month", real, 24, 6, 60, 0.1, big, "time in which preaching closes the gap to full lock-in by a factor e", "Looking Strong", ""},
      {"cynicism", "1", real, 0.8, 0, 1, 0, 1, "how far an autocrat takes principles for smokescreens", "Are They Cheating Us?", "", {}, {}, "fewer principled settlements"},
      {"security_weight", "1", real, 0.7, 0, 0.95, 0, 1, "weight of D's alignment in the stakes; the rest is territory", "Equal Security or Bust", ""},
      {"indivisibility", "1", real, 4, 1, 12, 1, 100, "exponent of an autocratic A's value of alignment; 1: divisible", "Equal Security or Bust (all or nothing)", "", {}, {}, "fewer settlements"},
      {"collective_formula", "1", real, 0, 0, 1, 0, 1, "how far a collective-security formula makes security divisible", "Equal Security or Bust (collective security)", "", {}, {}, "more settlements"},
      {"bargaining_power", "1", real, 0.5, 0.2, 0.8, 0, 1, "A's weight in the Nash product", "", ""},
      {"just_share", "stake", real, 0.45, 0.2, 0.7, 0, 1, "A's value under the shared principle", "Theory and Practice", ""},
      {"renege_cost_a", "stake", real, 0.1, 0, 0.3, 0, 10, "price to A of breaking an agreement", "Conclusion (both regimes pay)", "", {}, {}, "longer peace"},
      {"renege_cost_d", "stake", real, 0.1, 0, 0.3, 0, 10, "price to D of breaking an agreement", "Conclusion (both regimes pay)", "", {}, {}, "longer peace"},
      {"guarantee_a", "stake", real, 0.3, 0, 0.6, 0, 10, "guarantee that deters A, times the patron's support", "Theory and Practice (enforcement)", "", {}, {}, "longer peace"},
      {"guarantee_d", "stake", real, 0, 0, 0.3, 0, 10, "guarantee that deters D", "Theory and Practice (enforcement)", "", {}, {}, "longer peace"},
      {"justice_anchor", "stake", real, 0.3, 0, 0.6, 0, 10, "how much a shared principle holds each side to a principled settlement", "Theory and Practice (justice as an anchor)", "", {}, {}, "longer peace"},
      {"balance_drift", "1/month", real, 0.001, -0.003, 0.003, -1, 1, "drift of the balance of forces in peace, towards A", "Theory and Practice (changing correlation of forces)", "", {}, {}, "shorter peace as it moves"},
      {"balance_volatility", "1/sqrt(month)", real, 0.015, 0.005, 0.030, 0, 10, "monthly standard deviation of the balance in peace", "Theory and Practice", ""},
      {"change_hazard", "1/month", real, 0.002, 0, 0.010, 0, 1, "monthly chance that A changes its approach for good", "Conclusion (dramatic change)", "", {}, {}, "more settlements"},
      {"discount_rate", "1/month", real, 0.005, 0.002, 0.010, tiny, 1, "impatience of both sides", "", ""},
      {"talks_every", "month", integer, 1, 0, 12, 0, 12000, "months between rounds of talks; 0: fight to the finish", "", "", talks_values},
      {"horizon_months", "month", integer, 360, 120, 600, 1, 12000, "where the history is cut", "", ""},
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

inline constexpr Mechanism::Off no_cost_insulation[] = {{"cost_insulation", 0}};
inline constexpr Mechanism::Off no_defiance[] = {{"defiance_reward", 0}};
inline constexpr Mechanism::Off no_audience[] = {{"audience_cost_a", 0}, {"audience_cost_d", 0}};
inline constexpr Mechanism::Off no_boost[] = {{"territorial_boost", 0}};
inline constexpr Mechanism::Off no_momentum[] = {{"claim_adjustment", 0}};
inline constexpr Mechanism::Off no_doctrine[] = {{"doctrine_cost", 0}};
inline constexpr Mechanism::Off no_cynicism[] = {{"cynicism", 0}};
inline constexpr Mechanism::Off no_indivisibility[] = {{"indivisibility", 1}};
inline constexpr Mechanism::Off no_guarantee[] = {{"guarantee_a", 0}, {"guarantee_d", 0}};
inline constexpr Mechanism::Off no_anchor[] = {{"justice_anchor", 0}};
inline constexpr Mechanism::Off no_shift[] = {{"balance_drift", 0}};
inline constexpr Mechanism::Off no_fatigue[] = {{"fatigue_rate", 0}, {"withdrawal_hazard", 0}};
inline constexpr Mechanism::Off no_change[] = {{"change_hazard", 0}};
inline constexpr Mechanism::Off no_optimism[] = {{"optimism_a", 0}, {"optimism_d", 0}};
inline constexpr Mechanism::Off no_aid[] = {{"aid_effect", 0}};
inline constexpr Mechanism::Off no_talks[] = {{"talks_every", 0}};

inline std::vector<Mechanism> anchored_peace_mechanisms() {
  return {{"insulation", no_cost_insulation, "an autocratic leader feels less of the costs of war", "Equal Security or Bust"},
          {"defiance", no_defiance, "defiance is rewarded at home", "Freedom of Hands vs. Principles"},
          {"audience_costs", no_audience, "settling below the public claim costs either leader", "Conclusion"},
          {"territorial_boost", no_boost, "territory props up an autocrat", "Equal Security or Bust"},
          {"momentum", no_momentum, "claims follow the front only while it moves", "Conclusion"},
          {"doctrine", no_doctrine, "a preached doctrine is costly to give up", "Looking Strong"},
          {"cynicism", no_cynicism, "principles are taken for smokescreens", "Are They Cheating Us?"},
          {"indivisibility", no_indivisibility, "security is demanded whole or not at all", "Equal Security or Bust"},
          {"guarantees", no_guarantee, "guarantees deter a breach", "Theory and Practice"},
          {"justice_anchor", no_anchor, "shared principles hold an agreement", "Theory and Practice"},
          {"shifting_balance", no_shift, "the balance of forces drifts after signing", "Theory and Practice"},
          {"patron_fatigue", no_fatigue, "the patron's public tires, or its support is withdrawn", "Are They Cheating Us?"},
          {"dramatic_change", no_change, "A changes its approach for good", "Conclusion"},
          {"optimism", no_optimism, "both sides overrate themselves until fighting teaches", ""},
          {"aid", no_aid, "the patron's weapons push the front", "Are They Cheating Us?"},
          {"talks", no_talks, "the war can end at the table", "Introduction"}};
}

}  // namespace truce::declared
