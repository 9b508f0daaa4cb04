// Simulated wars of crisis_offer against what is expected of them, and what its mechanisms do to them.
#include <cmath>
#include <cstdio>

#include "kernels/crisis_offer.hpp"
#include "tests/kernels/rival_runs.hpp"

namespace truce::testing {
namespace {

constexpr std::uint32_t histories = 1000000;

const Kernel& kernel() { return *find_kernel("crisis_offer"); }

Changes secret_cost(double p, double cost_a, double cost_d, double spread) {
  return joined(bare_war(p, cost_a, cost_d), {{"cost_spread", spread}});
}
Changes secret_power(double p, double cost_a, double cost_d, double spread) {
  return joined(bare_war(p, cost_a, cost_d), {{"private_information", 1}, {"power_spread", spread}});
}

void expect_geometric(const Changes& changes, double collapse, double win_of_refusers) {
  const auto runs = run_with(kernel(), changes, histories);
  const double w = outcome_at(kernel(), changes, "refusal_chance");
  const auto expected = rival::geometric_war(1 - w, collapse, 24);
  const auto at = [&](std::string_view outcome) { return mean_of(kernel(), runs, outcome); };
  expect_chance(kernel(), runs, "refused_first", 1, w);
  expect_chance(kernel(), runs, "ending", 0, expected.settled);
  expect_chance(kernel(), runs, "ending", 3, expected.left);
  const double by_arms = 1 - expected.settled - expected.left;
  expect_chance(kernel(), runs, "ending", 1, by_arms * win_of_refusers);
  expect_near(at("war_months"), expected.months, "war_months");
  EXPECT_EQ(at("settlement_chance").mean, expected.settled);
  EXPECT_EQ(at("expected_months").mean, expected.months);
  if (w < 1) {
    EXPECT_NEAR(at("settlement_a").mean, outcome_at(kernel(), changes, "demand"), 1e-12);
  }
}

TEST(CrisisWars, OfSecretCostAreGeometric) {
  expect_geometric(secret_cost(0.5, 0.1, 0.2, 1), 0.05, 0.5);  // w = 0.375
  expect_geometric(secret_cost(0.35, 0.02, 0.1, 0.95), 0.05, 0.35);
}

/// Those who fight are the strong types: they lose less often than the mean.
TEST(CrisisWars, OfSecretPowerAreWonByTheStrong) {
  const double w = 0.5;  // p in 0.3..0.7, costs 0.1 and 0.1
  expect_geometric(secret_power(0.5, 0.1, 0.1, 0.2), 0.05, 0.3 + 0.4 * w / 2);
}

TEST(CrisisWars, WithNoZoneAreFoughtToTheFinish) {
  const auto changes = joined(secret_cost(0.5, 0.01, 0.01, 1), {{"audience_cost_a", 1}, {"audience_cost_d", 1}});
  EXPECT_EQ(outcome_at(kernel(), changes, "refusal_chance"), 1);
  expect_geometric(changes, 0.05, 0.5);
}

/// With a change of approach the refusal chance is another one from the month of the change on.
TEST(CrisisWars, ChangeOfApproachIsARegimeOfItsOwn) {
  const double nu = 0.06, collapse = 0.05;
  const Changes base = joined(secret_cost(0.5, 0.2, 0.2, 1), {{"cost_insulation", 1}, {"autocracy_a", 0.9}});
  const double before = outcome_at(kernel(), base, "refusal_chance");
  const double after = outcome_at(kernel(), joined(base, {{"autocracy_a", 0}}), "refusal_chance");
  ASSERT_GT(before, after + 0.1);
  double at_war = 1, changed = 0, settled = 0;
  for (int month = 0; month < 24; ++month) {
    changed += (at_war - changed) * nu;
    const double old = at_war - changed;
    settled += old * (1 - before) + changed * (1 - after);
    changed *= after * (1 - collapse);
    at_war = old * before * (1 - collapse) + changed;
  }
  const auto runs = run_with(kernel(), joined(base, {{"change_hazard", nu}}), histories);
  expect_chance(kernel(), runs, "ending", 0, settled);
}

/// Who accepted must not show in how the balance moves then: the words of that month are the peace's alone.
TEST(CrisisWars, TheFirstMonthOfPeaceDoesNotDependOnWhoAccepted) {
  using Model = crisis_offer_model;
  const auto inputs = inputs_of(kernel(), secret_cost(0.5, 0.1, 0.2, 1));
  const auto p = Model::prepare(inputs.data());
  ASSERT_NEAR(p.war.refusal, 0.375, 1e-12);
  std::vector<double> moved;
  for (std::uint32_t i = 0; i < 100000; ++i) {
    const Stream stream{861, 0, i};
    Draws<double, 0, 4> draws{};
    draws.streams = &stream;
    auto s = Model::start(p, draws);
    for (std::uint32_t month = 1; month < 4 && s.history.at_war > 0; ++month) {
      const auto words = stream.block(month_stream, month);
      for (std::size_t k = 0; k < 4; ++k) draws.u[k] = uniform(words[k]);
      if (Model::step(p, s, draws)) break;
    }
    if (s.history.at_war > 0) continue;
    moved.push_back((s.history.balance - 0.5 - p.in.balance_drift) / p.in.balance_volatility);
  }
  ASSERT_GT(moved.size(), 50000U);
  expect_near(estimate(moved.size(), [&](std::size_t i) { return moved[i]; }), 0, "mean");
  expect_near(estimate(moved.size(), [&](std::size_t i) { return moved[i] * moved[i]; }), 1, "variance");
}

Runs at_defaults(const Changes& changes) { return run_with(kernel(), joined({{"horizon_months", 24}}, changes), 2000); }

TEST(CrisisWars, WhatIsOffIsInert) {
  const Changes power = {{"private_information", 1}};
  EXPECT_TRUE(at_defaults(power).same_bytes(at_defaults(joined(power, {{"cost_spread", 0.1}}))));
  EXPECT_FALSE(at_defaults({}).same_bytes(at_defaults({{"cost_spread", 0.1}})));
  EXPECT_TRUE(at_defaults({}).same_bytes(at_defaults({{"power_spread", 0.01}})));
  EXPECT_FALSE(at_defaults(power).same_bytes(at_defaults(joined(power, {{"power_spread", 0.01}}))));
  const Changes no_office = {{"office_stakes", 0}};
  for (const auto* name : {"tenure_settled", "tenure_with_share", "tenure_won", "tenure_lost"}) {
    EXPECT_TRUE(at_defaults(no_office).same_bytes(at_defaults(joined(no_office, {{name, 0.35}})))) << name;
    EXPECT_FALSE(at_defaults({}).same_bytes(at_defaults({{name, 0.35}}))) << name;
  }
  const Changes no_audience = {{"audience_cost_a", 0}, {"audience_cost_d", 0}};
  EXPECT_TRUE(
      at_defaults(no_audience).same_bytes(at_defaults(joined(no_audience, {{"claim_a", 0.6}, {"claim_d", 1}}))));
  const Changes no_boost = {{"territorial_boost", 0}};
  EXPECT_TRUE(at_defaults(no_boost).same_bytes(at_defaults(joined(no_boost, {{"held_share", 0.7}}))));
  const Changes divisible = {{"all_or_nothing", 1}};
  EXPECT_TRUE(at_defaults(divisible).same_bytes(at_defaults(joined(divisible, {{"collective_formula", 0.5}}))));
}

/// Signs that the formulas give; the differences are of chances, so exact.
TEST(CrisisWars, MechanismsMoveSettlementsAsTheirFormulasSay) {
  const Changes lively = {{"war_cost_a", 0.008}, {"war_cost_d", 0.008}};
  const auto settles = [&](const Changes& changes) {
    return outcome_at(kernel(), joined(lively, changes), "settlement_chance");
  };
  const double on = settles({});
  std::printf("settlement chance %g\n", on);
  EXPECT_GT(settles({{"cost_spread", 0}}), on);
  EXPECT_GT(settles({{"audience_cost_a", 0}, {"audience_cost_d", 0}}), on);
  EXPECT_GT(settles({{"all_or_nothing", 1}}), on);
  EXPECT_GT(settles({{"collective_formula", 1}}), on);
  EXPECT_GT(settles({{"defiance_reward", 0}}), on);
  EXPECT_GT(settles({{"cost_insulation", 0}}), on);
  EXPECT_LT(settles({{"divisions", 1}}), on);
  EXPECT_NE(settles({{"office_stakes", 0}}), on);
  EXPECT_NE(settles({{"territorial_boost", 0}}), on);
}

/// At rate nu it brings D what A's first demand as a democracy leaves, each month costs its war cost: (nu S - c)/(r +
/// nu).
TEST(CrisisWars, WaitingForAChangeIsWorthWhatItBringsInTime) {
  const double left = 1 - outcome_at(kernel(), {{"autocracy_a", 0}}, "demand");
  const Changes soon = {{"change_hazard", 0.02}, {"discount_rate", 0.005}, {"war_cost_d", 0.004}};
  EXPECT_NEAR(outcome_at(kernel(), soon, "waiting_worth_d"), (0.02 * left - 0.004) / 0.025, 1e-12);
  EXPECT_LT(outcome_at(kernel(), {{"change_hazard", 0}}, "waiting_worth_d"), 0);
}

}  // namespace
}  // namespace truce::testing
