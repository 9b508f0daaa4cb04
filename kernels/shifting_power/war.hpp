// The war of shifting_power: both sides know how power will move, and fight while they cannot agree because of it.
#pragma once

#include <bit>

#include "kernels/rival/home.hpp"
#include "kernels/rival/model.hpp"
#include "kernels/shifting_power/expected.hpp"
#include "kernels/shifting_power/path.hpp"

namespace truce {
inline namespace TRUCE_ISA {

/// Codes of `obstacle`.
enum Obstacle { no_obstacle = 0, commitment = 1, frictions = 2 };

struct ShiftingPower {
  template <class Real>
  struct Inputs {
    rival::HomeInputs<Real> home;
    Real power_shift, shift_months, protected_share, collapse_hazard;
  };
  template <class Real>
  struct Constants {
    Real inverse_months;
    Real settles, terms_a, beside_a, beside_d;  ///< under A's first approach
    Real guarantee_needed, breakdown_month, obstacle, settlement_chance, expected_war_months;
  };
  template <class Real>
  struct State {
    Real settles;             ///< month (1, 2, ...) of the settlement under today's approach
    Real terms_a;             ///< of that settlement [stake]
    Real beside_a, beside_d;  ///< what a guarantee adds to it [stake]
    Real planned_anew, position;
  };
  template <class Real>
  struct Outcomes {
    Real guarantee_needed, breakdown_month, settlement_month_planned, obstacle, settlement_chance, expected_war_months;
  };

  /// A's chance to win after `passed` months: linear over the shift, then constant, kept off 0 and 1.
  template <class Real>
  static Real position_after(const Real& initial, const Real& shift, const Real& inverse_months, const Real& passed) {
    const Real reached = initial + shift * min(passed * inverse_months, Real(1.0));
    return min(max(reached, Real(0.001)), Real(0.999));
  }

  static double position_in(const rival::Inputs<double>& in, const Inputs<double>& own, int passed) {
    return position_after(in.initial_position, own.power_shift, 1 / own.shift_months, static_cast<double>(passed));
  }

  /// Sets A's least shares of a path as they are under a regime of A.
  static void ask_a(shifting::Path& path, const rival::Inputs<double>& in, const Inputs<double>& own,
                    const rival::War& war, double autocracy_a) {
    const auto leader = rival::a_at_home(in, own.home, autocracy_a);
    const double cost = rival::leaders_cost(in, in.war_cost_a, autocracy_a, war);
    for (int t = 0; t <= path.last; ++t)
      path.least[static_cast<std::size_t>(t)].a = least_share(leader, position_in(in, own, t), cost);
  }

  /// The path's least shares. Power that does not move is where it will be at once.
  static shifting::Path path_of(const rival::Inputs<double>& in, const Inputs<double>& own, double autocracy_a) {
    const auto war = rival::war_until_collapse(own.collapse_hazard, in.discount_rate, in.defiance_months);
    const auto leader = rival::d_at_home(in, own.home);
    const double cost = rival::leaders_cost(in, in.war_cost_d, in.autocracy_d, war);
    shifting::Path path;
    path.last = own.power_shift == 0 ? 0 : static_cast<int>(own.shift_months);
    for (int t = 0; t <= path.last; ++t)
      path.least[static_cast<std::size_t>(t)].d = least_share(leader, 1 - position_in(in, own, t), cost);
    ask_a(path, in, own, war, autocracy_a);
    return path;
  }

  static bool d_declines(const Inputs<double>& own) { return own.power_shift >= 0; }

  /// The guarantee that deters one side lifts the other: the patron's support counts as if it lasted.
  static shifting::Protocol protocol_of(const rival::Inputs<double>& in, const Inputs<double>& own) {
    const bool d_loses = d_declines(own);
    return {exp(-in.discount_rate), d_loses ? 1 - own.protected_share : own.protected_share,
            d_loses ? 0.0 : in.guarantee_d, d_loses ? in.guarantee_a * in.patron_support : 0.0};
  }

  /// What stands in the way of a settlement in the first month.
  static Obstacle obstacle_of(const shifting::Path& path, const shifting::Protocol& by, int settles) {
    if (settles == 0) return no_obstacle;
    return after_shift(path.least[0], by).agreed ? commitment : frictions;
  }

  static rival::Prepared<Constants<double>> prepare(const rival::Inputs<double>& in, const Inputs<double>& own) {
    const auto by = protocol_of(in, own);
    const auto war = rival::war_until_collapse(own.collapse_hazard, in.discount_rate, in.defiance_months);
    auto path = path_of(in, own, in.autocracy_a);
    const auto plan = lasting_settlement(path, 0, by);
    const auto first_war = forecast(path, by).first_war;
    Constants<double> k{};
    k.inverse_months = 1 / own.shift_months;
    k.settles = plan.month + 1.0;
    k.terms_a = plan.outlook.terms_a;
    k.beside_a = beside_a(plan.outlook);
    k.beside_d = beside_d(plan.outlook);
    k.guarantee_needed = guarantee_needed(path, by, d_declines(own));
    k.breakdown_month = first_war < 0 ? std::numeric_limits<double>::quiet_NaN() : first_war + 1.0;
    k.obstacle = obstacle_of(path, by, plan.month);
    ask_a(path, in, own, war, 0);
    const auto after = lasting_settlement(path, 0, by);
    const auto ends = shifting::ends_of(
        {k.settles, after.month + 1.0}, {in.change_hazard, own.collapse_hazard, in.horizon_months}, [&](double month) {
          return position_after(in.initial_position, own.power_shift, k.inverse_months, month - 1);
        });
    k.settlement_chance = ends.settlement;
    k.expected_war_months = ends.months;
    return {k, war};
  }

  template <class Params, class Draw>
  static State<double> start(const Params& p, const Draw&) {
    return {p.war.settles, p.war.terms_a, p.war.beside_a, p.war.beside_d, 0, p.in.initial_position};
  }

  /// Settles in the month that the plan names. A change of approach makes another plan. Who fights again loses what a
  /// guarantee brings.
  template <class Params, class Real, class Draw>
  static rival::WeighedAgreement<Real> offer(const Params& p, const rival::History<Real>& h,
                                             const rival::Regime<Real>& regime, State<Real>& s, const Draw&,
                                             const Mask<Real>& where) {
    const Real half(0.5);
    const auto anew = both(where, both(half < h.changed, s.planned_anew < half));
    if (any(anew)) plan_anew(p, h, s, Lanes<Real>::bits(anew));
    const Real now =
        position_after(p.in.initial_position, p.own.power_shift, p.war.inverse_months, h.month - Real(1.0));
    s.position = select(where, now, s.position);
    const rival::Agreement<Real> bare{both(where, s.settles <= h.month), s.terms_a, s.position};
    const auto gap = gaps(p.k, regime, bare);
    return {bare.agreed, bare.terms_a, bare.position, gap.a + s.beside_a, gap.d + s.beside_d};
  }

  /// Arms decide at today's balance.
  template <class Params, class Real, class Draw>
  static rival::Decision<Real> fight(const Params& p, const rival::History<Real>&, const rival::Regime<Real>&,
                                     State<Real>& s, const Draw& draws, const Mask<Real>& where) {
    return rival::decided_by_arms(where, p.own.collapse_hazard, s.position, draws.uniform(1));
  }

  template <class Params, class Real>
  static Real held(const Params&, const State<Real>& s) {
    return s.position;
  }

  /// How far the known path moves the balance in the month of peace that ends now.
  template <class Params, class Real>
  static Real drift(const Params& p, const rival::History<Real>& h) {
    const auto after = [&](const Real& passed) {
      return position_after(p.in.initial_position, p.own.power_shift, p.war.inverse_months, passed);
    };
    return after(h.month) - after(h.month - Real(1.0));
  }

  template <class Params>
  static Outcomes<double> finish(const Params& p, const State<double>&, const rival::History<double>&) {
    const auto& k = p.war;
    const double planned = k.settles < shifting::never ? k.settles : std::numeric_limits<double>::quiet_NaN();
    return {k.guarantee_needed, k.breakdown_month, planned, k.obstacle, k.settlement_chance, k.expected_war_months};
  }

 private:
  /// One lane of a struct of numbers.
  template <template <class> class Struct, class Real>
  static Struct<double> in_lane(const Struct<Real>& wide, int lane) {
    std::array<double, sizeof(Struct<double>) / sizeof(double)> values;
    const auto* from = reinterpret_cast<const Real*>(&wide);
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<double>(lane_of(from[i], lane));
    return std::bit_cast<Struct<double>>(values);
  }

  /// Rare, so a lane at a time and in double.
  template <class Params, class Real>
  [[gnu::noinline]] static void plan_anew(const Params& p, const rival::History<Real>& h, State<Real>& s,
                                          std::uint64_t lanes) {
    for (; lanes != 0; lanes &= lanes - 1) {
      const int lane = std::countr_zero(lanes);
      const auto in = in_lane<rival::Inputs>(p.in, lane);
      const auto own = in_lane<Inputs>(p.own, lane);
      const int passed = static_cast<int>(lane_of(h.month, lane)) - 1;
      const auto plan = lasting_settlement(path_of(in, own, 0), passed, protocol_of(in, own));
      set_lane(s.settles, lane, static_cast<Scalar<Real>>(plan.month + 1.0));
      set_lane(s.terms_a, lane, static_cast<Scalar<Real>>(plan.outlook.terms_a));
      set_lane(s.beside_a, lane, static_cast<Scalar<Real>>(beside_a(plan.outlook)));
      set_lane(s.beside_d, lane, static_cast<Scalar<Real>>(beside_d(plan.outlook)));
      set_lane(s.planned_anew, lane, Scalar<Real>(1));
    }
  }
};

}  // namespace TRUCE_ISA
}  // namespace truce
