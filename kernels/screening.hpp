// screening: while the war goes on A lowers its demands, and a D that gains little from peace waits for that.
//
// D alone knows its cost of war. A demands x_0 + v s/(1 + s) of the stakes, s = sqrt(1 - gamma), gamma = exp(-r)(1 -
// collapse_hazard), where x_0 is the least that A needs and v the most that D can gain; D accepts iff it gains at least
// v/(1 + s); else a month is fought, v falls to v/(1 + s), and A demands again. Every month settles with chance
// s/(1 + s): a constant hazard (Powell 2004 for the skeleton, after Sobel & Takahashi 1983 and Gul, Sonnenschein &
// Wilson 1986; this normalisation is the project's own). It holds for a secret cost, not for secret power. A secret
// desire to have the stakes does not separate types, so that wars last longer (the idea of Spaniel & Bils 2018, whose
// model this is not); here only arms end them, the project's own limit.
//
// This project's own: terms at home as a shift of what all types gain (war.hpp). Expected, with lambda = 1/(1 + s) and
// q = lambda (1 - collapse_hazard), of types that can settle: settled with chance (1 - lambda)/(1 - q), months fought
// lambda/(1 - q); with a deadline the recursion of closed_forms.hpp; of all others the fight to the finish.
#pragma once

#include "kernels/rival/declaration.hpp"
#include "kernels/screening/war.hpp"

namespace truce {

using screening_model = rival::Model<ScreeningWar>;

namespace declared {

inline constexpr std::string_view uncertainty_names[] = {"cost", "desire"};
inline constexpr double deadline_values[] = {0, 6, 12, 24};
inline constexpr Mechanism::Off no_deadline[] = {{"deadline_months", 0}};

// a line each, to be read as a table
// clang-format off
inline std::vector<Input> screening_inputs() {
  constexpr auto real = InputKind::real;
  return {
      {"uncertainty", "1", InputKind::choice, 0, 0, 1, 0, 1, "D's secret: its cost of war, or its desire to have the stakes, about which waiting tells nothing", "", "skeleton: Powell 2004 (cost); idea: Spaniel & Bils 2018 (desire)", {}, uncertainty_names, "fewer settlements"},
      {"surplus_spread", "1", real, 2, 1, 3, 1e-6, 100, "what peace may be worth to both sides at most, over what both costs of war come to (2: that in the mean)", "", ""},
      {"deadline_months", "month", InputKind::integer, 0, 0, 24, 0, 240, "months in which A makes demands before it fights to the finish; 0: as long as the war lasts", "", "", deadline_values},
  };
}

inline std::vector<Outcome> screening_outcomes() {
  constexpr auto real = OutcomeKind::real;
  return {
      {"surplus", "stake", real, "what peace is worth to both sides together over war, as D knows it, with terms at home; types below 0 never settle", -1, 1, {}, {}},
      {"first_demand", "stake", real, "what A demands in the first month", 0, 1, {}, {"some type of D can settle and the secret is its cost"}},
      {"settlement_hazard", "1/month", real, "chance that the first month settles, among the types that can settle", 0, 0.5, {}, {}},
      settlement_chance(),
      expected_months(),
  };
}
// clang-format on

inline Kernel screening() {
  Kernel k =
      rival_kernel<ScreeningWar>("screening", "the informed side waits for a better demand while the war goes on");
  k.source =
      "Powell 2004 (skeleton), Sobel & Takahashi 1983, Gul, Sonnenschein & Wilson 1986; the normalisation is this "
      "project's own";
  k.notes +=
      "D's least surplus is 0 at known costs: D's cost of war is uniform from -c_A up, in mean c_D at surplus_spread = "
      "2.\n"
      "Without terms at home costs, insulation and defiance move the terms, not whether and when a war is settled.\n"
      "Terms at home are a shift that all types share, taken at D's mean cost; within it gains are linear.\n"
      "Where terms at home make all types gain, A asks for that first; that it would hurry then is left out.\n"
      "After A's change of approach the types that are left stay as they are, and A goes on from there.\n"
      "Demands are cut to 0..1; what D accepts is not.\n"
      "In peace and in welfare D's cost is that of its inputs, not its secret one, which is as high in the mean only "
      "at "
      "surplus_spread = 2. The patron, guarantees and the price of a breach act on the peace alone.\n"
      "With uncertainty = desire there is no settlement: a limit of this project, not the model of Spaniel & Bils.";
  add_home(k);
  add_inputs(k, {"collapse_hazard"});
  const auto inputs = screening_inputs();
  const auto outcomes = screening_outcomes();
  k.inputs.insert(k.inputs.end(), inputs.begin(), inputs.end());
  k.outcomes.insert(k.outcomes.end(), outcomes.begin(), outcomes.end());
  k.mechanisms.push_back({"deadline", no_deadline, "A makes demands for some months only", ""});
  return k;
}

}  // namespace declared
}  // namespace truce
