// The set-up of a point of `forts`: where the sides settle, on which terms at once, and how the war ends exactly.
#pragma once

#include "kernels/forts/exact.hpp"
#include "kernels/forts/war.hpp"

namespace truce {
inline namespace TRUCE_ISA {
namespace forts {

inline Parties parties_of(const rival::Inputs<double>& in, const War::Inputs<double>& own) {
  const double p = chance_with_aid(own.win_probability, own.battle_aid, in.patron_support);
  return {in,
          pace_of(in, own.stalemate),
          {rival::a_at_home(in, own.home, in.autocracy_a), rival::a_at_home(in, own.home, 0)},
          rival::d_at_home(in, own.home),
          {in.autocracy_a, 0},
          belief_of(p + own.optimism_share, own.prior_strength),
          belief_of(p - own.optimism_share, own.prior_strength)};
}

/// Discounted months of the fight to the finish from the start, and of the rally beside it, at p.
inline rival::War length_of_war(const rival::Inputs<double>& in, const Course& c, std::size_t start) {
  const auto months = [&](double rate) {
    const double delta = exp(-rate);
    const Reward reward{0, 1, 1, delta * (1 - c.stalemate) / (1 - delta * c.stalemate)};
    const auto over = fight_values(c.forts, chances(c.p, c.momentum), reward);
    return (1 - before_first(over, start, c.p, reward)) / (1 - delta);
  };
  const double r = in.discount_rate, month = -expm1(-r) / r;
  return {month * months(r), month * months(r + 1 / in.defiance_months)};
}

/// Whether the chance of a battle stays what it was at the start, whatever happens.
inline bool chance_is_constant(const rival::Inputs<double>& in, const War::Inputs<double>& own) {
  const bool support_stays = in.patron_support == 0 || in.patron_floor == 1 ||
                             (in.fatigue_rate == 0 && in.withdrawal_hazard == 0 && own.casualty_slope == 0);
  return own.battle_aid == 0 || support_stays;
}

/// The terms before a shot, and what the two leaders demand then.
inline void prepare_start(const Parties& p, const Views<double>& seen, double bargaining_power,
                          War::Constants<double>& c) {
  for (std::size_t regime = 0; regime < 2; ++regime) {
    const auto at = leaders_of(p, regime);
    const auto r = reservations(p.in, at, seen, lengths_of(p.pace, seen));
    (regime == 0 ? c.before : c.after) = at.a;
    (regime == 0 ? c.at_once_before : c.at_once_after) = terms(at, seen, r, bargaining_power);
    if (regime == 0)
      c.shares_demanded = least_share(p.a[0], seen.a.win, r.cost_a) + least_share(p.d, 1 - seen.d.win, r.cost_d);
  }
  c.d = leader_of(p.d);
}

inline void prepare_words(const Settled& region, War::Constants<double>& c) {
  c.first_talks = most_talks;
  for (std::size_t n = region.talks(); n-- > 0;)
    for (std::size_t regime = 0; regime < 2; ++regime)
      for (std::size_t last = 0; last < 2; ++last) {
        const auto word = region.words[regime][last][n];
        c.words[regime][last][n] = word;
        if (word != 0) c.first_talks = static_cast<double>(n);
      }
}

inline rival::Prepared<War::Constants<double>> War::prepare(const rival::Inputs<double>& in,
                                                            const Inputs<double>& own) {
  Constants<double> c{};
  const auto forts = static_cast<std::size_t>(own.fort_count),
             start = forts_at_start(in.initial_position, own.fort_count);
  const auto parties = parties_of(in, own);
  const Course course{forts, chance_with_aid(own.win_probability, own.battle_aid, in.patron_support),
                      own.repeat_chance / (1 - own.repeat_chance), own.stalemate, in.change_hazard};
  c.start = static_cast<double>(start);
  c.momentum = course.momentum;
  c.inverse_momentum = 1 / course.momentum;
  c.decisive = 1 - own.stalemate;
  c.belief_a = parties.belief_a;
  c.belief_d = parties.belief_d;
  c.pace = parties.pace;
  const auto walk = walk_at_nodes(forts, course.momentum);
  prepare_start(parties, views_at_start(walk, start, parties.belief_a, parties.belief_d), own.bargaining_power, c);
  const auto region = settled_region(parties, walk, forts, start, static_cast<std::size_t>(own.talks_battles));
  prepare_words(region, c);
  c.win_chance = c.battles = c.settlement = std::numeric_limits<double>::quiet_NaN();
  if (chance_is_constant(in, own)) {
    const auto ends = exact_ends(course, region);
    c.win_chance = ends.win;
    c.battles = ends.battles;
    c.settlement = ends.settled;
  }
  c.momentum_forts = momentum_forts(course.p, course.momentum);
  const double wanted = own.home.held_share * own.fort_count;
  const auto whole = static_cast<std::size_t>(wanted);
  c.gambling_forts = static_cast<double>(
      gambling_forts({in.war_cost_a * (1 - in.cost_insulation * in.autocracy_a) * c.pace.months_a_battle,
                      parties.a[0].boost, static_cast<double>(whole) < wanted ? whole + 1 : whole}));
  return {c, length_of_war(in, course, start)};
}

}  // namespace forts
}  // namespace TRUCE_ISA
}  // namespace truce
