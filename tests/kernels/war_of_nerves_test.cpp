// Simulated wars of nerves against what is expected of them, and what months, attacks and changes of approach do.
#include "kernels/war_of_nerves.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "tests/kernels/mechanisms/cases.hpp"
#include "tests/kernels/nerves_cases.hpp"
#include "tests/kernels/quadrature.hpp"
#include "tests/kernels/run_kernel.hpp"

namespace truce::testing {
namespace {

const Kernel& kernel() { return *find_kernel("war_of_nerves"); }
std::size_t outcome(std::string_view name) { return index_of(kernel().outcomes, name); }

constexpr double collapse = 0.03, rate = 0.005;
double lump_months() { return rival::war_until_collapse(collapse, rate, 24).months; }

/// Leaders who feel what war costs, no change of approach.
const Changes plain = {
    {"cost_insulation", 0}, {"defiance_reward", 0}, {"territorial_boost", 0}, {"change_hazard", 0},
    {"escalation", 1},      {"war_cost_spread", 1}, {"discount_rate", rate},  {"collapse_hazard", collapse}};

Changes crisis_of(const NervesCase& c) {
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
  for (const auto& c : nerves_cases) {
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
