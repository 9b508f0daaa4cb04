// Gambling for resurrection: when a leader who would be punished for settling fights on although he expects nothing.
//
// Battles are even (p = 1/2) and cost c each. Settling with k of N forts is worth k/N, less a punishment P where k < K.
// At m = K - k forts below K the leader fights on iff c m (m+1) < P; so he gambles between L = K - 1 - (the largest
// such m), or 0, and K, which gains (k - L)(P/(K - L) - c (K - k)) over settling. The closed form is this project's
// own; the mechanism is that of Goemans 2000 (leaders who are punished after moderate and heavy losses alike).
#pragma once

#include <cstddef>

#include "kernels/isa.hpp"

namespace truce {
inline namespace TRUCE_ISA {
namespace forts {

/// Costs and punishment [stake]; `punished_below`: K, 1..N.
struct Gamble {
  double cost, punishment;
  std::size_t punished_below;
};

/// Whether the leader fights on with `held` forts.
inline bool gambles(const Gamble& g, std::size_t held) {
  if (held == 0 || held >= g.punished_below) return false;
  const auto m = static_cast<double>(g.punished_below - held);
  return g.cost * m * (m + 1) < g.punishment;
}

/// With how many numbers of forts he does. They are those just below K.
inline std::size_t gambling_forts(const Gamble& g) {
  std::size_t states = 0;
  while (states + 1 < g.punished_below && gambles(g, g.punished_below - 1 - states)) ++states;
  return states;
}

}  // namespace forts
}  // namespace TRUCE_ISA
}  // namespace truce
