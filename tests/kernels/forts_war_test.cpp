// The simulated war over forts against its exact ends, and what each mechanism does to it.
#include <gtest/gtest.h>

#include <cmath>

#include "kernels/forts.hpp"
#include "tests/kernels/run_kernel.hpp"

namespace truce::testing {
namespace {

const Kernel& kernel() { return *find_kernel("forts"); }
std::size_t outcome(std::string_view name) { return index_of(kernel().outcomes, name); }
double mean(const Runs& runs, std::string_view name) { return estimate(runs, outcome(name)).mean; }

/// All that acts at home or through the patron, off; peace over after a month, to save time.
const Changes bare = {{"audience_cost_a", 0},      {"audience_cost_d", 0},   {"all_or_nothing", 1},
                      {"office_stakes", 0},        {"territorial_boost", 0}, {"cost_insulation", 0},
                      {"defiance_reward", 0},      {"battle_aid", 0},        {"casualty_slope", 0},
                      {"change_hazard", 0},        {"durability", 2},        {"temptation", 10},
                      {"detection_months", 12000}, {"horizon_months", 12000}};

Runs runs_at(const Changes& changes, std::uint32_t runs) { return run_with(kernel(), joined(bare, changes), runs); }

Estimate share(const Runs& runs, double ending) {
  return estimate(runs.count(), [&](std::size_t i) { return runs.at(i, outcome("ending")) == ending ? 1.0 : 0.0; });
}

/// Every run of the sample has the exact ends of its point as outcomes.
void expect_exact_ends(const Changes& changes, std::uint32_t count) {
  const auto runs = runs_at(changes, count);
  const double win = runs.at(0, outcome("win_chance_exact")), settled = runs.at(0, outcome("settlement_exact"));
  const auto a = share(runs, 1), deals = share(runs, 0), battles = estimate(runs, outcome("battles"));
  EXPECT_NEAR(a.mean, win, 4 * a.standard_error + 1e-9);
  EXPECT_NEAR(deals.mean, settled, 4 * deals.standard_error + 1e-9);
  EXPECT_NEAR(battles.mean, runs.at(0, outcome("battles_exact")), 4 * battles.standard_error + 1e-9);
  std::printf("won %.5f (%.5f), settled %.5f (%.5f), battles %.4f (%.4f)\n", a.mean, win, deals.mean, settled,
              battles.mean, runs.at(0, outcome("battles_exact")));
}

constexpr std::uint32_t million = 1000000;

TEST(FortsWar, IsTheAbsorbingChainWithoutTalks) {
  const Changes silent = {{"talks_battles", 0}, {"fort_count", 10}};
  expect_exact_ends(joined(silent, {{"repeat_chance", 0.5}, {"stalemate", 0}}), million);
  expect_exact_ends(
      joined(silent, {{"repeat_chance", 0.5}, {"stalemate", 0.4}, {"battle_chance", 0.6}, {"initial_position", 0.3}}),
      million);
  expect_exact_ends(joined(silent, {{"repeat_chance", 0.7}, {"battle_chance", 0.55}}), million);
  expect_exact_ends(
      joined(silent, {{"repeat_chance", 0.3}, {"battle_aid", 0.1}, {"fatigue_rate", 0}, {"withdrawal_hazard", 0}}),
      million);
}

TEST(FortsWar, EndsAsThePropagationSays) {
  const Changes long_talks = {{"fort_count", 10},         {"war_cost_a", 0.005},  {"war_cost_d", 0.005},
                              {"stalemate", 0},           {"repeat_chance", 0.5}, {"prior_strength", 12},
                              {"optimism_share", 1.0 / 6}};
  expect_exact_ends(long_talks, million);
  expect_exact_ends({{"stalemate", 0.3}, {"repeat_chance", 0.65}, {"war_cost_a", 0.002}, {"war_cost_d", 0.002}},
                    million);
}

/// At home an autocrat refuses what it accepts once it has changed its approach: 26 % settle instead of 1 %.
TEST(FortsWar, EndsAsThePropagationSaysWhenAChangesItsApproach) {
  expect_exact_ends({{"all_or_nothing", 2},
                     {"territorial_boost", 0.3},
                     {"change_hazard", 0.03},
                     {"stalemate", 0.4},
                     {"optimism_share", 0.08},
                     {"war_cost_a", 0.002},
                     {"war_cost_d", 0.002},
                     {"fort_count", 12}},
                    million);
}

/// Printed: (8, 4) against (4, 8), p = 1/2, talks for ever; the 0.3 % of wars that last 120 battles may differ.
TEST(FortsWar, SettlesAsOftenAsPrinted) {
  const auto runs = runs_at({{"fort_count", 10},
                             {"war_cost_a", 0.005},
                             {"war_cost_d", 0.005},
                             {"stalemate", 0},
                             {"repeat_chance", 0.5},
                             {"prior_strength", 12},
                             {"optimism_share", 1.0 / 6}},
                            million);
  EXPECT_NEAR(runs.at(0, outcome("settlement_exact")), 0.0779169345147, 0.003);
  EXPECT_NEAR(runs.at(0, outcome("battles_exact")), 23.5090395958, 0.3);
}

/// A war without talks between equals is a +-1 walk from 0 between two constant bounds: A10b's exact rationals.
TEST(FortsWar, LastsAsTheLatticeSays) {
  const double months[] = {10, 30, 60};
  const double five_five[] = {0.78125, 0.287254806608, 0.0637466196434};
  const double three_seven[] = {0.634765625, 0.232394086197, 0.0515720986254};
  for (const bool offset : {false, true}) {
    const auto runs = runs_at({{"talks_battles", 0},
                               {"fort_count", 10},
                               {"repeat_chance", 0.5},
                               {"stalemate", 0},
                               {"initial_position", offset ? 0.7 : 0.5}},
                              million);
    for (int i = 0; i < 3; ++i) {
      const auto lasts = estimate(
          runs.count(), [&](std::size_t run) { return runs.at(run, outcome("war_months")) > months[i] ? 1.0 : 0.0; });
      EXPECT_NEAR(lasts.mean, (offset ? three_seven : five_five)[i], 4 * lasts.standard_error);
    }
  }
}

TEST(FortsWar, HasNoExactEndsWhereTheChanceOfABattleMoves) {
  EXPECT_TRUE(std::isnan(run_with(kernel(), {}, 1).at(0, outcome("win_chance_exact"))));
  EXPECT_FALSE(std::isnan(run_with(kernel(), {{"battle_aid", 0}}, 1).at(0, outcome("battles_exact"))));
  EXPECT_FALSE(std::isnan(run_with(kernel(), {{"patron_support", 0}}, 1).at(0, outcome("settlement_exact"))));
  const Changes steady = {{"fatigue_rate", 0}, {"withdrawal_hazard", 0}};
  EXPECT_TRUE(std::isnan(run_with(kernel(), steady, 1).at(0, outcome("win_chance_exact"))));
  EXPECT_FALSE(
      std::isnan(run_with(kernel(), joined(steady, {{"casualty_slope", 0}}), 1).at(0, outcome("win_chance_exact"))));
}

/// b - a of an outcome's mean, in standard errors; both samples have random numbers of their own.
double rises(std::string_view name, const Changes& from, const Changes& to, std::uint32_t count = 100000) {
  const auto a = estimate(run_with(kernel(), from, count, 1), outcome(name));
  const auto b = estimate(run_with(kernel(), to, count, 2), outcome(name));
  return (b.mean - a.mean) / std::hypot(a.standard_error, b.standard_error);
}
double rises_in_settled(const Changes& from, const Changes& to) {
  const auto a = share(run_with(kernel(), from, 50000, 1), 0), b = share(run_with(kernel(), to, 50000, 2), 0);
  return (b.mean - a.mean) / std::hypot(a.standard_error, b.standard_error);
}

void expect_inert(const Changes& off, const Changes& moved) {
  const auto without = run_with(kernel(), off, 3000);
  for (const auto& change : moved)
    EXPECT_TRUE(without.same_bytes(run_with(kernel(), joined(off, {change}), 3000))) << change.first;
}

TEST(FortsMechanisms, MomentumShortensTheWar) {
  const Changes silent = {{"talks_battles", 0}, {"battle_aid", 0}};
  EXPECT_LT(rises("war_months", joined(silent, {{"repeat_chance", 0.5}}), joined(silent, {{"repeat_chance", 0.7}})),
            -9);
  EXPECT_EQ(run_with(kernel(), {{"repeat_chance", 0.5}}, 1).at(0, outcome("momentum_forts")), 0);
}

TEST(FortsMechanisms, OptimismDelaysSettlement) {
  const auto agreed = runs_at({{"optimism_share", 0}}, 1000);
  EXPECT_EQ(share(agreed, 0).mean, 1);
  EXPECT_EQ(mean(agreed, "war_months"), 0);
  EXPECT_GT(rises("war_months", joined(bare, {{"optimism_share", 0.05}}), joined(bare, {{"optimism_share", 0.1}})), 9);
  EXPECT_GT(rises("war_months", joined(bare, {{"optimism_share", 0}}), joined(bare, {{"optimism_share", 0.1}})), 9);
}

TEST(FortsMechanisms, AidWinsBattlesForD) {
  expect_inert({{"battle_aid", 0}, {"guarantee_a", 0}, {"casualty_slope", 0}},
               {{"patron_support", 0.3}, {"patron_floor", 0.5}, {"fatigue_rate", 0.03}, {"withdrawal_hazard", 0.02}});
  const Changes silent = {{"talks_battles", 0}};
  EXPECT_LT(rises("forts_a", joined(silent, {{"battle_aid", 0}}), joined(silent, {{"battle_aid", 0.1}})), -9);
}

/// The patron's support falls with casualties, so its aid does, and after the war its guarantee.
TEST(FortsMechanisms, CasualtiesTireThePatron) {
  expect_inert({{"casualty_slope", 0}}, {{"casualty_tolerance", 0}});
  expect_inert({{"battle_aid", 0}, {"guarantee_a", 0}}, {{"casualty_slope", 0.2}});
  const Changes silent = {{"talks_battles", 0}, {"battle_aid", 0.1}, {"fatigue_rate", 0}, {"withdrawal_hazard", 0}};
  EXPECT_GT(rises("forts_a", joined(silent, {{"casualty_slope", 0}}), joined(silent, {{"casualty_slope", 0.2}})), 9);
  const Changes long_war = {{"durability", 1}, {"battle_aid", 0}, {"fatigue_rate", 0}, {"withdrawal_hazard", 0}};
  EXPECT_LT(
      rises("peace_months", joined(long_war, {{"casualty_slope", 0}}), joined(long_war, {{"casualty_slope", 0.2}})),
      -4);
}

/// Printed: support 0.7 falls by 0.15 a tenfold to 0.55 in 9 months, of one unit of casualties each.
TEST(FortsMechanisms, CasualtiesGiveThePrintedCase) {
  forts_model::Params<double> p{};
  p.own.casualty_slope = 0.15;
  p.own.fort_count = 10;
  rival::History<double> h{};
  h.support = 0.7;
  for (h.month = 1; h.month < 9.5; h.month += 1) {
    EXPECT_GT(h.support, 0.55);
    forts::War::tire(p, h, forts::War::State<double>{5, 0, 0}, true);
  }
  EXPECT_NEAR(h.support, 0.55, 1e-12);
  p.own.casualty_tolerance = 1;  // and D holds half of the forts: half the slope
  h.support = 0.7;
  for (h.month = 1; h.month < 9.5; h.month += 1) forts::War::tire(p, h, forts::War::State<double>{5, 0, 0}, true);
  EXPECT_NEAR(h.support, 0.625, 1e-12);
}

TEST(FortsMechanisms, WithoutTalksNobodySettles) {
  EXPECT_EQ(share(run_with(kernel(), {{"talks_battles", 0}}, 3000), 0).mean, 0);
  EXPECT_GT(share(run_with(kernel(), {}, 3000), 0).mean, 0.3);
  expect_inert({{"talks_battles", 0}}, {{"bargaining_power", 0.7}});
  const auto mild = run_with(kernel(), {{"talks_battles", 0}, {"audience_cost_a", 0}}, 3000);
  const auto dear = run_with(kernel(), {{"talks_battles", 0}, {"audience_cost_a", 1}}, 3000);
  for (std::size_t run = 0; run < mild.count(); ++run)
    EXPECT_EQ(mild.at(run, outcome("welfare_a")), dear.at(run, outcome("welfare_a")));
}

/// "No ceasefire without momentum": the reservations follow the battles and the claims do not, so gains by the side
/// with the higher audience cost open room for a settlement, and those of the other close it.
TEST(FortsMechanisms, GainsByTheSideWithTheHigherAudienceCostBringSettlement) {
  const Changes dear = joined(
      bare,
      {{"claim_a", 0.8}, {"claim_d", 0.8}, {"optimism_share", 0.03}, {"war_cost_a", 0.001}, {"war_cost_d", 0.001}});
  const auto a = run_with(kernel(), joined(dear, {{"audience_cost_a", 1}, {"audience_cost_d", 0}}), 50000);
  const auto d = run_with(kernel(), joined(dear, {{"audience_cost_a", 0}, {"audience_cost_d", 1}}), 50000);
  const auto gain = [](const Runs& runs) {
    return estimate(runs.count(), [&](std::size_t i) {
      return runs.at(i, outcome("ending")) == 0 ? runs.at(i, outcome("forts_a")) - 10 : std::nan("");
    });
  };
  std::printf("forts gained by A before a settlement: %g +- %g, %g +- %g\n", gain(a).mean, gain(a).standard_error,
              gain(d).mean, gain(d).standard_error);
  EXPECT_GT(gain(a).mean, 9 * gain(a).standard_error);
  EXPECT_LT(gain(d).mean, -9 * gain(d).standard_error);
}

/// A change in the first month leaves a democracy at the table.
TEST(FortsMechanisms, AfterADramaticChangeADemocracyIsAtTheTable) {
  const auto changed = run_with(kernel(), {{"change_hazard", 1}, {"autocracy_a", 0.9}}, 5000);
  const auto always = run_with(kernel(), {{"change_hazard", 0}, {"autocracy_a", 0}}, 5000);
  double fought = 0;
  for (std::size_t run = 0; run < changed.count(); ++run) {
    for (const auto* name : {"ending", "war_months", "settlement_a", "welfare_a"}) {
      const double a = changed.at(run, outcome(name)), b = always.at(run, outcome(name));
      EXPECT_TRUE(a == b || (std::isnan(a) && std::isnan(b))) << name << " " << a << " " << b;
    }
    fought += changed.at(run, outcome("ending")) == 0 && changed.at(run, outcome("war_months")) > 0;
  }
  EXPECT_GT(fought, 100);
  EXPECT_LT(rises_in_settled({{"autocracy_a", 0}}, {{"autocracy_a", 1}}), -9);
}

}  // namespace
}  // namespace truce::testing
