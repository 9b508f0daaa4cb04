// anchored_peace: two sides bargain in the shadow of the fight to the finish, and every friction that the memo
// names either raises what a side must be offered or lowers what a promise is worth.
//
// War: the front m in (0,1) moves by theta - aid + sigma z a month and ends at 0 or 1; both sides learn theta from it.
// Talks: the settlement of largest Nash product that both accept, valued by the chance that the balance, drifting
// after the signature, makes the other side renege. Peace: until the balance leaves the band that guarantees,
// principles and costs of breach hold open; then war again. All values are closed forms of Brownian motion.
//
// Source: M. Troitskiy, "Negotiating Security with Autocracies: Implications for the Russo-Ukrainian War", PONARS
// Eurasia Policy Memo 861, November 2023; Fearon 1995, Slantchev 2003, Powell 2004 and 2006, Weeks 2008 for the
// mechanisms. The formalisation is this project's own.
#pragma once

#include "kernels/anchored_peace/declaration.hpp"
#include "kernels/anchored_peace/model.hpp"

namespace truce {

using anchored_peace_model = AnchoredPeace;

namespace declared {

inline Kernel anchored_peace() {
  Kernel k;
  k.name = "anchored_peace";
  k.version = 2;
  k.summary = "war, talks and relapse when regimes differ in what they can promise";
  k.source = "M. Troitskiy, PONARS Eurasia Policy Memo 861 (November 2023), formalised by this project";
  k.notes =
      "Settlements are the earliest that the beliefs allow: the value of fighting leaves out the option to settle "
      "later.\n"
      "With security_weight <= 0.5 territory can always compensate, so indivisibility does nothing.\n"
      "Both sides value today's patron support as if it lasted; nobody foresees fatigue or withdrawal.";
  k.inputs = anchored_peace_inputs();
  k.outcomes = anchored_peace_outcomes();
  k.curves = {common::war_survival(), common::peace_survival()};
  k.mechanisms = anchored_peace_mechanisms();
  using State = AnchoredPeace::State<double>;
  constexpr auto column = common::trace_column;
  k.trace = {column("month", "month", offsetof(State, month)),
             column("at_war", "1", offsetof(State, at_war)),
             column("position", "1", offsetof(State, position)),
             column("support", "1", offsetof(State, support)),
             column("changed", "1", offsetof(State, changed)),
             column("wars", "1", offsetof(State, wars)),
             column("war_month", "month", offsetof(State, war_month)),
             column("momentum", "1/month", offsetof(State, momentum)),
             column("claim_a", "stake", offsetof(State, claim_a)),
             column("claim_d", "stake", offsetof(State, claim_d)),
             column("terms_a", "stake", offsetof(State, terms_a)),
             column("terms_d", "stake", offsetof(State, terms_d)),
             column("rests_on_principle", "1", offsetof(State, rests_on_principle)),
             column("welfare_a", "stake", offsetof(State, welfare_a)),
             column("welfare_d", "stake", offsetof(State, welfare_d)),
             column("blocked_rents", "1", offsetof(State, blocked_rents)),
             column("blocked_information", "1", offsetof(State, blocked_information)),
             column("blocked_audience", "1", offsetof(State, blocked_audience)),
             column("blocked_indivisibility", "1", offsetof(State, blocked_indivisibility)),
             column("blocked_commitment", "1", offsetof(State, blocked_commitment))};
  k.step_limit = AnchoredPeace::step_limit;
  return k;
}

}  // namespace declared
}  // namespace truce
