// The signs that the memo expects, each measured on common random numbers: effect, standard error, verdict.
//
// A verdict is what the model says, not what it should say: the tests assert the instrument only.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>
#include <string>

#include "tests/kernels/run_kernel.hpp"

namespace truce::testing {
namespace {

constexpr std::uint32_t replicates = 20000;

const Kernel& kernel() { return *find_kernel("anchored_peace"); }

double at(const Runs& runs, std::size_t run, std::string_view outcome) {
  return runs.at(run, index_of(kernel().outcomes, outcome));
}

/// 1 if the first war ended in a settlement.
double settled(const Runs& runs, std::size_t run) { return at(runs, run, "ending") == 0 ? 1 : 0; }

/// 1 if it did so within two years: the measure of delay, defined for every history.
double settled_early(const Runs& runs, std::size_t run) {
  return at(runs, run, "ending") == 0 && at(runs, run, "war_months") <= 24 ? 1 : 0;
}

/// Months of the first peace, missing without a settlement: pairs count where both legs settled.
double peace_months(const Runs& runs, std::size_t run) { return at(runs, run, "peace_months"); }

double principled(const Runs& runs, std::size_t run) { return at(runs, run, "principled"); }

struct Leg {
  double weight;
  Changes changes;
};

/// Rising effect: to less from.
std::vector<Leg> rise(const Changes& from, const Changes& to) { return {{1, to}, {-1, from}}; }

/// How much more `from` -> `to` does under `with` than under `without`.
std::vector<Leg> extra(const Changes& from, const Changes& to, const Changes& without, const Changes& with) {
  return {{1, joined(with, to)}, {-1, joined(with, from)}, {-1, joined(without, to)}, {1, joined(without, from)}};
}

/// Holds if the effect has the expected sign by more than 3 standard errors, fails if the other sign.
std::string verdict_of(const Estimate& effect, int expected) {
  const double toward = expected * effect.mean;
  if (toward > 3 * effect.standard_error) return "holds";
  return toward < -3 * effect.standard_error ? "fails" : "undecided";
}

using Measure = double (*)(const Runs&, std::size_t);

Estimate effect_of(const std::vector<Leg>& legs, const Changes& point, Measure measure) {
  std::vector<Runs> runs;
  for (const auto& leg : legs) runs.push_back(run_with(kernel(), joined(point, leg.changes), replicates));
  bool any = false;
  const auto effect = estimate(replicates, [&](std::size_t run) {
    double sum = 0;
    for (std::size_t i = 0; i < legs.size(); ++i) sum += legs[i].weight * measure(runs[i], run);
    any = any || sum != 0;
    return sum;
  });
  EXPECT_TRUE(any) << "no history differs: the point says nothing about this sign";
  return effect;
}

struct Point {
  std::string name;
  Changes changes;
};

Point defaults() { return {"defaults", {}}; }

/// Where most wars end at the table.
Point costly_war() {
  return {"costly war", {{"war_cost_a", 0.008}, {"war_cost_d", 0.008}, {"battle_volatility", 0.04}}};
}

struct Sign {
  std::string statement;
  std::vector<Leg> legs;
  Measure measure;
  int expected;
};

/// Measures at `points`, records, and prints a row of the table for each.
void report(const Sign& sign, const std::vector<Point>& points = {defaults(), costly_war()}) {
  for (const auto& point : points) {
    const auto effect = effect_of(sign.legs, point.changes, sign.measure);
    const auto verdict = verdict_of(effect, sign.expected);
    std::printf("| %s | %s | %c | %.4g | %.2g | %zu | %s |\n", sign.statement.c_str(), point.name.c_str(),
                sign.expected > 0 ? '+' : '-', effect.mean, effect.standard_error, effect.count, verdict.c_str());
    std::string key = point.name;
    std::replace(key.begin(), key.end(), ' ', '_');
    ::testing::Test::RecordProperty(key + "_effect", std::to_string(effect.mean));
    ::testing::Test::RecordProperty(key + "_standard_error", std::to_string(effect.standard_error));
    ::testing::Test::RecordProperty(key + "_verdict", verdict);
    EXPECT_GT(effect.standard_error, 0);
    EXPECT_GE(effect.count, 100U);
  }
}

const Changes no_guarantee = {{"guarantee_a", 0}, {"guarantee_d", 0}};

TEST(Signs, AutocracyLowersSettlement) {
  report({"autocracy_a 0 -> 1: share settled", rise({{"autocracy_a", 0}}, {{"autocracy_a", 1}}), settled, -1});
}

TEST(Signs, AutocracyShortensPeaceWithoutGuarantee) {
  report({"autocracy_a 0 -> 1, no guarantee: months of peace",
          rise(joined(no_guarantee, {{"autocracy_a", 0}}), joined(no_guarantee, {{"autocracy_a", 1}})), peace_months,
          -1});
}

TEST(Signs, AShiftingBalanceMakesAutocracyWorse) {
  report({"the same, balance_drift 0.001 against 0: months of peace",
          extra({{"autocracy_a", 0}}, {{"autocracy_a", 1}}, joined(no_guarantee, {{"balance_drift", 0}}),
                joined(no_guarantee, {{"balance_drift", 0.001}})),
          peace_months, -1});
}

/// A strong shift leaves so little peace under either regime that autocracy has less of it to take away.
TEST(Signs, AStrongShiftOfTheBalanceMakesAutocracyWorse) {
  report({"the same, balance_drift 0.003 against 0: months of peace",
          extra({{"autocracy_a", 0}}, {{"autocracy_a", 1}}, joined(no_guarantee, {{"balance_drift", 0}}),
                joined(no_guarantee, {{"balance_drift", 0.003}})),
          peace_months, -1},
         {costly_war()});
}

TEST(Signs, AGuaranteeLengthensPeace) {
  report(
      {"guarantee_a 0 -> 0.6: months of peace", rise({{"guarantee_a", 0}}, {{"guarantee_a", 0.6}}), peace_months, 1});
}

TEST(Signs, AJusticeAnchorLengthensPeace) {
  report({"justice_anchor 0 -> 0.6: months of peace", rise({{"justice_anchor", 0}}, {{"justice_anchor", 0.6}}),
          peace_months, 1});
}

TEST(Signs, AudienceCostsDelaySettlement) {
  report({"audience_cost_a, _d 0 -> 0.6: share settled in 24 months",
          rise({{"audience_cost_a", 0}, {"audience_cost_d", 0}}, {{"audience_cost_a", 0.6}, {"audience_cost_d", 0.6}}),
          settled_early, -1});
}

TEST(Signs, MomentumBringsSettlementEarlier) {
  report({"claim_adjustment 0 -> 20: share settled in 24 months",
          rise({{"claim_adjustment", 0}}, {{"claim_adjustment", 20}}), settled_early, 1});
}

TEST(Signs, CynicismLowersThePrincipledShare) {
  report(
      {"cynicism 0 -> 1: principled share of settlements", rise({{"cynicism", 0}}, {{"cynicism", 1}}), principled, -1});
}

TEST(Signs, DoctrineLowersThePrincipledShare) {
  report({"doctrine_cost 0 -> 0.3: principled share of settlements",
          rise({{"doctrine_cost", 0}}, {{"doctrine_cost", 0.3}}), principled, -1});
}

TEST(Signs, IndivisibilityLowersSettlement) {
  report(
      {"indivisibility 1 -> 12: share settled", rise({{"indivisibility", 1}}, {{"indivisibility", 12}}), settled, -1});
}

TEST(Signs, ACollectiveFormulaRaisesSettlement) {
  report({"collective_formula 0 -> 1: share settled", rise({{"collective_formula", 0}}, {{"collective_formula", 1}}),
          settled, 1});
}

TEST(Signs, DefianceLowersSettlement) {
  report({"defiance_reward 0 -> 0.004: share settled", rise({{"defiance_reward", 0}}, {{"defiance_reward", 0.004}}),
          settled, -1});
}

TEST(Signs, FatigueShortensPeace) {
  report({"fatigue_rate 0 -> 0.03: months of peace", rise({{"fatigue_rate", 0}}, {{"fatigue_rate", 0.03}}),
          peace_months, -1});
}

TEST(Signs, AChangeOfApproachRaisesSettlement) {
  report(
      {"change_hazard 0 -> 0.01: share settled", rise({{"change_hazard", 0}}, {{"change_hazard", 0.01}}), settled, 1});
}

TEST(Signs, AChangeOfApproachDoesMoreTheMoreAutocraticAIs) {
  report({"the same, autocracy_a 1 against 0.5: share settled",
          extra({{"change_hazard", 0}}, {{"change_hazard", 0.01}}, {{"autocracy_a", 0.5}}, {{"autocracy_a", 1}}),
          settled, 1});
}

TEST(Signs, OptimismDelaysSettlement) {
  report({"optimism_a, _d 0 -> 0.008: share settled in 24 months",
          rise({{"optimism_a", 0}, {"optimism_d", 0}}, {{"optimism_a", 0.008}, {"optimism_d", 0.008}}), settled_early,
          -1});
}

/// The pairs share their draws: equal inputs give equal histories, and another seed gives others.
TEST(Instrument, PairsShareTheirDraws) {
  const auto one = run_with(kernel(), {}, 200), two = run_with(kernel(), {}, 200);
  EXPECT_TRUE(one.same_bytes(two));
  EXPECT_FALSE(one.same_bytes(run_with(kernel(), {}, 200, 862)));
  // an input that no draw depends on leaves who wins the war without talks as it was, history by history
  const Changes silent = {{"talks_every", 0}};
  const auto cheap = run_with(kernel(), silent, 200),
             dear = run_with(kernel(), joined(silent, {{"war_cost_a", 0.01}}), 200);
  for (std::size_t run = 0; run < cheap.count(); ++run) {
    EXPECT_EQ(at(cheap, run, "war_months"), at(dear, run, "war_months"));
    EXPECT_GT(at(cheap, run, "welfare_a"), at(dear, run, "welfare_a"));
  }
}

TEST(Instrument, VerdictsFollowThreeStandardErrors) {
  EXPECT_EQ(verdict_of({100, -4, 1}, -1), "holds");
  EXPECT_EQ(verdict_of({100, 4, 1}, -1), "fails");
  EXPECT_EQ(verdict_of({100, -2.9, 1}, -1), "undecided");
  EXPECT_EQ(verdict_of({100, 2.9, 1}, 1), "undecided");
}

/// The estimator itself, on numbers whose mean and variance are known.
TEST(Instrument, EstimatesLeaveMissingValuesOut) {
  const double values[] = {1, std::numeric_limits<double>::quiet_NaN(), 3, 8};
  const auto e = estimate(4, [&](std::size_t i) { return values[i]; });
  EXPECT_EQ(e.count, 3U);
  EXPECT_NEAR(e.mean, 4, 1e-15);
  EXPECT_NEAR(e.standard_error, std::sqrt(13.0 / 3), 1e-15);
}

}  // namespace
}  // namespace truce::testing
