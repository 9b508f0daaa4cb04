// Talks over the forts: what each side must be offered, and the terms of the earliest possible settlement.
//
// A's reservation is W_A - C_A and D's 1 - W_D - C_D, where W is the chance that A wins the fight to the finish in the
// view of a side and C the leader's cost of as many months as that side expects (Smith & Stam 2004). The domestic
// adapter makes of them the least share that each leader can take home. If the two sum to more than 1 no deal is
// possible; the sides settle as soon as they do not, which ignores the option to settle later: it is the EARLIEST
// settlement possible.
#pragma once

#include "kernels/forts/beliefs.hpp"
#include "kernels/rival/home.hpp"

namespace truce {
inline namespace TRUCE_ISA {
namespace forts {

/// What turns decisive battles into a leader's costs: months a battle; 1/defiance_months; 1/(1 - exp(-that)).
template <class Real>
struct Pace {
  Real months_a_battle, rally_rate, rally_scale;
};
inline Pace<double> pace_of(const rival::Inputs<double>& in, double stalemate) {
  const double rate = 1 / in.defiance_months;
  return {1 / (1 - stalemate), rate, 1 / -expm1(-rate)};
}

/// A war as long as a side expects it, and the rally at home in that time [month].
template <class Real>
struct Lengths {
  Real months_a, rally_a, months_d, rally_d;
};
template <class Real>
Lengths<Real> lengths_of(const Pace<Real>& pace, const Views<Real>& seen) {
  const Real a = seen.a.battles * pace.months_a_battle, d = seen.d.battles * pace.months_a_battle;
  return {a, -expm1(-(a * pace.rally_rate)) * pace.rally_scale, d, -expm1(-(d * pace.rally_rate)) * pace.rally_scale};
}

/// The terms of the domestic adapter, of any number type; D's have kappa 1 and no boost.
template <class Real>
struct Leader {
  Real kappa, boost, held, office, keeps, keeps_with_share, keeps_won, keeps_lost, audience_cost, claim;
};
inline Leader<double> leader_of(const Domestic& d) {
  return {d.kappa,     d.boost,      d.held,          d.office, d.keeps, d.keeps_with_share,
          d.keeps_won, d.keeps_lost, d.audience_cost, d.claim};
}

/// As war_at_home.
template <class Real>
Real war_value(const Leader<Real>& l, const Real& win, const Real& cost) {
  return win * (Real(1.0) + l.boost) + l.office * (win * l.keeps_won + (Real(1.0) - win) * l.keeps_lost) - cost;
}

/// z in 0..1 with z^kappa + slope z = value, 1 if that is less than `value`: Newton's iteration in log z from above,
/// where the logarithm of the left side rises and is convex.
template <class Real>
Real rising_root(const Real& kappa, const Real& slope, const Real& value) {
  const Real zero(0.0), top = log(max(value, least<Real>()));
  Real w(0.0);
  for (int i = 0; i < 8; ++i) {
    const Real bent = exp(kappa * w), straight = slope * exp(w), sum = max(bent + straight, least<Real>());
    w = min(zero, w - (log(sum) - top) * sum / max(kappa * bent + straight, least<Real>()));
  }
  return select(value <= zero, zero, exp(w));
}

/// The smallest share that is worth `war` at home, as least_share, if any is: below its claim each stake is worth
/// audience_cost more, from `held` on all is worth `boost` more.
template <class Real>
Real share_worth(const Leader<Real>& l, const Real& war) {
  const Real zero(0.0), slope = l.office * l.keeps_with_share;
  const auto without_boost = [&](const Real& z) {
    return select(z <= zero, zero, exp(l.kappa * log(max(z, least<Real>())))) + slope * z -
           l.audience_cost * max(zero, l.claim - z);
  };
  const Real needed = war - l.office * l.keeps;
  const auto boosted = without_boost(l.held) < needed;
  const Real value = select(boosted, needed - l.boost, needed);
  const auto below_claim = value <= without_boost(min(l.claim, Real(1.0)));
  const Real steeper = select(below_claim, l.audience_cost, zero);
  const Real z = rising_root(l.kappa, slope + steeper, value + steeper * l.claim);
  return select(boosted, max(z, l.held), z);
}

/// The same for a leader whose kappa is 1 and who has no boost; above 1 if no share is enough.
template <class Real>
Real linear_share_worth(const Leader<Real>& l, const Real& war) {
  const Real slope = Real(1.0) + l.office * l.keeps_with_share, needed = war - l.office * l.keeps;
  const Real below = (needed + l.audience_cost * l.claim) / (slope + l.audience_cost);
  return max(select(needed <= slope * l.claim, below, needed / slope), Real(0.0));
}

/// The two leaders at the table, A under one of its regimes.
template <class Real>
struct Leaders {
  Leader<Real> a, d;
  Real autocracy_a;
};

/// Both reservations, as the adapter takes them: what fighting on costs, and what it is worth at home [stake].
template <class Real>
struct Reservations {
  Real cost_a, cost_d, war_a, war_d;
};
template <class Real>
Reservations<Real> reservations(const rival::Inputs<Real>& in, const Leaders<Real>& at, const Views<Real>& seen,
                                const Lengths<Real>& l) {
  const Real cost_a = rival::leaders_cost(in, in.war_cost_a, at.autocracy_a, l.months_a, l.rally_a);
  const Real cost_d = rival::leaders_cost(in, in.war_cost_d, in.autocracy_d, l.months_d, l.rally_d);
  return {cost_a, cost_d, war_value(at.a, seen.a.win, cost_a), war_value(at.d, Real(1.0) - seen.d.win, cost_d)};
}

/// A settlement: A's share; where the balance stands, halfway between what the two expect of the war; what each side
/// would lose by fighting on, by its own beliefs.
template <class Real>
struct Terms {
  Real terms_a, position, gap_a, gap_d;
};

/// The zone between the least shares is split by bargaining power.
template <class Real>
Terms<Real> terms(const Leaders<Real>& at, const Views<Real>& seen, const Reservations<Real>& r,
                  const Real& bargaining_power) {
  const Real zero(0.0), one(1.0);
  const Real least_a = share_worth(at.a, r.war_a), most_a = one - linear_share_worth(at.d, r.war_d);
  const Real share = least_a + bargaining_power * max(most_a - least_a, zero);
  return {share, Real(0.5) * (seen.a.win + seen.d.win), share - (seen.a.win - r.cost_a / (one + at.a.boost)),
          (one - share) - (one - seen.d.win - r.cost_d)};
}

/// Whether some settlement satisfies both: then A can be given what D can spare. Most refusals are plain before any
/// power is taken, as kappa lowers what a share is worth.
inline bool settle(const Domestic& a, const Leader<double>& d, const Reservations<double>& r) {
  const double least_d = linear_share_worth(d, r.war_d);
  if (!(least_d <= 1)) return false;
  Domestic divisible = a;
  divisible.kappa = 1;
  return r.war_a <= worth_at_home(divisible, 1 - least_d) && r.war_a <= worth_at_home(a, 1 - least_d);
}

}  // namespace forts
}  // namespace TRUCE_ISA
}  // namespace truce
