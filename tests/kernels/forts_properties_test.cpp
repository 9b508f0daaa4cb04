// Properties of the war over forts at random points: second methods, martingale, changing places, monotony.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "kernels/forts.hpp"
#include "tests/kernels/quadrature.hpp"

namespace truce {
namespace {

using namespace truce::forts;

/// [0, 1) by a counter.
double unit(std::uint32_t i, std::uint32_t k) { return uniform(philox({i, k, 0, 0}, {17, 17})[0]); }

double between(double lo, double hi, std::uint32_t i, std::uint32_t k) { return lo + (hi - lo) * unit(i, k); }
std::size_t whole_between(std::size_t lo, std::size_t hi, std::uint32_t i, std::uint32_t k) {
  return lo + static_cast<std::size_t>(static_cast<double>(hi - lo + 1) * unit(i, k));
}

/// Elimination, the chain and the closed form are three methods.
TEST(FortsProperties, ClosedFormsWithMomentumAgreeWithEliminationAt10000Points) {
  for (std::uint32_t i = 0; i < 10000; ++i) {
    const auto forts = 2 + static_cast<std::size_t>(29 * unit(i, 0));
    const double p = 0.05 + 0.9 * unit(i, 1), pi = 0.2 + 0.7 * unit(i, 2), m = pi / (1 - pi);
    if (std::fabs(p - 0.5) < 1e-3) continue;
    const auto c = chances(p, m);
    const auto win = fight_values(forts, c, to_win), battles = fight_values(forts, c, to_last);
    const std::size_t k = 1 + static_cast<std::size_t>(static_cast<double>(forts - 1) * unit(i, 3));
    const double n = static_cast<double>(forts), held = static_cast<double>(k), x = std::log(p / (1 - p));
    const auto won = outlook(n, held, 1.0, p, x, m), lost = outlook(n, held, 0.0, p, x, m);
    const double near = 1e-11 / std::fabs(p - 0.5);
    EXPECT_NEAR(won.win, win.after_victory[k], 1e-11) << p << " " << pi;
    EXPECT_NEAR(lost.win, win.after_defeat[k], 1e-11) << p << " " << pi;
    EXPECT_NEAR(won.battles, battles.after_victory[k], near) << p << " " << pi;
    EXPECT_NEAR(lost.battles, battles.after_defeat[k], near) << p << " " << pi;
    if (i % 10 != 0) continue;
    const auto chain = solve_walk(forts, c.after_victory, c.after_defeat);
    EXPECT_NEAR(chain.win[1][k], win.after_victory[k], 1e-12);
    EXPECT_NEAR(chain.win[0][k], win.after_defeat[k], 1e-12);
    EXPECT_NEAR(chain.battles[1][k], battles.after_victory[k], 1e-10);
    EXPECT_NEAR(chain.battles[0][k], battles.after_defeat[k], 1e-10);
  }
}

/// What A, whose belief it is, expects with `held` forts.
Outlook<double> expected(const WalkAtNodes& walk, std::size_t held, const Belief<double>& belief) {
  if (held == 0) return {0, 0};
  if (held + 1 == walk.win[0].size()) return {1, 0};
  return views_at_start(walk, held, belief, belief).a;
}

/// Beliefs are a martingale: what a battle will teach is worth, on average, what is expected before it.
TEST(FortsProperties, BeliefsAreAMartingaleAt10000Points) {
  std::vector<WalkAtNodes> walks;
  for (std::size_t forts = 0; forts <= 16; ++forts) walks.push_back(walk_at_nodes(forts < 2 ? 2 : forts, 1));
  for (std::uint32_t i = 0; i < 10000; ++i) {
    const auto forts = whole_between(2, 16, i, 0), k = whole_between(1, forts - 1, i, 1);
    const Belief<double> belief{between(4, 40, i, 2), between(4, 40, i, 3)};  // smooth enough at 0 and 1
    const double up = belief.wins / (belief.wins + belief.losses);
    const auto now = expected(walks[forts], k, belief);
    const auto won = expected(walks[forts], k + 1, {belief.wins + 1, belief.losses});
    const auto lost = expected(walks[forts], k - 1, {belief.wins, belief.losses + 1});
    EXPECT_NEAR(now.win, up * won.win + (1 - up) * lost.win, 1e-9);
    EXPECT_NEAR(now.battles, 1 + up * won.battles + (1 - up) * lost.battles, 1e-7);
  }
}

/// A leader anywhere in the limits that matter, with kappa 1 and no boost where `plain`.
Domestic random_leader(std::uint32_t i, std::uint32_t k, bool plain) {
  Domestic leader;
  leader.kappa = plain || unit(i, k) < 0.2 ? 1 : between(1, 4, i, k + 1);
  leader.boost = plain || unit(i, k) < 0.4 ? 0 : between(0, 1, i, k + 2);
  leader.held = unit(i, k + 3);
  leader.office = unit(i, k + 4) < 0.3 ? 0 : between(0, 0.5, i, k + 5);
  leader.keeps = unit(i, k + 6);
  leader.keeps_with_share = between(0, 0.5, i, k + 7);
  leader.keeps_won = unit(i, k + 8);
  leader.keeps_lost = unit(i, k + 9);
  leader.audience_cost = unit(i, k + 10) < 0.3 ? 0 : between(0, 2, i, k + 11);
  leader.claim = between(0, 1.2, i, k + 12);
  return leader;
}

TEST(FortsProperties, LeastSharesInClosedFormAreThoseOfTheAdapterAt10000Points) {
  int found = 0;
  for (std::uint32_t i = 0; i < 10000; ++i) {
    const auto a = random_leader(i, 20, false), d = random_leader(i, 40, true);
    const double win = unit(i, 0), cost = between(-0.05, 0.4, i, 1);
    const double share_a = least_share(a, win, cost), share_d = least_share(d, win, cost);
    const double linear = linear_share_worth(leader_of(d), war_value(leader_of(d), win, cost));
    EXPECT_EQ(linear <= 1, share_d <= 1) << i;
    EXPECT_NEAR(std::min(linear, 1.0), std::min(share_d, 1.0), 1e-12) << i;
    if (share_a > 1) continue;
    ++found;
    EXPECT_NEAR(share_worth(leader_of(a), war_value(leader_of(a), win, cost)), share_a, 1e-9) << i;
    Reservations<double> r{0, 0, war_at_home(a, win, cost), war_at_home(d, 1 - win, cost)};
    const double sum = share_a + least_share(d, 1 - win, cost);
    if (std::fabs(sum - 1) > 1e-9) {
      EXPECT_EQ(settle(a, leader_of(d), r), sum <= 1) << i;
    }
  }
  EXPECT_GT(found, 5000);
}

/// What the step integrates when a war is settled is what the set-up saw when it noted that it would be.
TEST(FortsProperties, ViewsAtTheSettlementAreThoseOfTheSetUpAt10000Points) {
  std::vector<WalkAtNodes> walks;
  for (const double momentum : {1.0, 0.6, 2.5}) walks.push_back(walk_at_nodes(20, momentum));
  for (std::uint32_t i = 0; i < 10000; ++i) {
    const double momentum[] = {1.0, 0.6, 2.5};
    const auto which = whole_between(0, 2, i, 0), k = whole_between(1, 19, i, 1), last = whole_between(0, 1, i, 2);
    const Belief<double> a{between(1, 80, i, 3), between(1, 80, i, 4)}, d{between(1, 80, i, 5), between(1, 80, i, 6)};
    const auto& w = walks[which];
    const auto set_up = views_at(weights_of(a, d), {&w.win[0][k], &w.win[1][k]}, {&w.battles[0][k], &w.battles[1][k]});
    const auto now =
        views_in_lanes<double>({20, static_cast<double>(k), static_cast<double>(last), momentum[which], a, d});
    EXPECT_NEAR(now.a.win, set_up.after[last].a.win, 1e-12);
    EXPECT_NEAR(now.d.win, set_up.after[last].d.win, 1e-12);
    EXPECT_NEAR(now.a.battles, set_up.after[last].a.battles, 1e-9);
    EXPECT_NEAR(now.d.battles, set_up.after[last].d.battles, 1e-9);
  }
}

/// The rule of 64 nodes against one of 600, with the most forts, where it is worst.
TEST(FortsProperties, SixtyFourNodesAreEnough) {
  const auto rule = testing::gauss_legendre(600, 0, 1);
  for (const std::size_t forts : {10U, 20U, 30U}) {
    const auto walk = walk_at_nodes(forts, 1.5);
    double worst = 0;
    for (std::uint32_t i = 0; i < 20; ++i) {
      const Belief<double> belief{between(2, 100, i, 0), between(2, 100, i, 1)};
      const auto k = whole_between(1, forts - 1, i, 2);
      double sum = 0, win = 0;
      for (std::size_t j = 0; j < 600; ++j) {
        const double p = rule.nodes[j];
        const double weight = rule.weights[j] * density<double>(belief, std::log(p), std::log(1 - p));
        sum += weight;
        win += weight * fight_values(forts, chances(p, 1.5), to_win).after_victory[k];
      }
      const auto seen = views_at(weights_of(belief, belief), {&walk.win[1][k], &walk.win[1][k]},
                                 {&walk.battles[1][k], &walk.battles[1][k]});
      worst = std::max(worst, std::fabs(seen.after[0].a.win - win / sum));
    }
    std::printf("%zu forts: %.2g\n", forts, worst);
    EXPECT_LT(worst, forts == 30 ? 1e-6 : 1e-7);  // of x^(a-1) the rule misses some 64^(-2a)
  }
}

/// A and D change places: p to 1 - p, k to N - k, all that is theirs. The same positions settle, at mirrored terms.
TEST(FortsProperties, ChangingPlacesMirrorsTheTalksAt10000Points) {
  int settled = 0;
  for (std::uint32_t i = 0; i < 10000; ++i) {
    const auto forts = whole_between(2, 7, i, 0), k = whole_between(1, forts - 1, i, 1);
    Parties p{};
    p.in.war_cost_a = between(0, 0.01, i, 2);
    p.in.war_cost_d = between(0, 0.01, i, 3);
    p.in.cost_insulation = 0.5;
    p.in.defiance_reward = 0.001;
    p.in.defiance_months = 24;
    p.in.autocracy_d = unit(i, 4);
    p.autocracy_a[0] = p.autocracy_a[1] = unit(i, 5);
    p.pace = pace_of(p.in, 0.2);
    p.a[0] = p.a[1] = random_leader(i, 20, true);
    p.d = random_leader(i, 40, true);
    p.belief_a = belief_of(unit(i, 6), 10);
    p.belief_d = belief_of(unit(i, 7), 10);
    Parties q = p;
    std::swap(q.in.war_cost_a, q.in.war_cost_d);
    q.in.autocracy_d = p.autocracy_a[0];
    q.autocracy_a[0] = q.autocracy_a[1] = p.in.autocracy_d;
    q.a[0] = q.a[1] = p.d;
    q.d = p.a[0];
    q.belief_a = {p.belief_d.losses, p.belief_d.wins};
    q.belief_d = {p.belief_a.losses, p.belief_a.wins};
    const auto walk = walk_at_nodes(forts, 1.5);
    const auto one = settled_region(p, walk, forts, k, 6), other = settled_region(q, walk, forts, forts - k, 6);
    for (std::size_t n = 0; n < 6; ++n)
      for (std::size_t j = 1; j < forts; ++j)
        for (std::size_t last = 0; last < 2 && (j + k + n) % 2 == 0; ++last)
          EXPECT_EQ(one.at(0, last, n, j), other.at(0, 1 - last, n, forts - j)) << i << " " << n << " " << j;
    if (!one.at(0, 0, 0, k)) continue;
    ++settled;
    const auto terms_of = [&](const Parties& x, std::size_t held, double power) {
      const auto seen = views_at_start(walk, held, x.belief_a, x.belief_d);
      const auto at = leaders_of(x, 0);
      return terms(at, seen, reservations(x.in, at, seen, lengths_of(x.pace, seen)), power);
    };
    const auto a = terms_of(p, k, 0.3), d = terms_of(q, forts - k, 0.7);
    EXPECT_NEAR(a.terms_a, 1 - d.terms_a, 1e-9);
    EXPECT_NEAR(a.position, 1 - d.position, 1e-12);
    EXPECT_NEAR(a.gap_a, d.gap_d, 1e-9);
    EXPECT_NEAR(a.gap_d, d.gap_a, 1e-9);
  }
  EXPECT_GT(settled, 1000);
}

/// Shares demanded rise with optimism and fall with the costs of war; every deal leaves each side its least share.
TEST(FortsProperties, DemandsFallWithCostsAndRiseWithOptimismAt10000Points) {
  std::vector<WalkAtNodes> walks;
  for (std::size_t forts = 0; forts <= 20; ++forts) walks.push_back(walk_at_nodes(forts < 2 ? 2 : forts, 1.5));
  for (std::uint32_t i = 0; i < 10000; ++i) {
    const auto forts = whole_between(2, 20, i, 0), k = whole_between(1, forts - 1, i, 1);
    const auto a = random_leader(i, 20, false), d = random_leader(i, 40, true);
    const double mean = between(0.3, 0.7, i, 2), cost = between(0, 0.01, i, 3);
    const auto demanded = [&](double optimism, double war_cost) {
      const auto seen = views_at_start(walks[forts], k, belief_of(mean + optimism, 12), belief_of(mean - optimism, 12));
      return least_share(a, seen.a.win, war_cost * seen.a.battles) +
             least_share(d, 1 - seen.d.win, war_cost * seen.d.battles);
    };
    EXPECT_LE(demanded(0.05, cost + 0.002), demanded(0.05, cost) + 1e-12);
    EXPECT_LE(demanded(0, 0), demanded(0.1, 0) + 1e-12);
  }
}

}  // namespace
}  // namespace truce
