// crisis_offer: each month A makes one demand of a D that knows its own cost or power better (Fearon 1995).
//
// A demands x of the stakes; D accepts if the rest is worth at least its fight to the finish, else a month is fought,
// which decides the war with chance `collapse_hazard`. With nothing at work at home and D's cost uniform on l..h,
//   x* = min(1, p + h, max(p + l, p + (h - c_A)/2)), refused with chance (x* - p - l)/(h - l)  (Fearon 1995, claim 2);
// where D's power is the secret, p uniform on a..b, x* = max(b - c_A, a + c_D), refused with chance
// 1 - (c_A + c_D)/(b - a) or never (this project's own). Costs are of the fight to the finish. With terms at home both
// least shares move (kernels/mechanisms/domestic.hpp) and the best demand is searched piece by piece.
//
// This project's own: the game is played anew each month, with a new type of D (Fearon's is played once). Expected:
// with refusal chance w and collapse k a war is a geometric one (kernels/rival/expected.hpp): it ends in a settlement
// with chance (1 - w)/(1 - w (1 - k)).
#pragma once

#include "kernels/crisis_offer/war.hpp"
#include "kernels/rival/declaration.hpp"

namespace truce {

using crisis_offer_model = rival::Model<CrisisOffer>;

namespace declared {

inline constexpr std::string_view information_names[] = {"cost", "power"};
inline constexpr double divisions_values[] = {0, 1, 2, 4};
inline constexpr Mechanism::Off no_secret[] = {{"cost_spread", 0}, {"power_spread", 0}};
inline constexpr Mechanism::Off no_divisions[] = {{"divisions", 0}};

// a line each, to be read as a table
// clang-format off
inline std::vector<Input> crisis_offer_inputs() {
  constexpr auto real = InputKind::real;
  constexpr std::string_view fearon = "mechanism: Fearon 1995; the range is this project's judgement";
  return {
      {"private_information", "1", InputKind::choice, 0, 0, 1, 0, 1, "what D alone knows of itself: its cost of war, or its power", "", fearon, {}, information_names},
      {"cost_spread", "1", real, 0.8, 0, 1, 0, 10, "half the width of D's secret cost over its mean", "", fearon, {}, {}, "fewer settlements"},
      {"power_spread", "1", real, 0.15, 0, 0.3, 0, 0.5, "half the width of D's secret power (narrowed to stay within 0..1)", "", fearon, {}, {}, "fewer settlements"},
      {"divisions", "1", InputKind::integer, 0, 0, 4, 0, 100, "into how many parts the stakes can be divided; 1: all or nothing, 0: any share", "Equal Security or Bust (all or nothing)", fearon, divisions_values},
  };
}

inline std::vector<Outcome> crisis_offer_outcomes() {
  constexpr auto real = OutcomeKind::real;
  return {
      {"demand", "stake", real, "what A demands before it changes its approach; where no demand beats war, the least that no type gives", 0, 1, {}, {}},
      {"refusal_chance", "1", real, "monthly chance that this demand is refused", 0, 1, {}, {}},
      {"refused_first", "1", OutcomeKind::flag, "the first demand was refused", 0, 1, {}, {}},
      settlement_chance(),
      expected_months(),
      {"pooling_limit", "1", real, "f*: of two types of D at the ends of the secret, A demands what both give if the strong one's chance is higher", 0, 1, {}, {}},
      {"kappa_limit", "1", real, "kappa*: with nothing else at work at home no share satisfies both above this exponent of A's", 0, 5, {}, {"both sides would rather fight than have nothing"}},
      {"zone_width", "stake", real, "shares that satisfy both sides at D's mean cost and power; a side that none satisfies needs 2", -1, 1, {}, {}},
      {"waiting_worth_d", "stake", real, "what waiting for A's change of approach is worth to D if arms decide nothing meanwhile: a demand that leaves D less is not worth accepting (nobody here waits for it)", -5, 1, {}, {}},
  };
}
// clang-format on

inline Kernel crisis_offer() {
  Kernel k =
      rival_kernel<CrisisOffer>("crisis_offer", "one demand a month of a side whose cost or power is its secret");
  k.source =
      "Fearon 1995 (private information, indivisibility); the monthly game and terms at home are this project's own";
  k.notes +=
      "Fearon's crisis is played once; here it is played anew each month against a new type of D.\n"
      "Both sides compare a month's demand with the fight to the finish, and nobody waits for a better one: "
      "settlements "
      "are the EARLIEST possible.\n"
      "The secret is of the war alone: a peace begins at the balance of forces that both know, and at D's mean cost.\n"
      "Welfare is charged war_cost_d, not D's secret cost.\n"
      "The patron, guarantees and the price of a breach act on the peace alone.\n"
      "cost_spread does nothing where the secret is power, power_spread where it is cost.\n"
      "pooling_limit and kappa_limit leave out all terms at home.\n"
      "divisions: a lottery over the shares would restore a settlement (Powell 2006); none is held here.\n"
      "A principle is signed with any settlement once it is trusted; terms do not pay for it.";
  add_home(k);
  add_inputs(k, {"collapse_hazard"});
  const auto inputs = crisis_offer_inputs();
  const auto outcomes = crisis_offer_outcomes();
  k.inputs.insert(k.inputs.end(), inputs.begin(), inputs.end());
  k.outcomes.insert(k.outcomes.end(), outcomes.begin(), outcomes.end());
  k.mechanisms.push_back({"private_information", no_secret, "D knows its cost or its power better than A", ""});
  k.mechanisms.push_back({"indivisibility", no_divisions, "the stakes come in few parts", "Equal Security or Bust"});
  return k;
}

}  // namespace declared
}  // namespace truce
