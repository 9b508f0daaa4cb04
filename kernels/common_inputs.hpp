// The inputs that several kernels share: one name has one meaning, unit and range everywhere.
#pragma once

#include <stdexcept>
#include <string>

#include "kernels/contract.hpp"

namespace truce::common {

inline constexpr std::string_view durability_names[] = {"band", "hazard", "enforcement"};

// a line each, to be read as a table
// clang-format off
inline std::span<const Input> shared_inputs() {
  constexpr auto real = InputKind::real;
  constexpr auto integer = InputKind::integer;
  constexpr auto choice = InputKind::choice;
  constexpr double big = 1e6, tiny = 1e-6;
  static constexpr Input all[] = {
    {"initial_position", "1", real, 0.5, 0.3, 0.7, 0.001, 0.999, "where the front stands: 1, D is beaten; 0, A is; where a model has no front, A's chance to win a fight to the finish", "Conclusion (situation on the ground)", ""},
    {"war_cost_a", "stake/month", real, 0.004, 0.001, 0.012, 0, 10, "what a month of war costs A", "", "", {}, {}, "settlement more often"},
    {"war_cost_d", "stake/month", real, 0.004, 0.001, 0.012, 0, 10, "what a month of war costs D", "", "", {}, {}, "settlement more often"},
    {"patron_support", "1", real, 0.8, 0, 1, 0, 1, "the patron's support at the start, 1: all that it can give", "Are They Cheating Us?", ""},
    {"patron_floor", "1", real, 0.1, 0, 0.5, 0, 1, "share of the initial support that never goes", "Are They Cheating Us?", ""},
    {"fatigue_rate", "1/month", real, 0.01, 0, 0.03, 0, 10, "rate at which support fades to its floor", "Are They Cheating Us? (public opinion)", "", {}, {}, "shorter peace"},
    {"withdrawal_hazard", "1/month", real, 0.005, 0, 0.02, 0, 1, "monthly chance that support drops to its floor at once", "Are They Cheating Us? (Kosovo, Libya, Afghanistan)", "", {}, {}, "shorter peace"},
    {"autocracy_a", "1", real, 0.9, 0, 1, 0, 1, "regime of A: 0 full democracy, 1 full autocracy", "all sections", "", {}, {}, "fewer settlements, shorter peace"},
    {"autocracy_d", "1", real, 0.1, 0, 1, 0, 1, "regime of D: 0 full democracy, 1 full autocracy", "all sections", "", {}, {}, "fewer settlements, shorter peace"},
    {"cost_insulation", "1", real, 0.5, 0, 0.8, 0, 1, "share of war costs that an autocratic leader does not feel", "Equal Security or Bust", ""},
    {"defiance_reward", "stake/month", real, 0.001, 0, 0.004, 0, 10, "domestic reward of defiance to an autocrat", "Freedom of Hands vs. Principles", "", {}, {}, "fewer settlements"},
    {"defiance_months", "month", real, 24, 6, 60, 0.1, big, "time in which the rally of a war fades by a factor e", "Freedom of Hands vs. Principles", ""},
    {"audience_cost_a", "1", real, 0.3, 0, 1, 0, 1000, "price at home of backing down: per stake that A settles below its public claim, or of quitting a crisis", "Conclusion", "equal for both regimes: Weeks 2008; the range is this project's judgement", {}, {}, "settlement later"},
    {"audience_cost_d", "1", real, 0.3, 0, 1, 0, 1000, "price at home of backing down: per stake that D settles below its public claim, or of quitting a crisis", "Conclusion", "equal for both regimes: Weeks 2008; the range is this project's judgement", {}, {}, "settlement later"},
    {"territorial_boost", "1", real, 0.2, 0, 1, 0, 100, "how much more an autocratic A values the stakes", "Equal Security or Bust (Crimea)", ""},
    {"claim_a", "stake", real, 0.8, 0.5, 1, 0, 10, "A's public war aim at the start of each war", "Looking Strong", ""},
    {"claim_d", "stake", real, 0.8, 0.5, 1, 0, 10, "D's public war aim at the start of each war", "Looking Strong", ""},
    {"doctrine_cost", "stake", real, 0.15, 0, 0.3, 0, 10, "price to an autocrat of giving up a fully locked-in doctrine", "Looking Strong", "", {}, {}, "fewer principled settlements"},
    {"doctrine_initial", "1", real, 0.3, 0, 1, 0, 1, "how far the doctrine is locked in at the start", "Looking Strong (multipolarity)", "", {}, {}, "fewer principled settlements"},
    {"doctrine_months", "month", real, 24, 6, 60, 0.1, big, "time in which preaching closes the gap to full lock-in by a factor e", "Looking Strong", ""},
    {"cynicism", "1", real, 0.8, 0, 1, 0, 1, "how far an autocrat takes principles for smokescreens", "Are They Cheating Us?", "", {}, {}, "fewer principled settlements"},
    {"collective_formula", "1", real, 0, 0, 1, 0, 1, "how far a collective-security formula makes security divisible", "Equal Security or Bust (collective security)", "", {}, {}, "more settlements"},
    {"bargaining_power", "1", real, 0.5, 0.2, 0.8, 0, 1, "A's weight in the Nash product, its part of what there is to divide", "", ""},
    {"renege_cost_a", "stake", real, 0.1, 0, 0.3, 0, 10, "price to A of breaking an agreement", "Conclusion (both regimes pay)", "", {}, {}, "longer peace"},
    {"renege_cost_d", "stake", real, 0.1, 0, 0.3, 0, 10, "price to D of breaking an agreement", "Conclusion (both regimes pay)", "", {}, {}, "longer peace"},
    {"guarantee_a", "stake", real, 0.3, 0, 0.6, 0, 10, "guarantee of D that deters A, times the patron's support", "Theory and Practice (enforcement)", "", {}, {}, "longer peace"},
    {"guarantee_d", "stake", real, 0, 0, 0.3, 0, 10, "guarantee of A that deters D", "Theory and Practice (enforcement)", "", {}, {}, "longer peace"},
    {"justice_anchor", "stake", real, 0.3, 0, 0.6, 0, 10, "how much a shared principle holds each side to a principled settlement", "Theory and Practice (justice as an anchor)", "", {}, {}, "longer peace"},
    {"balance_drift", "1/month", real, 0.001, -0.003, 0.003, -1, 1, "drift of the balance of forces in peace, towards A", "Theory and Practice (changing correlation of forces)", "", {}, {}, "shorter peace as it moves"},
    {"balance_volatility", "1/sqrt(month)", real, 0.015, 0.005, 0.030, 0, 10, "monthly standard deviation of the balance in peace", "Theory and Practice", ""},
    {"change_hazard", "1/month", real, 0.002, 0, 0.010, 0, 1, "monthly chance that A changes its approach for good", "Conclusion (dramatic change)", "", {}, {}, "more settlements"},
    {"discount_rate", "1/month", real, 0.005, 0.002, 0.010, tiny, 1, "impatience of both sides", "", ""},
    {"horizon_months", "month", integer, 360, 120, 600, 1, 12000, "where the history is cut", "", ""},
    {"all_or_nothing", "1", real, 1.4, 1, 3, 1, 100, "exponent of an autocratic A's value of its share of the stakes; 1: divisible", "Equal Security or Bust (all or nothing)", "", {}, {}, "fewer settlements"},
    {"held_share", "stake", real, 0.4, 0.2, 0.8, 0, 1, "share from which on an autocratic A has its territorial boost", "Equal Security or Bust (Crimea)", ""},
    {"office_stakes", "stake", real, 0.1, 0, 0.3, 0, 10, "what staying in office is worth to an autocratic leader", "Looking Strong", "idea: Debs & Goemans 2010; the form and the range are this project's own", {}, {}, "settlement later"},
    {"tenure_settled", "1", real, 0.5, 0.2, 0.8, 0, 1, "chance to stay in office after a settlement that gives nothing", "Looking Strong", "idea: Debs & Goemans 2010; the form and the range are this project's own"},
    {"tenure_with_share", "1/stake", real, 0.3, 0, 0.5, 0, 1, "by how much more with a settlement that gives all", "Looking Strong", "idea: Debs & Goemans 2010; the form and the range are this project's own"},
    {"tenure_won", "1", real, 0.9, 0.7, 1, 0, 1, "chance to stay in office after victory", "Looking Strong", "idea: Debs & Goemans 2010; the form and the range are this project's own"},
    {"tenure_lost", "1", real, 0.3, 0, 0.6, 0, 1, "chance to stay in office after defeat", "Looking Strong", "idea: Debs & Goemans 2010; the form and the range are this project's own"},
    {"collapse_hazard", "1/month", real, 0.03, 0.01, 0.1, tiny, 1, "monthly chance that the war is decided by arms", "", ""},
    {"trust_initial", "1", real, 0.2, 0.05, 0.6, 0.001, 0.999, "chance that a principle is sincere, before any signal", "Are They Cheating Us?", ""},
    {"signal_strength", "1", real, 3, 1.5, 6, 1, 1000, "likelihood ratio of a month's signal of sincerity", "Are They Cheating Us?", ""},
    {"trust_needed", "1", real, 0.7, 0.5, 0.9, 0.001, 0.999, "trust from which on a principle can be signed", "Are They Cheating Us?", ""},
    {"durability", "1", choice, 0, 0, 2, 0, 2, "what ends a peace: the balance leaves a band, a hazard, or a temptation that pays", "Theory and Practice", "", {}, durability_names},
    {"relapse_rate", "1/month", real, 0.02, 0.005, 0.05, tiny, 10, "scale of the hazard of relapse where nothing holds (durability = hazard)", "", ""},
    {"hazard_shape", "1", real, 0.7, 0.5, 1.5, 0.05, 10, "Weibull shape of that hazard; below 1 it falls with time", "", ""},
    {"hold_effect", "1/stake", real, 5, 1, 10, 0, 1000, "by how much a hold of one stake lowers the logarithm of the hazard of relapse", "Theory and Practice", ""},
    {"temptation", "stake", real, 0.3, 0, 0.6, 0, 10, "what a side holds more, until it is answered, by breaking the peace by surprise (durability = enforcement)", "Theory and Practice", ""},
    {"detection_months", "month", real, 6, 1, 24, tiny, 12000, "months until a breach is answered (durability = enforcement)", "Theory and Practice", ""},
  };
  return all;
}
// clang-format on

/// The shared input called `name`.
inline Input input(std::string_view name) {
  for (const Input& shared : shared_inputs())
    if (shared.name == name) return shared;
  throw std::logic_error("no kernel shares an input called " + std::string(name));
}

}  // namespace truce::common
