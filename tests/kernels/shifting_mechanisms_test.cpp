// The mechanisms of shifting_power: which way each moves the guarantee needed and the war, and where it is inert.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/kernels/shifting_points.hpp"

namespace truce::testing {
namespace {

std::size_t outcome(std::string_view name) { return index_of(shifting_kernel().outcomes, name); }

double needed(const Changes& changes) { return shifting_with(changes).war.guarantee_needed; }

/// From all of A's terms at home as they stand by default.
TEST(ShiftingMechanisms, MoveTheGuaranteeNeededAsTheirFormulasSay) {
  struct Move {
    std::string_view input;
    double from, to;
    int sign;  ///< of the change of g*
  };
  const Move moves[] = {
      {"power_shift", 0.1, 0.2, 1},      {"war_cost_a", 0.004, 0.008, -1}, {"war_cost_d", 0.004, 0.008, -1},
      {"protected_share", 0.2, 0.6, -1}, {"cost_insulation", 0.2, 0.7, 1}, {"defiance_reward", 0, 0.002, 1},
      {"audience_cost_a", 0, 0.3, 1},    {"audience_cost_d", 0, 0.3, 1},   {"all_or_nothing", 1, 1.8, 1},
      {"collective_formula", 0, 1, -1},  {"tenure_settled", 0.4, 0.7, -1}, {"tenure_won", 0.8, 1, 1},
      {"autocracy_a", 0.2, 0.9, 1},      {"guarantee_a", 0.1, 0.5, 0},     {"fatigue_rate", 0, 0.03, 0},
      {"justice_anchor", 0, 0.5, 0},     {"change_hazard", 0, 0.01, 0}};
  for (const auto& move : moves) {
    const double change = needed({{move.input, move.to}}) - needed({{move.input, move.from}});
    EXPECT_EQ((change > 1e-6) - (change < -1e-6), move.sign) << move.input << " " << change;
  }
}

/// What office is worth raises A's least share where war keeps it in office more often than the peace it would take.
TEST(ShiftingMechanisms, OfficeAsksForMoreWhereWarKeepsIt) {
  const Changes safe = {{"tenure_settled", 0.8}}, risky = {{"tenure_settled", 0.2}}, high = {{"office_stakes", 0.3}};
  EXPECT_LT(needed(joined(safe, high)), needed(safe));
  EXPECT_GT(needed(joined(risky, high)), needed(risky));
}

Estimate settled_more(const Changes& than, const Changes& changes, std::uint32_t runs = 20000) {
  const auto first = run_with(shifting_kernel(), than, runs), second = run_with(shifting_kernel(), changes, runs);
  const auto settles = [](const Runs& all, std::size_t run) { return all.at(run, outcome("ending")) == 0 ? 1 : 0; };
  return estimate(runs, [&](std::size_t run) { return double(settles(second, run) - settles(first, run)); });
}

TEST(ShiftingMechanisms, GuaranteesTurnWarIntoPeaceFromTheGuaranteeNeededOn) {
  const Changes war = {{"power_shift", 0.25}, {"patron_support", 0.5}, {"horizon_months", 60}};
  const double least = needed(war) / 0.5;
  const auto below = joined(war, {{"guarantee_a", least - 1e-6}}), above = joined(war, {{"guarantee_a", least + 1e-6}});
  EXPECT_GT(shifting_with(below).war.settles, 1);
  EXPECT_EQ(shifting_with(above).war.settles, 1);
  const auto more = settled_more(below, above);
  EXPECT_GT(more.mean, 10 * more.standard_error);
}

TEST(ShiftingMechanisms, AChangeOfApproachSettlesWhatAutocracyDoesNot) {
  const Changes stuck = {{"guarantee_a", 0}, {"change_hazard", 0}, {"horizon_months", 60}};
  EXPECT_GE(shifting_with(stuck).war.settles, shifting::never);
  const auto more = settled_more(stuck, joined(stuck, {{"change_hazard", 0.02}}));
  EXPECT_GT(more.mean, 10 * more.standard_error);
}

/// With `off` made, `moved` changes nothing of war and terms; without it, it does.
void expect_inert(const Changes& at, const Changes& off, const Changes& moved) {
  const auto plan = [](const Changes& changes) {
    const auto k = shifting_with(joined({{"change_hazard", 0.01}}, changes)).war;
    return std::vector<double>{k.settles,  k.terms_a,           k.guarantee_needed,
                               k.obstacle, k.settlement_chance, k.expected_war_months};
  };
  for (const auto& change : moved) {
    EXPECT_EQ(plan(joined(at, joined(off, {change}))), plan(joined(at, off))) << change.first;
    EXPECT_NE(plan(joined(at, {change})), plan(at)) << change.first;
  }
}

TEST(ShiftingMechanisms, AreInertWhereTheyAreOff) {
  const Changes lively = {{"power_shift", 0.3}};
  expect_inert(lively, {{"power_shift", 0}}, {{"shift_months", 20}});
  expect_inert(lively, {{"audience_cost_a", 0}, {"audience_cost_d", 0}}, {{"claim_a", 0.9}, {"claim_d", 0.7}});
  expect_inert(lively, {{"office_stakes", 0}},
               {{"tenure_settled", 0.3}, {"tenure_with_share", 0.1}, {"tenure_won", 0.7}, {"tenure_lost", 0.1}});
  expect_inert(lively, {{"all_or_nothing", 1}}, {{"collective_formula", 0.6}});
  expect_inert(lively, {{"defiance_reward", 0}}, {{"defiance_months", 40}});
  expect_inert({{"power_shift", 0.3}, {"initial_position", 0.4}, {"audience_cost_a", 0}}, {{"territorial_boost", 0}},
               {{"held_share", 0.75}});
  expect_inert(lively, {{"guarantee_a", 0}}, {{"patron_support", 0.9}});
}

/// The side that rises has no use for its guarantee, and nobody foresees fatigue: war does not know of either.
TEST(ShiftingMechanisms, WarDoesNotKnowOfFatigueAndTheOtherSidesGuarantee) {
  const Changes at = {{"power_shift", 0.3}, {"guarantee_a", 0.2}, {"horizon_months", 60}};
  const auto runs = run_with(shifting_kernel(), at, 2000);
  const std::pair<std::string_view, double> inert[] = {
      {"fatigue_rate", 0.03}, {"withdrawal_hazard", 0.02}, {"guarantee_d", 0.3}};
  for (const auto& change : inert) {
    const auto moved = run_with(shifting_kernel(), joined(at, {change}), 2000);
    EXPECT_FALSE(runs.same_bytes(moved)) << change.first;  // peace does
    for (std::size_t run = 0; run < runs.count(); ++run)
      for (const auto name : {"ending", "war_months"})
        EXPECT_EQ(runs.at(run, outcome(name)), moved.at(run, outcome(name))) << change.first;
  }
}

/// A peace that nothing holds and no chance moves.
Changes still() {
  return {{"balance_volatility", 0}, {"balance_drift", 0},  {"renege_cost_a", 0},
          {"renege_cost_d", 0},      {"justice_anchor", 0}, {"horizon_months", 120}};
}

TEST(ShiftingMechanisms, TheRestOfThePathBreaksAPeaceWhoseTermsItOutgrows) {
  const Changes at = joined(lumps(0.06, 0.08, 0.01),
                            joined(still(), {{"power_shift", 0.3}, {"shift_months", 60}, {"protected_share", 0.9}}));
  const auto p = shifting_with(at);
  ASSERT_GT(p.war.terms_a, 0.5 - 0.06);
  const double outgrown = p.war.terms_a + 0.06;  // where A would rather fight
  int month = static_cast<int>(p.war.settles);
  while (0.5 + 0.3 * month / 60 < outgrown) ++month;
  ASSERT_GT(month, p.war.settles + 2);
  ASSERT_LT(month, 60);
  const auto runs = run_with(shifting_kernel(), at, 100);
  for (std::size_t run = 0; run < runs.count(); ++run) {
    if (runs.at(run, outcome("ending")) != 0) continue;
    EXPECT_EQ(runs.at(run, outcome("peace_months")), month - 0.5 - (p.war.settles - 1));
  }
  const auto steady = run_with(shifting_kernel(), joined(at, {{"power_shift", 0}}), 100);
  EXPECT_EQ(estimate(steady, outcome("relapsed")).mean, 0);
}

/// What D gives now for what the guarantee brings later is no reason to break the peace at once.
TEST(ShiftingMechanisms, WhatAGuaranteeBringsLaterHoldsDToPoorTerms) {
  const Changes at = joined(joined(lumps(0.06, 0.08, 0.005), still()),
                            {{"power_shift", 0.3}, {"guarantee_a", 0.5}, {"patron_support", 1}, {"fatigue_rate", 0}});
  const auto p = shifting_with(at);
  EXPECT_EQ(p.war.settles, 1);
  EXPECT_LT(1 - p.war.terms_a, 0.5 - 0.08);  // its share alone is worth less than war
  EXPECT_EQ(estimate(run_with(shifting_kernel(), at, 100), outcome("relapsed")).mean, 0);
}

}  // namespace
}  // namespace truce::testing
