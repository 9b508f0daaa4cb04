// The crisis without terms at home, in closed form: what A demands, and how often that means war.
//
// All costs are of the fight to the finish [stake]; A wins it with chance p. A demands x, D accepts or fights.
#pragma once

#include "kernels/math.hpp"

namespace truce::crisis {

/// A's demand, the chance that it is refused, what the crisis is worth to A and what war destroys in the mean.
struct Ultimatum {
  double demand = 0, refusal = 0, worth_a = 0, destroyed = 0;
};

/// D's cost is uniform on low..high and D's own secret (Fearon 1995, claim 2): D fights iff its cost is below x - p.
///   x* = min(1, p + high, max(p + low, p + (high - c_A)/2))
inline Ultimatum private_cost(double p, double cost_a, double low, double high) {
  Ultimatum u;
  u.demand = min(min(1.0, p + high), max(p + low, p + 0.5 * (high - cost_a)));
  u.refusal = min(max((u.demand - p - low) / (high - low), 0.0), 1.0);
  u.worth_a = u.refusal * (p - cost_a) + (1 - u.refusal) * u.demand;
  u.destroyed = u.refusal * (cost_a + 0.5 * (low + u.demand - p));
  return u;
}

/// D knows p, which is uniform on low..high to A (this project's own): x* = high - c_A and war with chance
/// 1 - (c_A + c_D)/(high - low) if that is positive, else x* = low + c_D and no war. x* is at most 1.
inline Ultimatum private_power(double low, double high, double cost_a, double cost_d) {
  Ultimatum u;
  u.demand = min(1.0, max(high - cost_a, low + cost_d));
  u.refusal = min(max((u.demand - low - cost_d) / (high - low), 0.0), 1.0);
  const double refused = low + 0.5 * u.refusal * (high - low);  // mean p of those who fight
  u.worth_a = u.refusal * (refused - cost_a) + (1 - u.refusal) * u.demand;
  u.destroyed = u.refusal * (cost_a + cost_d);
  return u;
}

/// Of the k + 1 shares 0, 1/k .. 1, how many both sides prefer to war: the integers from k (p - c_A) to k (p + c_D)
/// (Fearon 1995). k = 1: all or nothing.
inline int deals_among(int k, double p, double cost_a, double cost_d) {
  int deals = 0;
  for (int m = 0; m <= k; ++m) deals += k * (p - cost_a) <= m && m <= k * (p + cost_d);
  return deals;
}

}  // namespace truce::crisis
