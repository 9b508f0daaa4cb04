// The leaders' terms at home in rivals that bargain over shares: declared inputs to the domestic adapter.
#pragma once

#include "kernels/mechanisms/domestic.hpp"
#include "kernels/rival/inputs.hpp"

namespace truce {
inline namespace TRUCE_ISA {
namespace rival {

/// In declaration order (home_input_names), the first of a war's own inputs.
template <class Real>
struct HomeInputs {
  Real claim_a, claim_d, held_share, all_or_nothing, collective_formula;
  Real office_stakes, tenure_settled, tenure_with_share, tenure_won, tenure_lost;
};

/// Audience costs are the same for both regimes (Weeks 2008); all else is an autocrat's.
inline Domestic at_home(const Inputs<double>& in, const HomeInputs<double>& home, double autocracy) {
  Domestic leader;
  leader.office = home.office_stakes * autocracy;
  leader.keeps = home.tenure_settled;
  leader.keeps_with_share = home.tenure_with_share;
  leader.keeps_won = home.tenure_won;
  leader.keeps_lost = home.tenure_lost;
  leader.audience_cost = in.audience_cost_d;
  leader.claim = home.claim_d;
  return leader;
}
inline Domestic a_at_home(const Inputs<double>& in, const HomeInputs<double>& home, double autocracy) {
  Domestic leader = at_home(in, home, autocracy);
  leader.audience_cost = in.audience_cost_a;
  leader.claim = home.claim_a;
  leader.kappa = 1 + (home.all_or_nothing - 1) * autocracy * (1 - home.collective_formula);
  leader.boost = in.territorial_boost * autocracy;
  leader.held = home.held_share;
  return leader;
}
inline Domestic d_at_home(const Inputs<double>& in, const HomeInputs<double>& home) {
  return at_home(in, home, in.autocracy_d);
}

}  // namespace rival
}  // namespace TRUCE_ISA
}  // namespace truce
