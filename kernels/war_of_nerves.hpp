// war_of_nerves: neither side will pay what it costs at home to quit first, and each month that price rises.
//
// Quitting at time t costs side i a_i t, a_i = audience_cost_i * escalation, and gives the other a prize; a side's war
// is worth w_i, private, uniform on [-W_i, 0]. Who quits when, the horizon t* at which the rest attack, the chance of
// war and the mean length of the crisis are closed forms (kernels/war_of_nerves/equilibrium.hpp; Fearon 1994,
// indifference conditions re-derived), against which the runs are tested. A run draws both types; each then does what
// its type does.
//
// This project's own: W_i is the fight to the finish as the leader feels it, `war_cost_spread` times for the weakest
// type (A's in units of what it values the stakes at); the winner of the crisis gets the balance and half the prize,
// kept in 0..1; who attacks fights to the finish; A quits at once when it changes its approach; and months: a
// concession inside month t is signed before month t + 1 (one at 0 before month 1), an attack inside it is fought from
// t + 1 on. A month of crisis costs nothing, one of fighting the war costs. With information = complete nothing is
// private, the months cost what war costs, and each side quits at a constant rate (war of attrition, re-derived);
// nobody attacks.
//
// On purpose there is nothing here of the terms at home that the other rivals bargain with: raising both audience costs
// shortens the crisis and leaves the risk of war as it is.
#pragma once

#include <limits>

#include "kernels/rival/declaration.hpp"
#include "kernels/war_of_nerves/equilibrium.hpp"

namespace truce {
inline namespace TRUCE_ISA {

struct WarOfNerves {
  template <class Real>
  struct Inputs {
    Real collapse_hazard, prize, escalation, war_cost_spread, information;
  };
  template <class Real>
  struct Constants {
    Real terms_a_quits, terms_d_quits;
    Real horizon, escalates_a, escalates_d;  ///< of the equilibrium
    Real share_a, share_d, at_once_a, at_once_d;
    Real rate_a, rate_d;  ///< at which they quit where nothing is private
    Real war_chance, crisis_months, at_once_chance;
  };
  /// Flags are 0 or 1.
  template <class Real>
  struct State {
    Real until;  ///< when the crisis ends [month], unless A changes its approach first
    Real attacks, a_quits;
  };
  template <class Real>
  struct Outcomes {
    Real war_chance, crisis_months_expected, at_once_chance, crisis_months, conceded_at_once, escalated;
  };

  /// Costs of quitting and of war are kept above this, so that a leader to whom one is nothing is the limit of those to
  /// whom it is little.
  static constexpr double least_cost = 1e-9;

  static rival::Prepared<Constants<double>> prepare(const rival::Inputs<double>& in, const Inputs<double>& own) {
    const auto war = rival::war_until_collapse(own.collapse_hazard, in.discount_rate, in.defiance_months);
    const double half = 0.5 * own.prize;
    Constants<double> k{};
    k.terms_a_quits = max(0.0, in.initial_position - half);
    k.terms_d_quits = min(1.0, in.initial_position + half);
    if (own.information > 0.5)
      open(in, own, k);
    else
      hidden(in, own, war, k);
    return {k, war};
  }

  template <class Params, class Draw>
  static State<double> start(const Params& p, const Draw& draws) {
    const double u_a = draws.set_up_uniform(1, 0), u_d = draws.set_up_uniform(1, 1);
    if (p.own.information > 0.5) return first(-log(u_a) / p.war.rate_a, -log(u_d) / p.war.rate_d);
    const double never = std::numeric_limits<double>::max();
    const nerves::Quitting a{p.war.share_a, p.war.at_once_a}, d{p.war.share_d, p.war.at_once_d};
    const double quits_a = u_a < a.share ? nerves::quits_at(p.own.prize, a, p.war.escalates_d, u_a) : never;
    const double quits_d = u_d < d.share ? nerves::quits_at(p.own.prize, d, p.war.escalates_a, u_d) : never;
    return min(quits_a, quits_d) < never ? first(quits_a, quits_d) : State<double>{p.war.horizon, 1, 0};
  }

  template <class Params, class Real, class Draw>
  static rival::Agreement<Real> offer(const Params& p, const rival::History<Real>& h, const rival::Regime<Real>&,
                                      State<Real>& s, const Draw&, const Mask<Real>& where) {
    const Real half(0.5);
    const auto quit = both(is_over(s, h), s.attacks < half);
    const auto a_quits = select(quit, s.a_quits, Real(1.0));  // else A has changed its approach
    return {both(where, either(quit, half < h.changed)),
            select(half < a_quits, p.war.terms_a_quits, p.war.terms_d_quits), p.in.initial_position};
  }

  template <class Params, class Real, class Draw>
  static rival::Decision<Real> fight(const Params& p, const rival::History<Real>& h, const rival::Regime<Real>&,
                                     State<Real>& s, const Draw& draws, const Mask<Real>& where) {
    const auto fought = both(where, both(is_over(s, h), Real(0.5) < s.attacks));
    return rival::decided_by_arms(fought, p.own.collapse_hazard, p.in.initial_position, draws.uniform(1));
  }

  template <class Params, class Real>
  static Real held(const Params& p, const State<Real>&) {
    return p.in.initial_position;
  }

  /// A crisis is not fought, attrition and what follows an attack are.
  template <class Params, class Real>
  static Real fought(const Params& p, const State<Real>& s, const rival::History<Real>& h) {
    const auto attacked = both(is_over(s, h), Real(0.5) < s.attacks);
    return select(either(attacked, Real(0.5) < p.own.information), Real(1.0), Real(0.0));
  }

  template <class Params>
  static Outcomes<double> finish(const Params& p, const State<double>& s, const rival::History<double>& h) {
    return {p.war.war_chance, p.war.crisis_months,      p.war.at_once_chance,
            s.until,          s.until <= 0 ? 1.0 : 0.0, s.attacks > 0 && s.until < h.war_months ? 1.0 : 0.0};
  }

 private:
  /// By the start of the month.
  template <class Real>
  static Mask<Real> is_over(const State<Real>& s, const rival::History<Real>& h) {
    return s.until <= h.month - Real(1.0);
  }

  static State<double> first(double quits_a, double quits_d) {
    return {min(quits_a, quits_d), 0, quits_a < quits_d ? 1.0 : 0.0};
  }

  static void hidden(const rival::Inputs<double>& in, const Inputs<double>& own, const rival::War& war,
                     Constants<double>& k) {
    const auto before = rival::regime_of(in, in.autocracy_a, war);
    const double cost_d = rival::leaders_cost(in, in.war_cost_d, in.autocracy_d, war);
    const nerves::Side a{max(least_cost, in.audience_cost_a * own.escalation),
                         max(least_cost, own.war_cost_spread * before.cost_a * before.inverse_scale_a)};
    const nerves::Side d{max(least_cost, in.audience_cost_d * own.escalation),
                         max(least_cost, own.war_cost_spread * cost_d)};
    const auto e = nerves::equilibrium(own.prize, a, d);
    k.horizon = e.months;
    k.escalates_a = a.escalates;
    k.escalates_d = d.escalates;
    k.share_a = e.a.share;
    k.share_d = e.d.share;
    k.at_once_a = e.a.at_once;
    k.at_once_d = e.d.at_once;
    k.war_chance = nerves::war_chance(e);
    k.crisis_months = nerves::crisis_months(e, a, d);
    k.at_once_chance = nerves::at_once_chance(e);
  }

  /// Monthly costs as the leaders feel them while the rally is fresh.
  static void open(const rival::Inputs<double>& in, const Inputs<double>& own, Constants<double>& k) {
    const rival::War month{1, 1};
    const double scale = 1 + in.territorial_boost * in.autocracy_a;
    const double cost_a = rival::leaders_cost(in, in.war_cost_a, in.autocracy_a, month);
    const double cost_d = rival::leaders_cost(in, in.war_cost_d, in.autocracy_d, month);
    const auto w = nerves::attrition(max(least_cost, cost_a), own.prize * scale, max(least_cost, cost_d), own.prize);
    k.rate_a = w.rate_a;
    k.rate_d = w.rate_d;
    k.crisis_months = nerves::crisis_months(w);
  }
};

}  // namespace TRUCE_ISA

using war_of_nerves_model = rival::Model<WarOfNerves>;

namespace declared {

inline constexpr std::string_view nerves_information_names[] = {"private", "complete"};

// a line each, to be read as a table
// clang-format off
inline std::vector<Input> war_of_nerves_inputs() {
  constexpr auto real = InputKind::real;
  constexpr auto choice = InputKind::choice;
  constexpr double big = 1e6, tiny = 1e-6;
  return {
      common::input("collapse_hazard"),
      {"prize", "stake", real, 0.2, 0.05, 0.5, tiny, 2, "what the crisis is about: who does not quit gets the balance and half of it, at most all", "", ""},
      {"escalation", "1/month", real, 0.03, 0.005, 0.1, 0, 1000, "by how much of the audience cost a month of crisis raises the price of quitting", "Conclusion", "mechanism: Fearon 1994; the range is this project's judgement"},
      {"war_cost_spread", "1", real, 3, 1, 6, tiny, big, "what the weakest type fears from war, in costs of the fight to the finish", "", ""},
      {"information", "1", choice, 0, 0, 1, 0, 1, "private: each side alone knows what war is worth to it", "", "", {}, nerves_information_names},
  };
}
// clang-format on

inline Kernel war_of_nerves() {
  Kernel k = rival_kernel<WarOfNerves>("war_of_nerves", "neither side will pay the price at home of quitting first");
  k.source = "Fearon 1994, APSR 88(3), for the crisis; months, terms and what follows an attack are this project's own";
  k.notes +=
      "Audience costs are of quitting, and work the other way than in the other kernels: raising both shortens the "
      "crisis and leaves the risk of war unchanged. Without any (audience_costs off) a crisis outlasts the horizon, "
      "unless a side concedes at once.\n"
      "war_months counts the months of the crisis, rounded up, and those of the fight after an attack; crisis_months "
      "is "
      "exact, and takes no notice of the horizon and of A's change of approach, after which A quits at once.\n"
      "A month of crisis costs neither side anything; welfare leaves out what a leader who quits pays at home.\n"
      "In the crisis a war is worth a draw from -W to 0 against conceding at once, whatever the odds; once attacked it "
      "is fought at those odds, and costs what all wars cost. So a leader may concede what only a hold makes it keep.\n"
      "Many of its settlements are concessions before a shot: the share of settlements and war_months are of crises, "
      "not of wars under way as in the other kernels.\n"
      "The position moves the terms and the odds of the fight to the finish, not the crisis. Patron, guarantees, "
      "principles and doctrine act on the peace alone.\n"
      "With information = complete escalation, war_cost_spread and audience costs do nothing, and nobody attacks.\n"
      "Who quits does not anticipate how long the peace will last.";
  const auto own = war_of_nerves_inputs();
  k.inputs.insert(k.inputs.end(), own.begin(), own.end());
  constexpr double months = 60;
  const auto chance = [&](std::string_view name, std::string_view meaning) {
    k.outcomes.push_back({name, "1", OutcomeKind::real, meaning, 0, 1, {}, {}});
  };
  const auto flag = [&](std::string_view name, std::string_view meaning) {
    k.outcomes.push_back({name, "1", OutcomeKind::flag, meaning, 0, 1, {}, {}});
  };
  chance("war_chance", "chance that both attack (closed form)");
  k.outcomes.push_back({"crisis_months_expected",
                        "month",
                        OutcomeKind::real,
                        "mean length of the crisis (closed form)",
                        0,
                        months,
                        {},
                        {}});
  chance("at_once_chance", "chance that a side concedes at once (closed form)");
  k.outcomes.push_back({"crisis_months",
                        "month",
                        OutcomeKind::real,
                        "length of the crisis, to the concession or the attack, unless A changes its approach",
                        0,
                        months,
                        {},
                        {}});
  flag("conceded_at_once", "a side conceded before any time had passed");
  flag("escalated", "both sides attacked");
  return k;
}

}  // namespace declared
}  // namespace truce
