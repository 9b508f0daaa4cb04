// The mechanisms that several kernels share, with the inputs that switch them off.
#pragma once

#include <stdexcept>
#include <string>

#include "kernels/contract.hpp"

namespace truce::common {

// a line each, to be read as a table
// clang-format off
inline constexpr Mechanism::Off no_cost_insulation[] = {{"cost_insulation", 0}};
inline constexpr Mechanism::Off no_defiance[] = {{"defiance_reward", 0}};
inline constexpr Mechanism::Off no_audience[] = {{"audience_cost_a", 0}, {"audience_cost_d", 0}};
inline constexpr Mechanism::Off no_boost[] = {{"territorial_boost", 0}};
inline constexpr Mechanism::Off no_doctrine[] = {{"doctrine_cost", 0}};
inline constexpr Mechanism::Off no_cynicism[] = {{"cynicism", 0}};
inline constexpr Mechanism::Off no_guarantee[] = {{"guarantee_a", 0}, {"guarantee_d", 0}};
inline constexpr Mechanism::Off no_anchor[] = {{"justice_anchor", 0}};
inline constexpr Mechanism::Off no_shift[] = {{"balance_drift", 0}};
inline constexpr Mechanism::Off no_fatigue[] = {{"fatigue_rate", 0}, {"withdrawal_hazard", 0}};
inline constexpr Mechanism::Off no_change[] = {{"change_hazard", 0}};
inline constexpr Mechanism::Off no_all_or_nothing[] = {{"all_or_nothing", 1}};
inline constexpr Mechanism::Off no_office[] = {{"office_stakes", 0}};

inline std::span<const Mechanism> shared_mechanisms() {
  static constexpr Mechanism all[] = {
    {"insulation", no_cost_insulation, "an autocratic leader feels less of the costs of war", "Equal Security or Bust"},
    {"defiance", no_defiance, "defiance is rewarded at home", "Freedom of Hands vs. Principles"},
    {"audience_costs", no_audience, "backing down costs either leader at home: settling below the public claim, or quitting a crisis", "Conclusion"},
    {"territorial_boost", no_boost, "territory props up an autocrat", "Equal Security or Bust"},
    {"doctrine", no_doctrine, "a preached doctrine is costly to give up", "Looking Strong"},
    {"cynicism", no_cynicism, "principles are taken for smokescreens", "Are They Cheating Us?"},
    {"guarantees", no_guarantee, "guarantees deter a breach", "Theory and Practice"},
    {"justice_anchor", no_anchor, "shared principles hold an agreement", "Theory and Practice"},
    {"shifting_balance", no_shift, "the balance of forces drifts after signing", "Theory and Practice"},
    {"patron_fatigue", no_fatigue, "the patron's public tires, or its support is withdrawn", "Are They Cheating Us?"},
    {"dramatic_change", no_change, "A changes its approach for good", "Conclusion"},
    {"all_or_nothing", no_all_or_nothing, "security is demanded whole or not at all", "Equal Security or Bust"},
    {"leader_fate", no_office, "the outcome decides whether the leader stays in office", "Looking Strong"},
  };
  return all;
}
// clang-format on

/// The shared mechanism called `name`.
inline Mechanism mechanism(std::string_view name) {
  for (const Mechanism& shared : shared_mechanisms())
    if (shared.name == name) return shared;
  throw std::logic_error("no kernel shares a mechanism called " + std::string(name));
}

}  // namespace truce::common
