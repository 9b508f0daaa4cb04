// forts: two sides that disagree about their chances learn them from battles, a fort at a time, and settle when they
// agree enough.
//
// A holds k of N forts; a battle a month moves k by one; A has won at N and lost at 0. With rho = (1-p)/p the fight to
// the finish is won with chance W(k) = (1 - rho^k)/(1 - rho^N) and takes D(k) = (k - N W)/((1-2p)(1-s)) battles, of
// which a share s is indecisive; k/N and k(N-k)/(1-s) at p = 1/2 (Smith & Stam 2003, 2004; Slantchev 2003, recalled
// and re-derived). Momentum, pi: forts/walk.hpp (this project's own); there a victory is worth m forts.
// Beliefs about p are Beta distributed and differ, and battles bring them together (Smith & Stam 2004): Wbar, Dbar are
// the integrals of W and D. Reservations: Wbar_A - K_A Dbar_A and 1 - Wbar_D - K_D Dbar_D, taken home by the domestic
// adapter (this project's own, as are K by regime, the aid, casualties and the terms). The sides settle at the first
// month when the two least shares sum to at most 1, the EARLIEST possible settlement, and split what is left.
// Exact: with p constant, chances and lengths by propagation over (battles, k) and an absorbing chain (exact.hpp).
#pragma once

#include "kernels/forts/prepare.hpp"
#include "kernels/rival/declaration.hpp"

namespace truce {

using forts_model = rival::Model<forts::War>;

namespace declared {

inline constexpr double forts_talks_values[] = {0, 20, 60, 120};

// a line each, to be read as a table
// clang-format off
inline std::vector<Input> forts_inputs() {
  constexpr auto real = InputKind::real;
  constexpr auto integer = InputKind::integer;
  return {
      common::input("bargaining_power"),
      {"fort_count", "1", integer, 20, 10, 30, 2, 30, "forts in all; A holds the share `initial_position` of them, at least one and not all", "", ""},
      {"battle_chance", "1", real, 0.5, 0.4, 0.6, 0.02, 0.98, "chance that A wins a decisive battle, without the patron's aid", "Theory and Practice (power potentials)", ""},
      {"stalemate", "1", real, 0.2, 0, 0.6, 0, 0.95, "chance that a battle is indecisive", "", ""},
      {"repeat_chance", "1", real, 0.6, 0.5, 0.8, 0.1, 0.95, "chance that a battle between equals repeats the last result; 0.5: no momentum", "Conclusion (momentum)", ""},
      {"prior_strength", "1", real, 12, 4, 60, 4, 200, "battles that the sides' opinions before the war are worth", "", "mechanism: Smith & Stam 2004; the range is this project's judgement"},
      {"optimism_share", "1", real, 0.05, 0, 0.1, 0, 0.4, "by how much either side overrates its chance in a battle before it learns", "", "mechanism: Fearon 1995; the range is this project's judgement", {}, {}, "settlement later"},
      {"battle_aid", "1", real, 0.05, 0, 0.1, 0, 0.5, "by how much the patron's full support lowers A's chance in a battle", "Are They Cheating Us? (weapons supplied)", ""},
      {"casualty_slope", "1", real, 0.1, 0, 0.2, 0, 10, "support that is lost as the battles fought, and 1, grow tenfold", "Are They Cheating Us? (public opinion)", "mechanism: Mueller 1973; the range is this project's judgement", {}, {}, "shorter peace"},
      {"casualty_tolerance", "1", real, 0.5, 0, 1, 0, 1, "by what share that is less where D holds all forts", "Are They Cheating Us? (public opinion)", "mechanism: Gelpi, Feaver & Reifler; the range is this project's judgement"},
      {"talks_battles", "1", integer, 120, 0, 120, 0, 120, "decisive battles over which there are talks; 0: fight to the finish", "", "", forts_talks_values},
  };
}

inline std::vector<Outcome> forts_outcomes() {
  constexpr auto real = OutcomeKind::real;
  constexpr Defined if_constant{"A's chance in a battle does not change", "", 0};
  return {{"battles", "1", real, "battles of the war, indecisive ones too", 0, 600, {}, {}},
          {"forts_a", "1", real, "forts that A holds when the war ends", 0, 30, {}, {}},
          {"shares_demanded", "stake", real, "least shares of both sides before the war (2 where none is enough): they settle up to 1", 0, 4, {}, {}},
          {"win_chance_exact", "1", real, "chance that A wins by arms, whatever the horizon", 0, 1, {}, if_constant},
          {"battles_exact", "1", real, "mean number of battles, whatever the horizon", 0, 600, {}, if_constant},
          {"settlement_exact", "1", real, "chance that the war ends in a settlement, whatever the horizon", 0, 1, {}, if_constant},
          {"momentum_forts", "1", real, "how many forts a victory is worth beyond the one that it takes", -1, 20, {}, {}},
          {"gambling_forts", "1", real, "numbers of forts with which A's leader would gamble for resurrection, battles being even", 0, 30, {}, {}}};
}

inline constexpr Mechanism::Off no_repeats[] = {{"repeat_chance", 0.5}};
inline constexpr Mechanism::Off no_optimism_share[] = {{"optimism_share", 0}};
inline constexpr Mechanism::Off no_battle_aid[] = {{"battle_aid", 0}};
inline constexpr Mechanism::Off no_casualties[] = {{"casualty_slope", 0}};
inline constexpr Mechanism::Off no_talks_battles[] = {{"talks_battles", 0}};
// clang-format on

inline Kernel forts() {
  Kernel k = rival_kernel<truce::forts::War>(
      "forts", "sides that disagree about their chances learn them a battle at a time, and settle when they agree");
  k.source = "Smith & Stam 2004 and Slantchev 2003, with momentum, domestic terms and aid of this project's own";
  k.notes +=
      "Settlements are the EARLIEST possible: a side's value of fighting leaves out the option to settle later.\n"
      "Beliefs weigh wars undiscounted, and costs as if the war were to last just as long as it is expected to.\n"
      "Battles teach as if they were independent, though both sides reckon with momentum when they look ahead.\n"
      "Both know the aid of the start and learn what battles show; nobody foresees fatigue, withdrawal or casualties.\n"
      "Claims do not move: momentum acts on what each side expects of the war. Gains by the side with the higher "
      "audience cost open room for a settlement.\n"
      "After talks_battles decisive battles the sides fight to the finish. Without optimism they settle at once unless "
      "terms at home prevent it.\n"
      "In peace the balance starts halfway between what both expected of the war; a relapse costs as much as a fight "
      "to "
      "the finish from the forts of the start.\n"
      "casualty_slope acts on battles through battle_aid, and on peace through guarantee_a.\n"
      "gambling_forts takes the territorial boost for what the leader is punished by below held_share.";
  add_home(k);
  for (auto& input : forts_inputs()) k.inputs.push_back(input);
  for (auto& outcome : forts_outcomes()) k.outcomes.push_back(outcome);
  k.mechanisms.push_back({"momentum", no_repeats, "a battle tends to repeat the result of the last", "Conclusion"});
  k.mechanisms.push_back({"optimism", no_optimism_share, "both sides overrate themselves until battles teach", ""});
  k.mechanisms.push_back({"aid", no_battle_aid, "the patron's weapons win battles for D", "Are They Cheating Us?"});
  k.mechanisms.push_back(
      {"casualties", no_casualties, "the patron's public tires as battles are fought", "Are They Cheating Us?"});
  k.mechanisms.push_back({"talks", no_talks_battles, "the war can end at the table", "Introduction"});
  const auto own = [](std::size_t i) { return sizeof(rival::History<double>) / sizeof(double) + i; };
  k.trace.push_back({"forts_a", "1", own(0)});
  k.trace.push_back({"decisive_battles", "1", own(1)});
  k.trace.push_back({"last_result", "1", own(2)});
  return k;
}

}  // namespace declared
}  // namespace truce
