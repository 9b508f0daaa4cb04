// The war over forts: every exact case of the walk, momentum, beliefs, the war under beliefs and gambling.
#include "kernels/forts.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>

#include "tests/kernels/run_kernel.hpp"

namespace truce {
namespace {

using namespace truce::forts;
using forts::War;

constexpr double digits = 1e-12;

struct WalkCase {
  std::size_t held, forts;
  double p, stalemate, delta, win, battles, phi_win, phi_lose;
};
constexpr WalkCase walk_cases[] = {
    {5, 10, 0.5, 0, 0.95, 0.5, 25, 0.191290230373, 0.191290230373},
    {3, 10, 0.6, 0.4, 0.9, 0.716122361051, 34.6768634209, 0.109365749216, 0.117034908876},
    {1, 2, 0.7, 0, 0.9, 0.7, 1, 0.63, 0.27}};

TEST(FortsWalk, GivesThePrintedCasesByEliminationAndByTheChain) {
  for (const auto& c : walk_cases) {
    const Chances<double> even{c.p, c.p};
    const auto win = fight_values(c.forts, even, to_win), battles = fight_values(c.forts, even, to_last);
    EXPECT_NEAR(win.after_victory[c.held], c.win, digits);
    EXPECT_NEAR(battles.after_victory[c.held] / (1 - c.stalemate), c.battles, 1e-10);
    const auto chain = solve_walk(c.forts, c.p, c.p);
    EXPECT_NEAR(chain.win[1][c.held], c.win, digits);
    EXPECT_NEAR(chain.battles[0][c.held] / (1 - c.stalemate), c.battles, 1e-10);
    const auto phi_win = fight_values(c.forts, even, {0, 1, 0, c.delta});
    const auto phi_lose = fight_values(c.forts, even, {0, 0, 1, c.delta});
    EXPECT_NEAR(phi_win.after_defeat[c.held], c.phi_win, digits);
    EXPECT_NEAR(phi_lose.after_defeat[c.held], c.phi_lose, digits);
  }
}

TEST(FortsWalk, FlowsOfTheFightToTheFinish) {
  const auto& c = walk_cases[1];
  const double l1 = (1 + std::sqrt(1 - 4 * 0.24 * c.delta * c.delta)) / (2 * 0.6 * c.delta);
  const double l2 = (1 - std::sqrt(1 - 4 * 0.24 * c.delta * c.delta)) / (2 * 0.6 * c.delta);
  const double win = (std::pow(l1, 3) - std::pow(l2, 3)) / (std::pow(l1, 10) - std::pow(l2, 10));
  EXPECT_NEAR(fight_values(10, {0.6, 0.6}, {0, 1, 0, c.delta}).after_victory[3], win, digits);
  // a flow b a battle while the war goes on, (1 - delta) b of it in each
  const double flow = 0.3, value = flow * (1 - c.phi_win - c.phi_lose) + c.phi_win;
  EXPECT_NEAR(fight_values(10, {0.6, 0.6}, {(1 - c.delta) * flow, 1, 0, c.delta}).after_victory[3], value, digits);
}

/// The lump that a war costs: with phi = E[delta^T] it lasts (1 - phi)/r discounted months, its rally accordingly.
TEST(FortsWalk, LengthOfTheFightToTheFinishIsDiscounted) {
  rival::Inputs<double> in{};
  in.discount_rate = -std::log(0.95);
  in.defiance_months = 1e9;
  const auto even = length_of_war(in, {10, 0.5, 1, 0, 0}, 5);
  EXPECT_NEAR(even.months, (1 - 2 * 0.191290230373) / in.discount_rate, 1e-10);
  EXPECT_NEAR(even.rally_months, even.months, 1e-6);
  in.discount_rate = 1e-7;
  EXPECT_NEAR(length_of_war(in, {10, 0.6, 1, 0.4, 0}, 3).months, 34.6768634209, 1e-3);
  in.defiance_months = 1e-3;  // the rally of the first month alone
  EXPECT_NEAR(length_of_war(in, {10, 0.6, 1, 0.4, 0}, 3).rally_months, 1, 1e-6);
}

struct MomentumCase {
  std::size_t held, forts;
  double repeat, m, after_win, after_loss, battles_after_win, battles_after_loss;
};
constexpr MomentumCase momentum_cases[] = {
    {5, 10, 0.7, 1.33333333333, 0.558823529412, 0.441176470588, 13.5714285714, 13.5714285714},
    {10, 20, 0.9, 8, 0.642857142857, 0.357142857143, 20, 20}};

TEST(FortsWalk, MomentumGivesThePrintedCases) {
  for (const auto& c : momentum_cases) {
    const double momentum = c.repeat / (1 - c.repeat);
    EXPECT_NEAR(momentum_forts(0.5, momentum), c.m, 1e-11);
    const auto at = chances(0.5, momentum);
    EXPECT_NEAR(at.after_victory, c.repeat, digits);
    EXPECT_NEAR(at.after_defeat, 1 - c.repeat, digits);
    const auto chain = solve_walk(c.forts, at.after_victory, at.after_defeat);
    const auto win = fight_values(c.forts, at, to_win), battles = fight_values(c.forts, at, to_last);
    EXPECT_NEAR(win.after_victory[c.held], c.after_win, digits);
    EXPECT_NEAR(win.after_defeat[c.held], c.after_loss, digits);
    EXPECT_NEAR(battles.after_victory[c.held], c.battles_after_win, 1e-10);
    EXPECT_NEAR(battles.after_defeat[c.held], c.battles_after_loss, 1e-10);
    EXPECT_NEAR(chain.win[1][c.held], c.after_win, digits);
    EXPECT_NEAR(chain.win[0][c.held], c.after_loss, digits);
    EXPECT_NEAR(chain.battles[1][c.held], c.battles_after_win, 1e-10);
    EXPECT_NEAR(chain.battles[0][c.held], c.battles_after_loss, 1e-10);
    const auto n = static_cast<double>(c.forts), pi = c.repeat;
    for (std::size_t i = 1; i < c.forts; ++i) {
      const auto k = static_cast<double>(i);
      const double length = n * (2 * pi - 1) / pi + k * ((n + 1) * (1 - pi) / pi - 1) - k * k * (1 - pi) / pi;
      EXPECT_NEAR(battles.after_victory[i], length, 1e-11);
      EXPECT_NEAR(battles.after_defeat[c.forts - i], length, 1e-11);
    }
  }
}

/// Trap T5: at p = 1/2 + 1e-8 the textbook formula gives 25.049 battles, at 1e-10 it gives 0.
TEST(FortsWalk, LengthsAreRightNextToEvenOdds) {
  for (const double off : {0.0, 1e-12, 1e-10, 1e-8, 1e-6, -1e-8}) {
    const double p = 0.5 + off;
    EXPECT_NEAR(fight_values(10, {p, p}, to_last).after_victory[5], 25, 1e-7) << off;
    EXPECT_NEAR(solve_walk(10, p, p).battles[1][5], 25, 1e-7) << off;
    const auto momentum = chances(p, 7.0 / 3);
    const double length = fight_values(10, momentum, to_last).after_victory[5];
    EXPECT_NEAR(length, 95.0 / 7, 1e-7 + 10 * std::fabs(off)) << off;  // it moves with p, unlike that without momentum
    EXPECT_NEAR(length, solve_walk(10, momentum.after_victory, momentum.after_defeat).battles[1][5], 1e-11) << off;
    EXPECT_NEAR(momentum_forts(p, 7.0 / 3), 4.0 / 3, 1e-8) << off;
  }
  const double p = 0.5 + 1e-8, q = 1 - p, rho = q / p;
  EXPECT_GT(std::fabs((5 - 10 * (1 - std::pow(rho, 5)) / (1 - std::pow(rho, 10))) / (q - p) - 25), 0.01);
}

/// A point of the kernel with everything but the case switched off.
testing::Changes bare(const testing::Changes& changes) {
  return testing::joined({{"audience_cost_a", 0},
                          {"audience_cost_d", 0},
                          {"all_or_nothing", 1},
                          {"office_stakes", 0},
                          {"territorial_boost", 0},
                          {"cost_insulation", 0},
                          {"defiance_reward", 0},
                          {"battle_aid", 0},
                          {"casualty_slope", 0},
                          {"stalemate", 0},
                          {"repeat_chance", 0.5},
                          {"change_hazard", 0},
                          {"fort_count", 10},
                          {"initial_position", 0.5},
                          {"war_cost_a", 0.005},
                          {"war_cost_d", 0.005}},
                         changes);
}

struct BeliefCase {
  Belief<double> a, d;
  double win_a, win_b, battles_a, battles_b, sum;
  bool settles;
};
constexpr BeliefCase belief_cases[] = {
    {{6, 4}, {4, 6}, 0.72049823163, 0.27950176837, 16.5108499689, 16.5108499689, 1.27588796357, false},
    {{60, 40}, {40, 60}, 0.848474449566, 0.151525550434, 19.0930678785, 19.0930678785, 1.50601822035, false},
    {{5, 5}, {5, 5}, 0.5, 0.5, 17.8823345657, 17.8823345657, 0.821176654343, true}};

TEST(FortsBeliefs, GiveThePrintedCases) {
  const auto walk = walk_at_nodes(10, 1);
  const auto& kernel = *find_kernel("forts");
  for (const auto& c : belief_cases) {
    const auto seen = views_at_start(walk, 5, c.a, c.d);
    EXPECT_NEAR(seen.a.win, c.win_a, 1e-11);
    EXPECT_NEAR(seen.d.win, c.win_b, 1e-11);
    EXPECT_NEAR(seen.a.battles, c.battles_a, 1e-10);
    EXPECT_NEAR(seen.d.battles, c.battles_b, 1e-10);
    EXPECT_NEAR(seen.a.win - 0.005 * seen.a.battles + 1 - seen.d.win - 0.005 * seen.d.battles, c.sum, 1e-11);
    const double strength = c.a.wins + c.a.losses;
    const auto runs = testing::run_with(
        kernel, bare({{"prior_strength", strength}, {"optimism_share", c.a.wins / strength - 0.5}}), 100);
    EXPECT_NEAR(runs.at(0, testing::index_of(kernel.outcomes, "shares_demanded")), c.sum, 1e-11);
    EXPECT_EQ(runs.at(0, testing::index_of(kernel.outcomes, "ending")) == 0 &&
                  runs.at(0, testing::index_of(kernel.outcomes, "war_months")) == 0,
              c.settles);
  }
}

/// All but the end of prepare: the declared inputs as structs.
forts_model::Params<double> inputs_in(const std::vector<double>& inputs) {
  forts_model::Params<double> p{};
  std::memcpy(&p, inputs.data(), inputs.size() * sizeof(double));
  return p;
}

struct WarCase {
  double p, settled, a_wins, d_wins, battles;
};
constexpr WarCase war_cases[] = {{0.5, 0.0779169345147, 0.461041532743, 0.461041532743, 23.5090395958},
                                 {0.65, 0.00702854304155, 0.949969984974, 0.0430014719843, 15.1557469472}};

/// Beliefs Beta(8, 4) and Beta(4, 8), which do not follow p: 600 battles leave 1e-13 of the histories.
TEST(FortsBeliefs, TheWarUnderThemGivesThePrintedCases) {
  for (const auto& c : war_cases) {
    auto p = inputs_in(testing::inputs_of(*find_kernel("forts"), bare({{"prior_strength", 12}})));
    auto parties = parties_of(p.in, p.own);
    parties.belief_a = {8, 4};
    parties.belief_d = {4, 8};
    const auto region = settled_region(parties, walk_at_nodes(10, 1), 10, 5, 600);
    const auto ends = exact_ends({10, c.p, 1, 0, 0}, region);
    EXPECT_NEAR(ends.settled, c.settled, digits);
    EXPECT_NEAR(ends.win, c.a_wins, digits);
    EXPECT_NEAR(1 - ends.settled - ends.win, c.d_wins, digits);
    EXPECT_NEAR(ends.battles, c.battles, 1e-10);
  }
}

struct GambleCase {
  std::size_t forts, punished_below;
  double cost, punishment;
  std::size_t first, last, held;
  double gain;
};
constexpr GambleCase gamble_cases[] = {{20, 10, 0.01, 0.55, 4, 9, 7, 0.194285714286},
                                       {20, 10, 0.002, 0.3, 1, 9, 6, 0.132},
                                       {40, 20, 0.005, 0.5, 11, 19, 16, 0.18}};

/// What the gamble gains over settling with `held` forts, one of those [stake].
double gained_by_gamble(const forts::Gamble& g, std::size_t held) {
  const std::size_t stop = g.punished_below - 1 - forts::gambling_forts(g);
  const auto run = static_cast<double>(g.punished_below - stop), down = static_cast<double>(held - stop);
  return down * (g.punishment / run - g.cost * (run - down));
}

TEST(FortsGambling, GivesThePrintedCasesAndIsOptimal) {
  for (const auto& c : gamble_cases) {
    const Gamble g{c.cost, c.punishment, c.punished_below};
    EXPECT_EQ(gambling_forts(g), c.last - c.first + 1);
    for (std::size_t k = 0; k <= c.forts; ++k) EXPECT_EQ(gambles(g, k), k >= c.first && k <= c.last) << k;
    EXPECT_NEAR(gained_by_gamble(g, c.held), c.gain, digits);
    // the best stopping by value iteration
    const auto settled = [&](std::size_t k) {
      return static_cast<double>(k) / static_cast<double>(c.forts) - (k < c.punished_below ? c.punishment : 0);
    };
    std::vector<double> value(c.forts + 1);
    for (std::size_t k = 0; k <= c.forts; ++k) value[k] = settled(k);
    for (int sweep = 0; sweep < 20000; ++sweep)
      for (std::size_t k = 1; k < c.forts; ++k)
        value[k] = std::max(settled(k), (value[k - 1] + value[k + 1]) / 2 - c.cost);
    for (std::size_t k = 1; k < c.forts; ++k)
      EXPECT_NEAR(value[k] - settled(k), gambles(g, k) ? gained_by_gamble(g, k) : 0, 1e-10) << k;
  }
}

}  // namespace
}  // namespace truce
