// Where the sides settle: which positions, after how many battles, and what that makes of the war exactly.
#pragma once

#include <cstdint>

#include "kernels/forts/chain.hpp"
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

/// How the war ends, whatever the horizon: chances of a settlement and of A's victory, mean number of battles.
struct Ends {
  double settled = 0, win = 0, battles = 0;
};

/// What moves the war where p is constant.
struct Course {
  std::size_t forts = 0;
  double p = 0, momentum = 1, stalemate = 0, change_hazard = 0;
};

/// Histories that stand at k after n decisive battles, as their month begins: [A's regime][last: 2 no battle yet][k].
using Mass = std::vector<double>[2][3];

/// Moves `mass` of histories on by a decisive battle.
inline void battle(const Course& c, double mass, std::size_t regime, std::size_t last, std::size_t k, Mass& next,
                   Ends& ends) {
  const auto chance = chances(c.p, c.momentum);
  const double won = mass * (last == 2 ? c.p : last == 1 ? chance.after_victory : chance.after_defeat);
  if (k + 1 == c.forts)
    ends.win += won;
  else
    next[regime][1][k + 1] += won;
  if (k > 1) next[regime][0][k - 1] += mass - won;
}

/// Exactly, by propagation over (n, k) while there are talks and by the absorbing chain after them.
inline Ends exact_ends(const Course& c, const Settled& region) {
  Ends ends;
  Mass now, next;
  for (auto& regime : now)
    for (auto& masses : regime) masses.assign(c.forts + 1, 0);
  for (std::size_t i = 0; i < 2; ++i)
    for (std::size_t last = 0; last < 3; ++last) next[i][last] = now[i][last];
  now[0][2][region.start] = 1;
  const double goes_on = 1 - c.stalemate, stays = 1 - c.change_hazard;
  for (std::size_t n = 0; n < region.talks(); ++n) {
    for (std::size_t last = 0; last < 3; ++last)
      for (std::size_t k = 1 + (region.start + n + 1) % 2; k < c.forts; k += 2) {
        const std::size_t bit = last == 1 ? 1 : 0;
        double before = now[0][last][k], after = now[1][last][k];
        now[0][last][k] = now[1][last][k] = 0;
        if (before + after == 0) continue;
        const bool settles = region.at(0, bit, n, k);
        if (!settles) before /= 1 - c.stalemate * stays;  // months begun here under the first regime
        after += before * c.change_hazard;
        before *= stays;
        if (settles)
          ends.settled += before;
        else {
          ends.battles += before;
          battle(c, before * goes_on, 0, last, k, next, ends);
        }
        if (region.at(1, bit, n, k))
          ends.settled += after;
        else {
          ends.battles += after / goes_on;
          battle(c, after, 1, last, k, next, ends);
        }
      }
    for (std::size_t i = 0; i < 2; ++i)
      for (std::size_t last = 0; last < 3; ++last) now[i][last].swap(next[i][last]);
  }
  const auto chance = chances(c.p, c.momentum);
  const auto chain = solve_walk(c.forts, chance.after_victory, chance.after_defeat);
  for (const auto& regime : now)
    for (std::size_t k = 1; k < c.forts; ++k) {
      for (std::size_t last = 0; last < 2; ++last) {
        ends.win += regime[last][k] * chain.win[last][k];
        ends.battles += regime[last][k] * chain.battles[last][k] / goes_on;
      }
      ends.win += regime[2][k] * (c.p * chain.win[1][k + 1] + (1 - c.p) * chain.win[0][k - 1]);
      ends.battles +=
          regime[2][k] * (1 + c.p * chain.battles[1][k + 1] + (1 - c.p) * chain.battles[0][k - 1]) / goes_on;
    }
  return ends;
}

}  // namespace forts
}  // namespace TRUCE_ISA
}  // namespace truce
