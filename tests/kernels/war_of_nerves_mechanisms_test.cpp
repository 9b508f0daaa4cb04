// Each mechanism of war_of_nerves: what acts through it alone is inert where it is off, and its direction where it is
// on.
#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <string>

#include "tests/kernels/run_kernel.hpp"

namespace truce::testing {
namespace {

const Kernel& kernel() { return *find_kernel("war_of_nerves"); }
std::size_t outcome(std::string_view name) { return index_of(kernel().outcomes, name); }

Changes off(std::string_view name) {
  Changes changes;
  for (const auto& one : kernel().mechanisms[index_of(kernel().mechanisms, name)].off)
    changes.emplace_back(one.input, one.value);
  return changes;
}

/// Crises of some months, so that every mechanism has something to act on.
const Changes lively = {{"escalation", 0.02}, {"trust_initial", 0.6}, {"horizon_months", 240}};
constexpr std::uint32_t count = 20000;
Runs runs_at(const Changes& changes) { return run_with(kernel(), joined(lively, changes), count); }

/// Mean of the change from `from` to `to`, where the outcome is defined in both.
Estimate moved(const Runs& from, const Runs& to, std::string_view name) {
  return estimate(count, [&](std::size_t i) { return to.at(i, outcome(name)) - from.at(i, outcome(name)); });
}

bool same(const Runs& a, const Runs& b, std::string_view name) {
  for (std::size_t i = 0; i < count; ++i) {
    const double x = a.at(i, outcome(name)), y = b.at(i, outcome(name));
    if (x != y && !(std::isnan(x) && std::isnan(y))) return false;
  }
  return true;
}

struct Direction {
  const char *mechanism, *outcome;
  int sign;         ///< of switching it on
  bool moves_wars;  ///< else it acts on the peace alone
  Changes setting;
  Changes inert;  ///< what does nothing while it is off
};

/// All that makes a regime matter, off.
Changes no_regime() {
  Changes changes;
  for (const auto* name : {"insulation", "defiance", "territorial_boost", "doctrine", "cynicism"})
    changes = joined(changes, off(name));
  return changes;
}

const Direction directions[] = {
    // A fears war less, so that D yields
    {"insulation", "settlement_a", 1, true, {}, {}},
    {"defiance", "settlement_a", 1, true, {}, {{"defiance_months", 48}}},
    {"territorial_boost", "settlement_a", 1, true, {}, {}},
    {"doctrine", "anchoring", -1, false, {{"defiance_reward", 0}, {"cynicism", 0}}, {{"doctrine_initial", 0.9}}},
    {"cynicism", "principled", -1, false, {{"doctrine_cost", 0}, {"defiance_reward", 0}, {"trust_initial", 0.2}}, {}},
    {"guarantees", "peace_months", 1, false, {}, {{"patron_support", 0.3}, {"fatigue_rate", 0.03}}},
    {"justice_anchor", "peace_months", 1, false, {{"cynicism", 0}, {"doctrine_cost", 0}, {"defiance_reward", 0}}, {}},
    // towards A, which breaks the peace unless D does so first
    {"shifting_balance", "peace_months", -1, false, {{"guarantee_a", 0}, {"renege_cost_d", 0.5}}, {}},
    {"patron_fatigue", "peace_months", -1, false, {}, {{"patron_floor", 0.5}}},
    {"dramatic_change", "settlement_a", -1, true, {{"change_hazard", 0.01}}, {}},
};

TEST(NervesMechanisms, MoveWhatTheFormulaSays) {
  for (const auto& d : directions) {
    const auto& with = d.setting;
    const auto on = runs_at(with), without = runs_at(joined(with, off(d.mechanism)));
    const auto effect = moved(without, on, d.outcome);
    EXPECT_GT(d.sign * effect.mean, 4 * effect.standard_error) << d.mechanism;
    for (const auto* of_war : {"ending", "war_months", "settlement_a", "crisis_months", "war_chance"})
      EXPECT_TRUE(d.moves_wars || same(on, without, of_war)) << d.mechanism << " moves " << of_war;
    for (const auto& change : d.inert)
      EXPECT_TRUE(without.same_bytes(runs_at(joined(joined(with, {change}), off(d.mechanism)))))
          << change.first << " acts although " << d.mechanism << " is off";
  }
}

TEST(NervesMechanisms, AreAllTested) {
  std::set<std::string_view> tested = {"audience_costs"};
  for (const auto& d : directions) tested.insert(d.mechanism);
  for (const auto& one : kernel().mechanisms) EXPECT_TRUE(tested.contains(one.name)) << one.name;
  EXPECT_EQ(tested.size(), kernel().mechanisms.size());
}

TEST(NervesMechanisms, TheRegimeActsThroughThemAlone) {
  const auto democrats = runs_at(joined(no_regime(), {{"autocracy_a", 0}, {"autocracy_d", 0}}));
  EXPECT_TRUE(democrats.same_bytes(runs_at(joined(no_regime(), {{"autocracy_a", 1}, {"autocracy_d", 0.6}}))));
  EXPECT_FALSE(democrats.same_bytes(runs_at({})));
}

/// Raising both shortens the crisis and leaves the risk; without any a crisis ends at once or not at all.
TEST(NervesMechanisms, AudienceCostsWorkTheOtherWay) {
  const Changes still = {{"change_hazard", 0}};
  const auto low = runs_at(joined(still, {{"audience_cost_a", 0.2}, {"audience_cost_d", 0.1}}));
  const auto high = runs_at(joined(still, {{"audience_cost_a", 0.8}, {"audience_cost_d", 0.4}}));
  const auto shorter = moved(low, high, "crisis_months");
  EXPECT_LT(shorter.mean, -4 * shorter.standard_error);
  for (const auto* risk : {"escalated", "conceded_at_once"}) {
    const auto change = moved(low, high, risk);
    EXPECT_EQ(change.mean, 0) << risk;  // the same types do the same, only sooner
  }
  // one side's alone: what it stakes makes the other yield
  const auto staked = moved(runs_at(joined(still, {{"audience_cost_a", 0.1}})),
                            runs_at(joined(still, {{"audience_cost_a", 0.9}})), "settlement_a");
  EXPECT_GT(staked.mean, 4 * staked.standard_error);
  const auto none = runs_at(joined(still, off("audience_costs")));
  int ongoing = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const bool at_once = none.at(i, outcome("conceded_at_once")) == 1;
    EXPECT_EQ(none.at(i, outcome("ending")), at_once ? 0 : 3);
    ongoing += !at_once;
  }
  EXPECT_GT(ongoing, 1000);
  EXPECT_TRUE(none.same_bytes(runs_at(joined(joined(still, off("audience_costs")), {{"escalation", 0.5}}))));
}

/// Without private information the inputs of the crisis do nothing.
TEST(NervesMechanisms, AttritionKnowsNoAudience) {
  const Changes open = {{"information", 1}};
  for (const Changes& change : {Changes{{"escalation", 0.5}}, {{"war_cost_spread", 6}}, {{"audience_cost_a", 1}}})
    EXPECT_TRUE(runs_at(open).same_bytes(runs_at(joined(open, change)))) << change[0].first;
  EXPECT_FALSE(runs_at(open).same_bytes(runs_at({})));
}

}  // namespace
}  // namespace truce::testing
