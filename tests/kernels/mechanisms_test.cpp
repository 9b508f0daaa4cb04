// Each mechanism of anchored_peace: its off values make what acts through it alone inert, its default does not.
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <string>

#include "tests/kernels/months.hpp"

namespace truce::testing {
namespace {

/// A point where both sides often settle, so that every mechanism has something to act on.
const Changes lively = {{"war_cost_a", 0.008}, {"war_cost_d", 0.008}, {"battle_volatility", 0.04}};

const Kernel& kernel() { return *find_kernel("anchored_peace"); }

const Mechanism& mechanism(std::string_view name) { return kernel().mechanisms[index_of(kernel().mechanisms, name)]; }

Changes off(std::string_view name) {
  Changes changes;
  for (const auto& one : mechanism(name).off) changes.emplace_back(one.input, one.value);
  return changes;
}

Runs runs_at(const Changes& changes) { return run_with(kernel(), joined(lively, changes), 600); }

double mean_of(const Runs& runs, std::string_view outcome) {
  return estimate(runs, index_of(kernel().outcomes, outcome)).mean;
}

/// With the mechanism off, `moved` changes no byte; with it on, it does. Both within `setting`.
void expect_gated(std::string_view name, const Changes& moved, const Changes& setting = {}, const Changes& on = {}) {
  const auto switched_off = joined(setting, off(name)), switched_on = joined(setting, on);
  const auto without = runs_at(switched_off), with = runs_at(switched_on);
  for (const auto& change : moved) {
    EXPECT_TRUE(without.same_bytes(runs_at(joined(switched_off, {change}))))
        << change.first << " acts although " << name << " is off";
    EXPECT_FALSE(with.same_bytes(runs_at(joined(switched_on, {change}))))
        << change.first << " does nothing although " << name << " is on";
  }
}

/// All that makes A's regime matter, off.
Changes no_regime() {
  Changes changes;
  for (const auto* name : {"insulation", "defiance", "territorial_boost", "doctrine", "cynicism", "indivisibility"})
    changes = joined(changes, off(name));
  return changes;
}

TEST(Mechanisms, InsulationOff) {
  expect_gated("insulation", {{"autocracy_a", 0.4}, {"autocracy_d", 0.7}}, no_regime(), {{"cost_insulation", 0.5}});
}

TEST(Mechanisms, DefianceOff) {
  expect_gated("defiance", {{"defiance_months", 48}});
  expect_gated("defiance", {{"autocracy_a", 0.4}, {"autocracy_d", 0.7}}, no_regime(), {{"defiance_reward", 0.001}});
}

TEST(Mechanisms, AudienceCostsOff) {
  expect_gated("audience_costs", {{"claim_a", 0.6}, {"claim_d", 0.6}, {"claim_adjustment", 3}, {"momentum_months", 3}});
}

TEST(Mechanisms, TerritorialBoostOff) {
  expect_gated("territorial_boost", {{"autocracy_a", 0.4}}, no_regime(), {{"territorial_boost", 0.2}});
}

TEST(Mechanisms, MomentumOff) { expect_gated("momentum", {{"momentum_months", 3}}); }

TEST(Mechanisms, DoctrineOff) {
  expect_gated("doctrine", {{"doctrine_initial", 0.9}, {"doctrine_months", 6}});
  expect_gated("doctrine", {{"autocracy_a", 0.4}, {"autocracy_d", 0.7}}, no_regime(), {{"doctrine_cost", 0.15}});
}

TEST(Mechanisms, CynicismOff) {
  expect_gated("cynicism", {{"autocracy_a", 0.4}, {"autocracy_d", 0.7}}, no_regime(), {{"cynicism", 0.8}});
}

TEST(Mechanisms, IndivisibilityOff) {
  expect_gated("indivisibility", {{"collective_formula", 0.5}});
  expect_gated("indivisibility", {{"autocracy_a", 0.4}}, no_regime(), {{"indivisibility", 4}});
}

TEST(Mechanisms, IndivisibilityIsInertWhereLandCanCompensate) {
  const Changes land = {{"security_weight", 0.5}};
  const auto divisible = runs_at(joined(land, {{"indivisibility", 1}}));
  const auto whole = runs_at(joined(land, {{"indivisibility", 12}}));
  for (const auto* outcome : {"war_months", "settlement_a", "wars"})
    EXPECT_NEAR(mean_of(divisible, outcome), mean_of(whole, outcome), 1e-9) << outcome;
}

TEST(Mechanisms, GuaranteesOff) {
  expect_gated("guarantees", {{"patron_support", 0.3}, {"patron_floor", 0.5}, {"fatigue_rate", 0.03}},
               {{"aid_effect", 0}});
}

TEST(Mechanisms, JusticeAnchorOff) { expect_gated("justice_anchor", {{"cynicism", 0.1}}); }

/// Without drift neither side gains by waiting: mirrored promises are worth the same to either side.
TEST(Mechanisms, ShiftingBalanceOff) {
  EXPECT_EQ(mechanism("shifting_balance").off[0].input, "balance_drift");
  const auto gap = [](double drift) {
    const peace::Deal<double> deal{0.5, 0.5, 0.4, 0.4, escape(drift, motion(0.000225, 0.005))};
    const auto promise = peace::promise(deal, Holds<double>{0.1, 0.1});
    return peace::worth_to_a(deal, promise) - peace::worth_to_d(deal, promise);
  };
  EXPECT_NEAR(gap(mechanism("shifting_balance").off[0].value), 0, 1e-15);
  EXPECT_GT(gap(0.001), 0.01);
  EXPECT_FALSE(runs_at(off("shifting_balance")).same_bytes(runs_at({})));
}

TEST(Mechanisms, PatronFatigueOff) { expect_gated("patron_fatigue", {{"patron_floor", 0.5}}); }

TEST(Mechanisms, DramaticChangeOff) {
  EXPECT_EQ(mean_of(runs_at(off("dramatic_change")), "changed"), 0);
  EXPECT_GT(mean_of(runs_at({}), "changed"), 0.1);
}

/// Without optimism both expect the same war, so that the disagreement about it blocks no talks.
TEST(Mechanisms, OptimismOff) {
  const Changes cheap = {{"war_cost_a", 0.002}, {"war_cost_d", 0.002}};
  EXPECT_EQ(mean_of(runs_at(joined(cheap, off("optimism"))), "blocked_information"), 0);
  EXPECT_GT(mean_of(runs_at(cheap), "blocked_information"), 0.1);
}

TEST(Mechanisms, AidOff) {
  expect_gated("aid", {{"patron_support", 0.3}, {"patron_floor", 0.5}, {"withdrawal_hazard", 0.02}},
               {{"guarantee_a", 0}});
}

TEST(Mechanisms, TalksOff) {
  const auto silent = runs_at(off("talks"));
  const auto outcome = [](std::string_view name) { return index_of(kernel().outcomes, name); };
  for (std::size_t run = 0; run < silent.count(); ++run) {
    EXPECT_NE(silent.at(run, outcome("ending")), 0);
    EXPECT_TRUE(std::isnan(silent.at(run, outcome("imperfect_peace_d"))));
  }
  expect_gated("talks",
               {{"bargaining_power", 0.7},
                {"just_share", 0.3},
                {"security_weight", 0.4},
                {"claim_a", 0.6},
                {"justice_anchor", 0.5},
                {"autocracy_a", 0.4},
                {"renege_cost_a", 0.3}},
               {{"change_hazard", 0}});
}

/// Every declared mechanism has its test above.
TEST(Mechanisms, AllAreTested) {
  const std::map<std::string, int> tested = {
      {"insulation", 1}, {"defiance", 1},         {"audience_costs", 1}, {"territorial_boost", 1},
      {"momentum", 1},   {"doctrine", 1},         {"cynicism", 1},       {"indivisibility", 1},
      {"guarantees", 1}, {"justice_anchor", 1},   {"optimism", 1},       {"aid", 1},
      {"talks", 1},      {"shifting_balance", 1}, {"patron_fatigue", 1}, {"dramatic_change", 1}};
  for (const auto& one : kernel().mechanisms) EXPECT_TRUE(tested.contains(std::string(one.name))) << one.name;
  EXPECT_EQ(tested.size(), kernel().mechanisms.size());
}

/// Two democracies alike in everything, on a front that favours neither: A and D must fare alike.
TEST(Symmetry, EqualDemocraciesFareAlike) {
  const auto runs = run_with(kernel(),
                             joined(lively, {{"autocracy_a", 0},
                                             {"autocracy_d", 0},
                                             {"aid_effect", 0},
                                             {"guarantee_a", 0},
                                             {"just_share", 0.5},
                                             {"balance_drift", 0},
                                             {"security_weight", 0.5},
                                             {"change_hazard", 0},
                                             {"optimism_a", 0.008},
                                             {"optimism_d", 0.008},
                                             {"war_cost_a", 0.004},
                                             {"war_cost_d", 0.004}}),
                             20000);
  const auto a = index_of(kernel().outcomes, "welfare_a"), d = index_of(kernel().outcomes, "welfare_d");
  const auto gap = estimate(runs.count(), [&](std::size_t i) { return runs.at(i, a) - runs.at(i, d); });
  EXPECT_NEAR(gap.mean, 0, 4 * gap.standard_error);
  EXPECT_GT(gap.standard_error, 0);
  const auto favour = estimate(runs.count(), [&](std::size_t i) {
    const double ending = runs.at(i, index_of(kernel().outcomes, "ending"));
    return ending == 1 ? 1.0 : ending == 2 ? -1.0 : 0.0;
  });
  EXPECT_NEAR(favour.mean, 0, 4 * favour.standard_error);
}

}  // namespace
}  // namespace truce::testing
