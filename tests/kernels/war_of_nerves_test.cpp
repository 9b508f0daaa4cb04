// war_of_nerves against its closed forms: exact cases, indifference, simulation, and what each mechanism does to it.
#include "kernels/war_of_nerves.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "tests/kernels/mechanisms/cases.hpp"
#include "tests/kernels/quadrature.hpp"
#include "tests/kernels/run_kernel.hpp"

namespace truce::testing {
namespace {

using nerves::Equilibrium;
using nerves::Side;

struct Case {
  Side a, d;
  double months, at_once, war, war_given_crisis, mean_months;
};
const Case printed[] = {
    {{1, 2}, {1, 2}, 1, 0, 0.25, 0.25, 0.5},
    {{3, 2}, {0.5, 2}, 0.527525231652, 0.659406539565, 0.104356076261, 0.306394832501, 0.097368008097},
    {{1, 1.5}, {2, 4}, 0.651387818866, 0.462153045284, 0.141435363522, 0.262965816357, 0.178833659375}};

/// Chance that a side has quit by t < t*, against one that escalates by `other`.
double quit_by(const Equilibrium& e, const nerves::Quitting& side, double other, double t) {
  return (e.prize * side.at_once + other * t) / (e.prize + other * t);
}

TEST(Nerves, GiveTheExactCases) {
  for (const auto& c : printed) {
    const auto e = nerves::equilibrium(1, c.a, c.d);
    expect_digits(e.months, c.months);
    expect_digits(nerves::at_once_chance(e), c.at_once);
    EXPECT_EQ(e.a.at_once, 0);  // L is the second side in all of them
    expect_digits(nerves::war_chance(e), c.war);
    expect_digits(nerves::war_chance(e) / (1 - nerves::at_once_chance(e)), c.war_given_crisis);
    expect_digits(nerves::crisis_months(e, c.a, c.d), c.mean_months);
  }
}

TEST(Nerves, AttritionGivesTheExactCases) {
  const auto even = nerves::attrition(0.1, 1, 0.1, 1), uneven = nerves::attrition(0.05, 1, 0.2, 1);
  expect_digits(even.rate_a, 0.1);
  expect_digits(even.rate_d, 0.1);
  expect_digits(nerves::crisis_months(even), 5);
  expect_digits(nerves::a_concedes(even), 0.5);
  expect_digits(uneven.rate_a, 0.2);
  expect_digits(uneven.rate_d, 0.05);
  expect_digits(nerves::crisis_months(uneven), 4);
  expect_digits(nerves::a_concedes(uneven), 0.8);
}

struct Crisis {
  double prize;
  Side a, d;
};
Crisis any_crisis(std::uint32_t number) {
  Uniforms u(number);
  const auto spread = [&] { return std::exp(u.between(-4, 2)); };
  return {spread(), {spread(), spread()}, {spread(), spread()}};
}

/// The definition of the equilibrium, not its solution: whoever quits is indifferent when, and nobody in the end.
TEST(Nerves, WhoQuitsIsIndifferentWhen) {
  for (std::uint32_t i = 0; i < many; ++i) {
    const auto [v, a, d] = any_crisis(i);
    const auto e = nerves::equilibrium(v, a, d);
    const auto worth = [&, prize = v](const nerves::Quitting& other, double other_sees, double pays, double t) {
      const double gone = quit_by(e, other, other_sees, t);
      return gone * prize - (1 - gone) * pays * t;
    };
    for (const double part : {0.1, 0.5, 1.0}) {
      const double t = part * e.months;
      ASSERT_NEAR(worth(e.d, a.escalates, a.escalates, t), v * e.d.at_once, 1e-12 * v) << i;
      ASSERT_NEAR(worth(e.a, d.escalates, d.escalates, t), v * e.a.at_once, 1e-12 * v) << i;
    }
    ASSERT_NEAR(quit_by(e, e.a, d.escalates, e.months), e.a.share, 1e-12);
    ASSERT_NEAR(quit_by(e, e.d, a.escalates, e.months), e.d.share, 1e-12);
    ASSERT_TRUE(e.a.at_once == 0 || e.d.at_once == 0);
  }
}

/// Mean by integrating the crisis' survival, which knows nothing of the logarithm; also next to equal escalation.
TEST(Nerves, MeanLengthIsTheIntegralOfSurvival) {
  for (std::uint32_t i = 0; i < 2000; ++i) {
    auto [v, a, d] = any_crisis(i);
    if (i % 4 == 0) d.escalates = a.escalates * (1 + 1e-4 * (i % 3) * std::pow(10.0, -static_cast<double>(i % 11)));
    const auto e = nerves::equilibrium(v, a, d);
    const auto rule = gauss_legendre(40, 0, 1);
    double mean = 0;  // over t = x^2 t*, as the survival may fall fast at first
    for (std::size_t n = 0; n < rule.nodes.size(); ++n) {
      const double x = rule.nodes[n], t = x * x * e.months;
      mean += rule.weights[n] * 2 * x * e.months * (1 - quit_by(e, e.a, d.escalates, t)) *
              (1 - quit_by(e, e.d, a.escalates, t));
    }
    ASSERT_NEAR(nerves::crisis_months(e, a, d), mean, 1e-9 * mean) << i;
  }
}

/// The claim that this rival can refute the memo with.
TEST(Nerves, RaisingBothAudienceCostsShortensTheCrisisAndLeavesTheRisk) {
  for (std::uint32_t i = 0; i < many; ++i) {
    auto [v, a, d] = any_crisis(i);
    const auto before = nerves::equilibrium(v, a, d);
    const double mean = nerves::crisis_months(before, a, d), factor = 1 + (i % 7);
    a.escalates *= factor;
    d.escalates *= factor;
    const auto after = nerves::equilibrium(v, a, d);
    ASSERT_NEAR(nerves::war_chance(after), nerves::war_chance(before), 1e-12);
    ASSERT_NEAR(nerves::at_once_chance(after), nerves::at_once_chance(before), 1e-12);
    ASSERT_NEAR(nerves::crisis_months(after, a, d), mean / factor, 1e-12 * mean);
  }
}

TEST(Nerves, RiskOfEqualsIsTheirClosedForm) {
  for (std::uint32_t i = 0; i < many; ++i) {
    const auto [v, side, other] = any_crisis(i);
    const auto e = nerves::equilibrium(v, side, side);
    const double root = 2 / (1 + std::sqrt(1 + 4 * side.fears / v));
    ASSERT_NEAR(nerves::war_chance(e), root * root, 1e-12);
    ASSERT_EQ(nerves::at_once_chance(e), 0);
  }
}

TEST(Nerves, RelabellingTheSidesChangesNothing) {
  for (std::uint32_t i = 0; i < many; ++i) {
    const auto [v, a, d] = any_crisis(i);
    const auto one = nerves::equilibrium(v, a, d), other = nerves::equilibrium(v, d, a);
    ASSERT_EQ(one.months, other.months);
    ASSERT_EQ(one.a.share, other.d.share);
    ASSERT_EQ(one.d.share, other.a.share);
    ASSERT_EQ(one.a.at_once, other.d.at_once);
    ASSERT_NEAR(nerves::crisis_months(one, a, d), nerves::crisis_months(other, d, a), 1e-12 * one.months);
  }
}

/// War is less likely the more both fear it and the smaller the prize; all chances are chances.
TEST(Nerves, FearOfWarKeepsThePeace) {
  for (std::uint32_t i = 0; i < many; ++i) {
    auto [v, a, d] = any_crisis(i);
    const auto e = nerves::equilibrium(v, a, d);
    for (const double chance : {e.a.share, e.d.share, e.a.at_once, e.d.at_once, nerves::war_chance(e)}) {
      ASSERT_GE(chance, 0);
      ASSERT_LE(chance, 1);
    }
    ASSERT_LE(nerves::crisis_months(e, a, d), e.months * (1 + 1e-12));
    a.fears *= 1.1;
    d.fears *= 1.1;
    ASSERT_LT(nerves::war_chance(nerves::equilibrium(v, a, d)), nerves::war_chance(e));
    ASSERT_LE(nerves::war_chance(nerves::equilibrium(v / 1.2, a, d)),
              nerves::war_chance(nerves::equilibrium(v, a, d)) * (1 + 1e-12));
  }
}

// ---------------------------------------------------------------------------------------------- through the kernel

const Kernel& kernel() { return *find_kernel("war_of_nerves"); }
std::size_t outcome(std::string_view name) { return index_of(kernel().outcomes, name); }

constexpr double collapse = 0.03, rate = 0.005;
double lump_months() { return rival::war_until_collapse(collapse, rate, 24).months; }

/// Leaders who feel what war costs, no change of approach.
const Changes plain = {
    {"cost_insulation", 0}, {"defiance_reward", 0}, {"territorial_boost", 0}, {"change_hazard", 0},
    {"escalation", 1},      {"war_cost_spread", 1}, {"discount_rate", rate},  {"collapse_hazard", collapse}};

Changes crisis_of(const Case& c) {
  return joined(plain, {{"prize", 1},
                        {"audience_cost_a", c.a.escalates},
                        {"audience_cost_d", c.d.escalates},
                        {"war_cost_a", c.a.fears / lump_months()},
                        {"war_cost_d", c.d.fears / lump_months()}});
}

void expect_mean(const Estimate& found, double exact) {
  // what a millionth of the runs do may be seen by none
  EXPECT_NEAR(found.mean, exact, 4 * found.standard_error + 1.0 / static_cast<double>(found.count))
      << found.standard_error;
}

bool ended(const Runs& runs, std::size_t i, rival::Ending ending) {
  return runs.at(i, outcome("ending")) == static_cast<double>(ending);
}

template <class Holds>
Estimate share(const Runs& runs, const Holds& holds) {
  return estimate(runs.count(), [&](std::size_t i) { return holds(i) ? 1.0 : 0.0; });
}

TEST(WarOfNerves, RunsAgreeWithTheExactCases) {
  for (const auto& c : printed) {
    const auto runs = run_with(kernel(), joined(crisis_of(c), {{"horizon_months", 3}}), 1000000);
    expect_digits(runs.at(0, outcome("war_chance")), c.war);
    expect_digits(runs.at(0, outcome("crisis_months_expected")), c.mean_months);
    expect_digits(runs.at(0, outcome("at_once_chance")), c.at_once);
    expect_mean(estimate(runs, outcome("escalated")), c.war);
    expect_mean(estimate(runs, outcome("conceded_at_once")), c.at_once);
    expect_mean(estimate(runs, outcome("crisis_months")), c.mean_months);
    const auto e = nerves::equilibrium(1, c.a, c.d);
    for (const double part : {0.1, 0.3, 0.6, 0.9}) {
      const double t = part * c.months;
      expect_mean(share(runs, [&](std::size_t i) { return runs.at(i, outcome("crisis_months")) > t; }),
                  (1 - quit_by(e, e.a, c.d.escalates, t)) * (1 - quit_by(e, e.d, c.a.escalates, t)));
    }
    // A concedes first: its density of quitting times D's survival
    const auto rule = gauss_legendre(40, 0, e.months);
    double a_first = 0;
    for (std::size_t n = 0; n < rule.nodes.size(); ++n) {
      const double t = rule.nodes[n], before = 1 + c.d.escalates * t;
      const double density = (1 - e.a.at_once) * c.d.escalates / (before * before);
      a_first += rule.weights[n] * density * (1 - quit_by(e, e.d, c.a.escalates, t));
    }
    expect_mean(share(runs, [&](std::size_t i) { return runs.at(i, outcome("settlement_a")) == 0; }), a_first);
  }
}

/// At points of the ranges, leaders insulated and rewarded as they are there.
TEST(WarOfNerves, LongRunsAgreeWithTheClosedFormsOverTheRanges) {
  for (std::uint32_t i = 0; i < 20; ++i) {
    Uniforms u(i);
    Changes point = {{"change_hazard", 0}};
    for (const auto* name : {"autocracy_a", "autocracy_d", "audience_cost_a", "audience_cost_d", "war_cost_a", "prize",
                             "war_cost_d", "cost_insulation", "defiance_reward", "escalation", "war_cost_spread"}) {
      const auto& input = kernel().inputs[index_of(kernel().inputs, name)];
      point.emplace_back(name, u.between(input.range_lo, input.range_hi));
    }
    const auto first = run_with(kernel(), point, 1);
    const double chance = first.at(0, outcome("war_chance")), at_once = first.at(0, outcome("at_once_chance"));
    const double months = first.at(0, outcome("crisis_months_expected"));
    // no crisis is twenty times as long as its mean, unless most end at once
    const double horizon = std::ceil(std::fmin(12000, 1 + 20 * months / (1 - at_once)));
    const auto runs = run_with(kernel(), joined(point, {{"horizon_months", horizon}}), 1000000, 1 + i);
    expect_mean(estimate(runs, outcome("escalated")), chance);
    expect_mean(estimate(runs, outcome("conceded_at_once")), at_once);
    expect_mean(estimate(runs, outcome("crisis_months")), months);
  }
}

TEST(WarOfNerves, AttritionAgreesWithTheExactCases) {
  for (const auto& [a, d, months, concedes] : {std::tuple{0.1, 0.1, 5.0, 0.5}, {0.05, 0.2, 4.0, 0.8}}) {
    const auto runs = run_with(kernel(),
                               joined(plain, {{"information", 1},
                                              {"prize", 1},
                                              {"war_cost_a", a},
                                              {"war_cost_d", d},
                                              {"balance_volatility", 0},
                                              {"horizon_months", 120}}),
                               200000);
    expect_mean(estimate(runs, outcome("crisis_months")), months);
    expect_digits(runs.at(0, outcome("crisis_months_expected")), months);
    expect_mean(share(runs, [&](std::size_t i) { return runs.at(i, outcome("settlement_a")) == 0; }), concedes);
    EXPECT_EQ(estimate(runs, outcome("escalated")).mean, 0);
  }
}

/// A concession inside month t is signed before month t + 1, an attack inside it is fought from t + 1 on.
TEST(WarOfNerves, MonthsRoundUpTheCrisis) {
  const auto runs = run_with(kernel(), {{"change_hazard", 0}, {"escalation", 0.02}}, 20000);
  int settled = 0, fought = 0, at_once = 0;
  for (std::size_t i = 0; i < runs.count(); ++i) {
    const double months = runs.at(i, outcome("war_months")), crisis = runs.at(i, outcome("crisis_months"));
    const double ending = runs.at(i, outcome("ending")), settlement = rival::settlement,
                 terms = runs.at(i, outcome("settlement_a"));
    EXPECT_EQ(runs.at(i, outcome("escalated")) == 1, ending != settlement);
    EXPECT_EQ(runs.at(i, outcome("conceded_at_once")) == 1, crisis == 0);
    if (ending == settlement) {
      ASSERT_EQ(months, std::ceil(crisis));
      ASSERT_TRUE(terms == 0.4 || terms == 0.6);
      ++settled;
      at_once += months == 0;
    } else {
      ASSERT_GE(months, std::ceil(crisis) + 0.5);
      ++fought;
    }
  }
  for (const int seen : {settled, fought, at_once}) EXPECT_GT(seen, 500);
}

TEST(WarOfNerves, WhoAttacksFightsToTheFinish) {
  const auto runs = run_with(kernel(),
                             {{"change_hazard", 0},
                              {"initial_position", 0.6},
                              {"collapse_hazard", 0.1},
                              {"prize", 0.5},
                              {"horizon_months", 1000},
                              {"relapse_rate", 10},
                              {"durability", 1},
                              {"renege_cost_a", 0},
                              {"renege_cost_d", 0},
                              {"guarantee_a", 0},
                              {"justice_anchor", 0}},
                             400000);
  const auto fought = [&](std::size_t i) { return runs.at(i, outcome("escalated")) == 1; };
  const auto none = std::numeric_limits<double>::quiet_NaN();
  expect_mean(estimate(runs.count(),
                       [&](std::size_t i) {
                         return fought(i) ? runs.at(i, outcome("war_months")) -
                                                std::ceil(runs.at(i, outcome("crisis_months")))
                                          : none;
                       }),
              1 / 0.1 - 0.5);  // geometric, dated in the middle of the month
  expect_mean(
      estimate(runs.count(),
               [&](std::size_t i) { return fought(i) ? (ended(runs, i, rival::victory_a) ? 1.0 : 0.0) : none; }),
      0.6);
}

/// Terms: the balance and half the prize, kept in 0..1.
TEST(WarOfNerves, TheWinnerGetsTheBalanceAndHalfThePrize) {
  const auto runs = run_with(kernel(), {{"change_hazard", 0}, {"initial_position", 0.7}, {"prize", 0.8}}, 2000);
  std::map<double, int> terms;
  for (std::size_t i = 0; i < runs.count(); ++i)
    if (ended(runs, i, rival::settlement)) ++terms[runs.at(i, outcome("settlement_a"))];
  ASSERT_EQ(terms.size(), 2U);
  EXPECT_NEAR(terms.begin()->first, 0.3, 1e-15);
  EXPECT_EQ(terms.rbegin()->first, 1);
}

TEST(WarOfNerves, AQuitsAtOnceWhenItChangesItsApproach) {
  const auto runs = run_with(kernel(), {{"change_hazard", 1}}, 20000);
  int conceded_by_d = 0;
  for (std::size_t i = 0; i < runs.count(); ++i) {
    ASSERT_TRUE(ended(runs, i, rival::settlement));
    ASSERT_EQ(runs.at(i, outcome("war_months")), 0);
    const bool at_once = runs.at(i, outcome("conceded_at_once")) == 1;  // before the change, by either
    if (!at_once) {
      ASSERT_EQ(runs.at(i, outcome("settlement_a")), 0.4);
    }
    conceded_by_d += runs.at(i, outcome("settlement_a")) == 0.6;
  }
  EXPECT_GT(conceded_by_d, 1000);
  const auto late = run_with(kernel(), {{"change_hazard", 0.05}}, 20000);
  int ended_a_war = 0;  // of arms
  for (std::size_t i = 0; i < late.count(); ++i)
    ended_a_war += late.at(i, outcome("escalated")) == 1 && ended(late, i, rival::settlement);
  EXPECT_GT(ended_a_war, 1000);
}

TEST(WarOfNerves, ACrisisIsFreeAndAFightIsNot) {
  const Changes costly = {{"change_hazard", 0}, {"escalation", 0.02}, {"horizon_months", 1}, {"prize", 0.2}};
  const auto runs = run_with(kernel(), costly, 2000);
  for (std::size_t i = 0; i < runs.count(); ++i) {
    if (!ended(runs, i, rival::ongoing)) continue;
    const double attacked = runs.at(i, outcome("escalated"));
    ASSERT_NEAR(runs.at(i, outcome("welfare_a")), 0.5, 1e-12);
    ASSERT_EQ(attacked, 0);
  }
  // attrition: every month costs
  const auto worn = run_with(kernel(), joined(costly, {{"information", 1}, {"war_cost_a", 0.1}}), 2000);
  for (std::size_t i = 0; i < worn.count(); ++i) {
    if (!ended(worn, i, rival::ongoing)) continue;
    ASSERT_NEAR(worn.at(i, outcome("welfare_a")), 0.5 - 0.1 * (1 - std::exp(-0.005)) / 0.005, 1e-12);
  }
}

}  // namespace
}  // namespace truce::testing
