// What a settlement is worth to a leader at home: claims, the leader's fate, territory and all-or-nothing in one
// adapter.
//
// Value of a share z of the stakes, under the leader's eyes (this project's own form of known ideas):
//   U(z) = z^kappa + L [z >= h] + Psi (S0 + S1 z) - a max(0, s - z) - price
// and of fighting, won with chance p at a cost c: p (1 + L) + Psi (p S_won + (1-p) S_lost) - c.
// kappa > 1: all or nothing. L: a boost at home while at least h is held. Psi: what office is worth, kept with chance
// S0 + S1 z after a settlement (Debs & Goemans 2010). a: price of each stake below the public claim s (Weeks 2008).
#pragma once

#include <initializer_list>

#include "kernels/math.hpp"

namespace truce {
inline namespace TRUCE_ISA {

/// One leader's terms. All off: U(z) = z. Values and prices [stake], chances and kappa [1].
struct Domestic {
  double kappa = 1;                                                       ///< at least 1
  double boost = 0, held = 0;                                             ///< L, h in 0..1
  double office = 0;                                                      ///< Psi, at least 0
  double keeps = 0, keeps_with_share = 0, keeps_won = 0, keeps_lost = 0;  ///< S0, S1 >= 0, S_won, S_lost
  double audience_cost = 0, claim = 0;                                    ///< a >= 0, s
  double price = 0;                                                       ///< of a shared principle
};

/// No share is enough.
inline constexpr double no_share = 2;

/// x^power for 0 <= x <= 1, power > 0.
inline double to_power(double x, double power) { return x == 1 ? 1.0 : x > 0 ? exp(power * log(x)) : 0.0; }

/// U(z), rising in z in 0..1.
inline double worth_at_home(const Domestic& leader, double z) {
  const double boost = z >= leader.held ? leader.boost : 0.0;
  return (leader.kappa == 1 ? z : to_power(z, leader.kappa)) + boost +
         leader.office * (leader.keeps + leader.keeps_with_share * z) -
         leader.audience_cost * max(0.0, leader.claim - z) - leader.price;
}

/// Value of fighting to the finish, won with chance `win`, at a cost [stake].
inline double war_at_home(const Domestic& leader, double win, double cost) {
  return win * (1 + leader.boost) + leader.office * (win * leader.keeps_won + (1 - win) * leader.keeps_lost) - cost;
}

/// Where z^kappa + slope z = level in 0..start, from a start at or above it: the sum is convex there, so Newton's steps
/// come down to it.
inline double where_worth(double kappa, double slope, double level, double start) {
  if (kappa == 1) return level / (1 + slope);
  double z = min(start, to_power(level, 1 / kappa));
  if (slope == 0) return z;
  for (int i = 0; i < 60; ++i) {
    const double power = to_power(z, kappa), over = power + slope * z - level;
    if (!(over > 0)) break;
    const double next = z - over / (kappa * power / z + slope);
    if (!(next < z)) break;
    z = next;
  }
  return z;
}

/// The smallest share z in 0..1 with U(z) at least the value of fighting, within rounding; `no_share` if none is
/// enough. Between the share where the boost begins and the claim, U has no jump and no kink.
inline double least_share(const Domestic& leader, double win, double cost) {
  const double war = war_at_home(leader, win, cost);
  if (worth_at_home(leader, 0) >= war) return 0;
  if (worth_at_home(leader, 1) < war) return no_share;
  double below = 0, enough = 1;
  for (const double z : {leader.held, leader.claim})
    if (below < z && z < enough) (worth_at_home(leader, z) >= war ? enough : below) = z;
  const bool boosted = below >= leader.held, below_claim = below < leader.claim;
  const double audience = below_claim ? leader.audience_cost : 0.0;
  const double slope = leader.office * leader.keeps_with_share + audience;
  const double level =
      war + leader.price - (boosted ? leader.boost : 0.0) - leader.office * leader.keeps + audience * leader.claim;
  return max(below, min(enough, where_worth(leader.kappa, slope, level, enough)));
}

/// kappa* = ln(p - c_a)/ln(p + c_d): with nothing else at work the zone of agreement is empty above it. Infinite where
/// one side would take anything.
inline double kappa_limit(double win, double cost_a, double cost_d) {
  const double least = win - cost_a, most = win + cost_d;
  return least > 0 && most < 1 ? log(least) / log(most) : 1e300;
}

}  // namespace TRUCE_ISA
}  // namespace truce
