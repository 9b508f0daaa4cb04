// The war of `forts` as the rivals' history asks for it: inputs, set-up, talks, a battle a month, outcomes.
#pragma once

#include <bit>
#include <limits>

#include "kernels/forts/region.hpp"
#include "kernels/forts/resurrection.hpp"
#include "kernels/rival/model.hpp"

namespace truce {
inline namespace TRUCE_ISA {
namespace forts {

inline constexpr std::size_t most_talks = 120;

/// No aid presses A's chance below this.
inline constexpr double least_chance = 0.01;

template <class Real>
Real chance_with_aid(const Real& win_probability, const Real& battle_aid, const Real& support) {
  return max(win_probability - battle_aid * support, Real(least_chance));
}

/// A's forts at the start: at least one, and not all.
inline std::size_t forts_at_start(double initial_position, double forts) {
  return static_cast<std::size_t>(
      min(max(static_cast<double>(static_cast<int>(initial_position * forts + 0.5)), 1.0), forts - 1));
}

/// Beta beliefs of both sides: the strength of so many battles, means apart by twice the optimism, within 0.05..0.95.
inline Belief<double> belief_of(double mean, double strength) {
  const double inside = min(max(mean, 0.05), 0.95);
  return {inside * strength, (1 - inside) * strength};
}

struct War {
  template <class Real>
  struct Inputs {
    rival::HomeInputs<Real> home;
    Real bargaining_power, fort_count, win_probability, stalemate, repeat_chance, prior_strength, optimism_share;
    Real battle_aid, casualty_slope, casualty_tolerance, talks_battles;
  };
  template <class Real>
  struct Constants {
    Real start, momentum, inverse_momentum, decisive;
    Belief<Real> belief_a, belief_d;
    Pace<Real> pace;
    Leader<Real> before, after, d;
    Terms<Real> at_once_before, at_once_after;
    Real first_talks;              ///< decisive battles before the first settlement that there can be
    Real words[2][2][most_talks];  ///< see Settled
    Real shares_demanded, win_chance, battles, settlement, momentum_forts, gambling_forts;
  };
  template <class Real>
  struct State {
    Real held, decided;  ///< A's forts; decisive battles so far
    Real last;           ///< 1 after A's victory, -1 after its defeat, 0 before the first battle
  };
  template <class Real>
  struct Outcomes {
    Real battles, forts_a, shares_demanded, win_chance_exact, battles_exact, settlement_exact, momentum_forts;
    Real gambling_forts;
  };

  static rival::Prepared<Constants<double>> prepare(const rival::Inputs<double>& in, const Inputs<double>& own);

  template <class Params, class Draw>
  static State<double> start(const Params& p, const Draw&) {
    return {p.war.start, 0, 0};
  }

  /// The words of the lanes in `where`, bit by bit: 1 where the sides settle. A lane whose run has ended walks on, out
  /// of its forts, until it is given another.
  template <class Params, class Real>
  static Mask<Real> settle_now(const Params& p, const State<Real>& s, const Real& changed, const Mask<Real>& where) {
    Real settles(0.0);
    for (std::uint64_t left = Lanes<Real>::bits(where); left != 0; left &= left - 1) {
      const int lane = std::countr_zero(left);
      const auto n = static_cast<std::size_t>(lane_of(s.decided, lane));
      if (n >= most_talks) continue;
      const auto k = static_cast<std::uint32_t>(min(max(lane_of(s.held, lane), Scalar<Real>(0)), Scalar<Real>(31)));
      const std::size_t regime = lane_of(changed, lane) > 0 ? 1 : 0, last = lane_of(s.last, lane) > 0 ? 1 : 0;
      const auto word = static_cast<std::uint32_t>(lane_of(p.war.words[regime][last][n], lane));
      set_lane(settles, lane, static_cast<Scalar<Real>>((word >> (k / 2)) & 1U));
    }
    return Real(0.5) < settles;
  }

  /// Both sides' views in the lanes of `where`, one lane after the other.
  template <class Params, class Real>
  static Views<Real> views(const Params& p, const State<Real>& s, const Mask<Real>& where) {
    Views<Real> seen{};
    const Real won = Real(0.5) * (s.decided + (s.held - p.war.start)), lost = s.decided - won;
    for (std::uint64_t left = Lanes<Real>::bits(where); left != 0; left &= left - 1) {
      const int lane = std::countr_zero(left);
      const auto at = [&](const Real& x) { return lane_of(x, lane); };
      const auto learned = [&](const Belief<Real>& belief) {
        return Belief<Scalar<Real>>{at(belief.wins) + at(won), at(belief.losses) + at(lost)};
      };
      const auto view =
          views_in_lanes<Real>({at(p.own.fort_count), at(s.held), at(s.last) > 0 ? Scalar<Real>(1) : Scalar<Real>(0),
                                at(p.war.momentum), learned(p.war.belief_a), learned(p.war.belief_d)});
      set_lane(seen.a.win, lane, view.a.win);
      set_lane(seen.a.battles, lane, view.a.battles);
      set_lane(seen.d.win, lane, view.d.win);
      set_lane(seen.d.battles, lane, view.d.battles);
    }
    return seen;
  }

  template <class Params, class Real, class Draw>
  static rival::WeighedAgreement<Real> offer(const Params& p, const rival::History<Real>& h,
                                             const rival::Regime<Real>& regime, State<Real>& s, const Draw&,
                                             const Mask<Real>& where) {
    const auto talks = both(where, p.war.first_talks <= s.decided);
    rival::WeighedAgreement<Real> agreement{talks, Real(0.0), Real(0.0), Real(0.0), Real(0.0)};
    if (!any(talks)) return agreement;
    agreement.agreed = both(talks, settle_now(p, s, h.changed, talks));
    const auto changed = Real(0.5) < h.changed, fought = both(agreement.agreed, Real(0.5) < s.decided);
    Terms<Real> t = select_terms(changed, p.war.at_once_after, p.war.at_once_before);
    if (any(fought)) {
      const auto seen = views(p, s, fought);
      Leaders<Real> at{p.war.before, p.war.d, regime.autocracy_a};
      at.a.kappa = select(changed, p.war.after.kappa, at.a.kappa);
      at.a.boost = select(changed, p.war.after.boost, at.a.boost);
      at.a.office = select(changed, p.war.after.office, at.a.office);
      t = select_terms(
          fought, terms(at, seen, reservations(p.in, at, seen, lengths_of(p.war.pace, seen)), p.own.bargaining_power),
          t);
    }
    agreement.terms_a = t.terms_a;
    agreement.position = t.position;
    agreement.gap_a = t.gap_a;
    agreement.gap_d = t.gap_d;
    return agreement;
  }

  template <class Real>
  static Terms<Real> select_terms(const Mask<Real>& mask, const Terms<Real>& a, const Terms<Real>& b) {
    return {select(mask, a.terms_a, b.terms_a), select(mask, a.position, b.position), select(mask, a.gap_a, b.gap_a),
            select(mask, a.gap_d, b.gap_d)};
  }

  /// One battle: u below the chance of A's victory, above that of an indecisive one, or between.
  template <class Params, class Real, class Draw>
  static rival::Decision<Real> fight(const Params& p, rival::History<Real>& h, const rival::Regime<Real>&,
                                     State<Real>& s, const Draw& draws, const Mask<Real>& where) {
    const Real zero(0.0), one(1.0);
    const Real even = chance_with_aid(p.own.win_probability, p.own.battle_aid, h.support);
    const Real factor = select(zero < s.last, p.war.momentum, select(s.last < zero, p.war.inverse_momentum, one));
    const auto won = draws.uniform(0) < p.war.decisive * at_odds(even, factor);
    const auto decided = both(where, draws.uniform(0) < p.war.decisive);
    const Real result = select(won, one, -one);
    s.last = select(decided, result, s.last);
    s.held = s.held + select(decided, result, zero);
    s.decided = s.decided + select(decided, one, zero);
    if (any(both(where, zero < p.own.casualty_slope))) tire(p, h, s, where);
    return {both(where, p.own.fort_count <= s.held), both(where, s.held <= zero)};
  }

  /// The patron's support after the month's casualties, which count as much in each battle; success is expected by the
  /// share of the forts that D holds.
  template <class Params, class Real>
  static void tire(const Params& p, rival::History<Real>& h, const State<Real>& s, const Mask<Real>& where) {
    const Real slope = slope_when_winning(p.own.casualty_slope, p.own.casualty_tolerance, Real(1.0) - held(p, s));
    const Real tired = support_after_casualties(h.support, slope, Real(1.0), h.month);
    h.support = select(where, max(tired, min(h.support, p.k.support_floor)), h.support);
  }

  template <class Params, class Real>
  static Real held(const Params& p, const State<Real>& s) {
    return s.held / p.own.fort_count;
  }

  template <class Params>
  static Outcomes<double> finish(const Params& p, const State<double>& s, const rival::History<double>& h) {
    const bool by_arms = h.ending > 0.5 && h.ending < 2.5;
    const auto& w = p.war;
    return {by_arms ? h.war_months + 0.5 : h.war_months,
            s.held,
            w.shares_demanded,
            w.win_chance,
            w.battles,
            w.settlement,
            w.momentum_forts,
            w.gambling_forts};
  }
};

}  // namespace forts
}  // namespace TRUCE_ISA
}  // namespace truce
