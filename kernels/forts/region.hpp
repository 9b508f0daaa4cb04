// Where the sides settle: in which positions, after how many battles.
#pragma once

#include <cstdint>

#include "kernels/forts/talks.hpp"

namespace truce {
inline namespace TRUCE_ISA {
namespace forts {

/// After n decisive battles A holds start + n, n - 2, ... forts, so that one bit in two of k would be idle: bit i of a
/// word is k = 2 i + (start + n) % 2, and a word of up to 31 forts is a number that a float can hold.
struct Settled {
  std::size_t start = 0;
  std::vector<std::uint32_t> words[2][2];  ///< [A's regime, 1 after its change][last battle: 1 a victory][n]

  std::size_t talks() const { return words[0][0].size(); }
  std::uint32_t bit(std::size_t n, std::size_t k) const { return std::uint32_t{1} << ((k - (start + n) % 2) / 2); }
  bool at(std::size_t regime, std::size_t last, std::size_t n, std::size_t k) const {
    return n < talks() && (words[regime][last][n] & bit(n, k)) != 0;
  }
};

/// All that settling depends on, A's regimes side by side.
struct Parties {
  rival::Inputs<double> in;
  Pace<double> pace;
  Domestic a[2], d;
  double autocracy_a[2];
  Belief<double> belief_a, belief_d;
};

inline Leaders<double> leaders_of(const Parties& p, std::size_t regime) {
  return {leader_of(p.a[regime]), leader_of(p.d), p.autocracy_a[regime]};
}

/// Notes at (n, k) which regimes settle, after a battle that ended as `last` says.
inline void note(const Parties& p, const Leaders<double> (&at)[2], const Views<double>& seen, std::size_t last,
                 std::size_t n, std::size_t k, Settled& settled) {
  const auto lengths = lengths_of(p.pace, seen);
  for (std::size_t regime = 0; regime < 2; ++regime)
    if (settle(p.a[regime], at[regime].d, reservations(p.in, at[regime], seen, lengths)))
      settled.words[regime][last][n] |= settled.bit(n, k);
}

/// Notes where the sides settle with k forts, reached first after `gap` battles with these weights.
inline void note_all(const Parties& p, const Leaders<double> (&at)[2], const WalkAtNodes& walk, Weights weights,
                     std::size_t gap, std::size_t k, Settled& settled) {
  for (std::size_t n = gap; n < settled.talks(); n += 2) {
    if (n > 0) {
      const auto seen =
          views_at(weights, {&walk.win[0][k], &walk.win[1][k]}, {&walk.battles[0][k], &walk.battles[1][k]});
      for (std::size_t last = 0; last < 2; ++last) note(p, at, seen.after[last], last, n, k, settled);
    }
    learn(weights, true, true);
  }
}

/// Talks before each of the first `talks` decisive battles, from `start` forts of `forts`.
inline Settled settled_region(const Parties& p, const WalkAtNodes& walk, std::size_t forts, std::size_t start,
                              std::size_t talks) {
  Settled settled;
  settled.start = start;
  for (auto& regime : settled.words)
    for (auto& words : regime) words.assign(talks, 0);
  if (talks == 0) return settled;
  const Leaders<double> at[2] = {leaders_of(p, 0), leaders_of(p, 1)};
  const auto first = views_at_start(walk, start, p.belief_a, p.belief_d);
  for (std::size_t last = 0; last < 2; ++last) note(p, at, first, last, 0, start, settled);
  const auto prior = weights_of(p.belief_a, p.belief_d);
  auto weights = prior;
  for (std::size_t k = start; k < forts; ++k, learn(weights, true, false))
    note_all(p, at, walk, weights, k - start, k, settled);
  weights = prior;
  for (std::size_t k = start - 1; k > 0; --k) {
    learn(weights, false, true);
    note_all(p, at, walk, weights, start - k, k, settled);
  }
  return settled;
}

}  // namespace forts
}  // namespace TRUCE_ISA
}  // namespace truce
