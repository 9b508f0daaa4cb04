// What every rival declares: shared inputs, outcomes and mechanisms, the columns of a replayed history.
#pragma once

#include <cstddef>
#include <initializer_list>

#include "kernels/common_outcomes.hpp"
#include "kernels/rival/model.hpp"

namespace truce::declared {

inline void add_inputs(Kernel& kernel, std::initializer_list<std::string_view> names) {
  for (const auto name : names) kernel.inputs.push_back(common::input(name));
}

/// What no rival models. A rival adds its own notes behind them.
inline constexpr std::string_view rival_notes =
    "The history ends at a relapse, with what a fight to the finish is worth then: there is no second war.\n"
    "A settlement does not anticipate how long it will last. Only the share of the principle that it rests on does, by "
    "one hazard of relapse: that of a band without drift or, where durability is hazard, that of its scale alone.\n"
    "A principle can be signed once it is trusted, after a signal in each month of war: a war that is settled sooner "
    "has none, and cynicism, doctrine and justice_anchor do nothing there. `principled` counts any share of one.\n"
    "hazard and enforcement are this project's own forms, without a coefficient of any paper. enforcement sees the "
    "balance once a month, and what a breach costs in full: a surprise that is soon answered tempts little.\n"
    "The rally that rewards defiance is as fresh as at the start whenever a war is weighed.\n";

inline constexpr std::string_view home_notes =
    "\nTerms at home (claims, office, all or nothing, the boost from held_share on) count at the table alone, and "
    "claims "
    "do not move. In peace A's boost only makes what war costs it, and what holds it, weigh less; so a leader may sign "
    "what nothing but a hold makes it keep.";

/// The inputs of rival::HomeInputs, their mechanisms and notes, for wars that bargain over shares. After the kernel's
/// own notes.
inline void add_home(Kernel& kernel) {
  kernel.notes += home_notes;
  add_inputs(kernel, {"claim_a", "claim_d", "held_share", "all_or_nothing", "collective_formula", "office_stakes",
                      "tenure_settled", "tenure_with_share", "tenure_won", "tenure_lost"});
  for (const auto name : {"all_or_nothing", "leader_fate"}) kernel.mechanisms.push_back(common::mechanism(name));
}

/// What is expected of a war whose months are alike (rival/expected.hpp).
inline Outcome settlement_chance() {
  return {"settlement_chance",
          "1",
          OutcomeKind::real,
          "chance of a settlement by the horizon, if A does not change its approach",
          0,
          1,
          {},
          {}};
}
inline Outcome expected_months() {
  return {"expected_months",
          "month",
          OutcomeKind::real,
          "mean length of the first war, if A does not change its approach",
          0,
          100,
          {},
          {}};
}

/// Common inputs, outcomes, curves, mechanisms and trace. A rival adds its own inputs and outcomes behind them.
template <class War>
Kernel rival_kernel(std::string_view name, std::string_view summary) {
  using Model = rival::Model<War>;
  Kernel k;
  k.name = name;
  k.summary = summary;
  k.notes = rival_notes;
  add_inputs(k, {"initial_position",  "war_cost_a",        "war_cost_d",       "autocracy_a",     "autocracy_d",
                 "cost_insulation",   "defiance_reward",   "defiance_months",  "audience_cost_a", "audience_cost_d",
                 "territorial_boost", "doctrine_cost",     "doctrine_initial", "doctrine_months", "cynicism",
                 "trust_initial",     "signal_strength",   "trust_needed",     "patron_support",  "patron_floor",
                 "fatigue_rate",      "withdrawal_hazard", "renege_cost_a",    "renege_cost_d",   "guarantee_a",
                 "guarantee_d",       "justice_anchor",    "durability",       "balance_drift",   "balance_volatility",
                 "relapse_rate",      "hazard_shape",      "hold_effect",      "temptation",      "detection_months",
                 "change_hazard",     "discount_rate",     "horizon_months"});
  constexpr double months = 600;
  k.outcomes = {common::ending(),
                common::war_months(months),
                common::settlement_a(),
                common::principled(),
                common::peace_months(months),
                common::relapsed(),
                common::welfare_a(),
                common::welfare_d(),
                {"anchoring",
                 "1",
                 OutcomeKind::real,
                 "how much of the shared principle the first settlement rests on",
                 0,
                 1,
                 {},
                 common::if_settled},
                {"dearest_principle",
                 "stake/month",
                 OutcomeKind::real,
                 "phi*: A refuses any principle that costs it this much or more",
                 0,
                 0.01,
                 {},
                 common::if_settled},
                {"changed", "1", OutcomeKind::flag, "A changed its approach", 0, 1, {}, {}}};
  k.curves = {common::war_survival(), common::peace_survival()};
  for (const auto mechanism : {"insulation", "defiance", "audience_costs", "territorial_boost", "doctrine", "cynicism",
                               "guarantees", "justice_anchor", "shifting_balance", "patron_fatigue", "dramatic_change"})
    k.mechanisms.push_back(common::mechanism(mechanism));
  using History = rival::History<double>;
  constexpr auto column = common::trace_column;
  k.trace = {column("month", "month", offsetof(History, month)),
             column("at_war", "1", offsetof(History, at_war)),
             column("changed", "1", offsetof(History, changed)),
             column("support", "1", offsetof(History, support)),
             column("balance", "stake", offsetof(History, balance)),
             column("terms_a", "stake", offsetof(History, terms_a)),
             column("anchoring", "1", offsetof(History, anchor)),
             column("welfare_a", "stake", offsetof(History, welfare_a)),
             column("welfare_d", "stake", offsetof(History, welfare_d))};
  k.step_limit = Model::step_limit;
  return k;
}

}  // namespace truce::declared
