// How a war over the forts ends, exactly: by propagation over (battles, forts) while there are talks, and by the
// absorbing chain after them.
#pragma once

#include "kernels/forts/chain.hpp"
#include "kernels/forts/region.hpp"

namespace truce {
inline namespace TRUCE_ISA {
namespace forts {

/// Whatever the horizon: chances of a settlement and of A's victory, mean number of battles, indecisive ones too.
struct Ends {
  double settled = 0, win = 0, battles = 0;
};

/// What moves the war where p is constant.
struct Course {
  std::size_t forts = 0;
  double p = 0, momentum = 1, stalemate = 0, change_hazard = 0;
};

/// Chance that A wins the next decisive battle; `last`: 0 after a defeat, 1 after a victory, 2 before the first.
inline double next_chance(const Course& c, std::size_t last) {
  const auto chance = chances(c.p, c.momentum);
  return last == 2 ? c.p : last == 1 ? chance.after_victory : chance.after_defeat;
}

/// Histories of a war after n decisive battles, by A's forts: [A's regime, 1 after its change][last][k].
struct Mass {
  std::vector<double> of[2][3];
  explicit Mass(std::size_t forts) {
    for (auto& regime : of)
      for (auto& mass : regime) mass.assign(forts + 1, 0);
  }
};

/// Moves `mass` of histories on by a decisive battle.
inline void battle(const Course& c, double mass, std::size_t regime, std::size_t last, std::size_t k, Mass& next,
                   Ends& ends) {
  const double won = mass * next_chance(c, last);
  if (k + 1 == c.forts)
    ends.win += won;
  else
    next.of[regime][1][k + 1] += won;
  if (k > 1) next.of[regime][0][k - 1] += mass - won;
}

/// The months that histories stand at (n, k): each begins with a change of approach, then talks, then a battle, which
/// may be indecisive. `before` and `after` arrive under A's first and second regime.
inline void stand_at(const Course& c, const Settled& region, std::size_t n, std::size_t k, std::size_t last,
                     double before, double after, Mass& next, Ends& ends) {
  const std::size_t word = last == 1 ? 1 : 0;
  const double decisive = 1 - c.stalemate, unchanged = 1 - c.change_hazard;
  const bool settles = region.at(0, word, n, k);
  const double begun = settles ? before : before / (1 - c.stalemate * unchanged);  // months under the first regime
  const double fought = begun * unchanged, changed = after + begun * c.change_hazard;
  if (settles) {
    ends.settled += fought;
  } else {
    ends.battles += fought;
    battle(c, fought * decisive, 0, last, k, next, ends);
  }
  if (region.at(1, word, n, k)) {
    ends.settled += changed;
  } else {
    ends.battles += changed / decisive;
    battle(c, changed, 1, last, k, next, ends);
  }
}

/// What is left after the talks is fought out.
inline void fight_out(const Course& c, const Mass& left, Ends& ends) {
  const auto chain = solve_walk(c.forts, next_chance(c, 1), next_chance(c, 0));
  const double decisive = 1 - c.stalemate;
  for (const auto& regime : left.of)
    for (std::size_t k = 1; k < c.forts; ++k) {
      for (std::size_t last = 0; last < 2; ++last) {
        ends.win += regime[last][k] * chain.win[last][k];
        ends.battles += regime[last][k] * chain.battles[last][k] / decisive;
      }
      const double length = 1 + c.p * chain.battles[1][k + 1] + (1 - c.p) * chain.battles[0][k - 1];
      ends.win += regime[2][k] * (c.p * chain.win[1][k + 1] + (1 - c.p) * chain.win[0][k - 1]);
      ends.battles += regime[2][k] * length / decisive;
    }
}

inline Ends exact_ends(const Course& c, const Settled& region) {
  Ends ends;
  Mass now(c.forts);
  now.of[0][2][region.start] = 1;
  for (std::size_t n = 0; n < region.talks(); ++n) {
    Mass next(c.forts);
    for (std::size_t last = 0; last < 3; ++last)
      for (std::size_t k = 1; k < c.forts; ++k)
        if (now.of[0][last][k] + now.of[1][last][k] > 0)
          stand_at(c, region, n, k, last, now.of[0][last][k], now.of[1][last][k], next, ends);
    now = next;
  }
  fight_out(c, now, ends);
  return ends;
}

}  // namespace forts
}  // namespace TRUCE_ISA
}  // namespace truce
