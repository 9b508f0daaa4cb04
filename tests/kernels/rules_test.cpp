// Rules of anchored_peace that distributions cannot see: scaling, clocks, who breaches first, the last month.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/kernels/months.hpp"

namespace truce::testing {
namespace {

const Stream stream{1, 2, 3};

/// An A for whom the stakes count three times, so that a division by scale_a would show.
const Changes zealous = {{"autocracy_a", 1}, {"territorial_boost", 2}, {"audience_cost_a", 0.5}, {"aid_effect", 0}};

TEST(AudienceCosts, OfTheNeedAreNotDividedByTheScaleOfTheStakes) {
  const auto p = params_with(joined(zealous, {{"claim_adjustment", 0}, {"claim_a", 0.9}}));
  State s = at_war(p, stream, 0.5);
  AnchoredPeace::step(p, s, draws_of(stream));
  peace::Front<double> front{s.position, s.position, false, false, true, false};
  const auto table = peace::take_stock(p, s, peace::regime(p, 0.0), front, true);
  ASSERT_LT(table.fight.a, 0.9);
  EXPECT_NEAR(table.need_a, (table.fight.a + 0.5 * 0.9) / 1.5, 1e-15);
}

TEST(AudienceCosts, OfTheGainAreNotDividedByTheScaleOfTheStakes) {
  const auto p = params_with(joined(zealous, {{"bargaining_power", 1}}));
  State s = at_war(p, stream, 0.5);
  s.claim_a = 0.7;
  peace::Table<double> table{};
  table.fight = {0.3, 0.3, 0, 0};
  auto sides = peace::parties(p, s, table);
  sides.a.price = 0.02;
  sides.d.claim = 0;
  EXPECT_NEAR(peace::gain(sides.a, 0.6), 0.6 - 0.02 - 0.5 * (0.7 - 0.6) - 0.3, 1e-15);
  const Holds<double> firm{50, 50};  // so firm that a promise is worth its terms
  EXPECT_NEAR(std::exp(peace::score(sides, 0.6, 0.4, firm, firm, true)), 0.6 - 0.02 - 0.5 * (0.7 - 0.6) - 0.3, 1e-14);
}

/// Terms that a side refuses are not signed, whatever the other gains.
TEST(Score, IsNoneWhereASideLoses) {
  const auto p = params_with({});
  const State s = at_war(p, stream, 0.5);
  peace::Table<double> table{};
  table.fight = {0.3, 0.3, 0, 0};
  auto sides = peace::parties(p, s, table);
  sides.a.claim = sides.d.claim = 0;
  const Holds<double> firm{50, 50};
  EXPECT_GT(peace::score(sides, 0.35, 0.65, firm, firm, true), peace::unsigned_score);
  EXPECT_EQ(peace::score(sides, 0.29, 0.71, firm, firm, true), peace::unsigned_score);
  EXPECT_EQ(peace::score(sides, 0.71, 0.29, firm, firm, true), peace::unsigned_score);
  EXPECT_EQ(peace::score(sides, 0.35, 0.65, firm, firm, false), peace::unsigned_score);
  sides.d.price = 0.36;
  EXPECT_EQ(peace::score(sides, 0.35, 0.65, firm, firm, true), peace::unsigned_score);
}

TEST(Scale, DividesCostsHoldsAndThePriceOfPrinciplesOfAAlone) {
  const auto p = params_with(joined(zealous, {{"autocracy_d", 1}, {"cynicism", 0.5}, {"defiance_reward", 0}}));
  const auto g = peace::regime(p, 0.0);
  EXPECT_EQ(g.inverse_scale_a, 1 / 3.0);
  const auto holds = peace::holds(p, g, 0.5, 1.0, 1.0);
  EXPECT_NEAR(holds.a, (0.1 + 0.3 * 0.5 + 0.3 * 0.5) / 3, 1e-15);
  EXPECT_NEAR(holds.d, 0.1 + 0.0 + 0.3 * 0.5, 1e-15);
  State s = at_war(p, stream, 0.5);
  const auto table = peace::take_stock(p, s, g, peace::Front<double>{0.5, 0.5, false, false, true, false}, true);
  EXPECT_NEAR(table.cost_a, 0.004 * 0.5 / 3, 1e-17);
  EXPECT_NEAR(table.cost_d, 0.004 * 0.5, 1e-17);
}

TEST(LockIn, GrowsInWarAndPositionalPeaceButNotInPrincipledPeace) {
  const auto p = params_with({{"doctrine_months", 10}});
  const double month = std::exp(-0.1);
  State war = at_war(p, stream, 0.5);
  State positional = at_peace(p, stream, 0.5, 0), principled = at_peace(p, stream, 0.5, 1);
  for (int i = 0; i < 3; ++i) {
    AnchoredPeace::step(p, war, draws_of(stream));
    AnchoredPeace::step(p, positional, draws_of(stream));
    AnchoredPeace::step(p, principled, draws_of(stream));
  }
  ASSERT_EQ(war.at_war, 1.0);
  EXPECT_NEAR(war.doctrine_memory, month * month * month, 1e-15);
  EXPECT_NEAR(positional.doctrine_memory, month * month * month, 1e-15);
  EXPECT_EQ(principled.doctrine_memory, 1.0);
}

TEST(LockIn, RunsAgainFromTheMonthAfterAPrincipledPeaceBroke) {
  const auto p = params_with({{"doctrine_months", 10}, {"talks_every", 0}});
  State s = at_peace(p, stream, 0.5, 1);
  s.hi_base = 0.5 - 10;
  AnchoredPeace::step(p, s, draws_of(stream));
  ASSERT_EQ(s.at_war, 1.0);
  EXPECT_EQ(s.doctrine_memory, 1.0);
  AnchoredPeace::step(p, s, draws_of(stream));
  EXPECT_NEAR(s.doctrine_memory, std::exp(-0.1), 1e-15);
}

const Changes dear_breaches = {{"renege_cost_a", 0.2}, {"renege_cost_d", 0.25}, {"guarantee_a", 0.4},
                               {"guarantee_d", 0.125}, {"fatigue_rate", 0},     {"talks_every", 0}};

/// Welfare of a month of peace, to be taken off.
double flow(const Params& p) { return (1 - p.discount) * 0.5; }

TEST(Breach, OfAComesFirstWhenBothWouldBreak) {
  const auto p = params_with(dear_breaches);
  State s = at_peace(p, stream, 0.5, 0);
  s.hi_base = s.position - 10;
  s.lo_base = s.position + 10;
  AnchoredPeace::step(p, s, draws_of(stream));
  EXPECT_EQ(s.wars, 2.0);
  EXPECT_NEAR(s.welfare_a - flow(p), -p.discount * (0.2 + 0.4 * 0.8), 1e-15);
  EXPECT_NEAR(s.welfare_d - flow(p), 0, 1e-15);
}

TEST(Breach, OfDPaysItsOwnPriceAndIsDatedHalfAMonthBack) {
  const auto p = params_with(dear_breaches);
  State s = at_peace(p, stream, 0.5, 1);
  s.lo_base = s.position + 10;
  AnchoredPeace::step(p, s, draws_of(stream));
  EXPECT_NEAR(s.welfare_a - flow(p), 0, 1e-15);
  EXPECT_NEAR(s.welfare_d - flow(p), -p.discount * (0.25 + 0.125), 1e-15);  // the anchor deters, it is not charged
  EXPECT_EQ(s.peace_months, 0.5);
  EXPECT_EQ(s.relapsed, 1.0);
}

TEST(Breach, UsesBothEndsOfTheSameUniform) {
  const auto p = params_with({{"balance_volatility", 0.02}, {"balance_drift", 0}, {"justice_anchor", 0}});
  const double gap = 0.02, touch = std::exp(-2 * gap * gap / (0.02 * 0.02));
  const peace::Regime<double> g = peace::regime(p, 0.0);
  State s = at_peace(p, stream, 0.5, 0);
  const auto hold = peace::holds(p, g, s.support, 0.0, 0.0);
  s.hi_base = 0.5 + gap - hold.a;
  s.lo_base = 0.5 - gap + hold.d;
  ASSERT_NEAR(touch, std::exp(-2.0), 1e-12);
  const auto breaches = [&](double u) {
    State copy = s;
    const auto front = peace::move_front(p, copy, g, 0.0, u);
    return std::pair(front.hit_hi, front.hit_lo);
  };
  EXPECT_EQ(breaches(touch - 1e-9), std::pair(true, false));
  EXPECT_EQ(breaches(touch + 1e-9), std::pair(false, false));
  EXPECT_EQ(breaches(1 - touch - 1e-9), std::pair(false, false));
  EXPECT_EQ(breaches(1 - touch + 1e-9), std::pair(false, true));
}

TEST(Breach, InTheLastMonthCountsItsWarAndCapitalisesTheNewPosition) {
  const auto p = params_with(joined(dear_breaches, {{"horizon_months", 1}, {"balance_drift", 0.6}}));
  State s = at_peace(p, stream, 0.5, 0);
  s.hi_base = s.position - 10;
  EXPECT_TRUE(AnchoredPeace::step(p, s, draws_of(stream)));
  const auto o = AnchoredPeace::finish(p, s);
  EXPECT_EQ(o.wars, 2.0);
  EXPECT_EQ(o.peace_at_horizon, 0.0);
  EXPECT_EQ(o.relapsed, 1.0);
  EXPECT_EQ(o.peace_months, 0.5);
  EXPECT_EQ(o.war_months_total, 0.0);
  EXPECT_NEAR(o.welfare_a, flow(p) - p.discount * (0.2 + 0.4 * 0.8) + p.discount * 0.98, 1e-15);
  EXPECT_NEAR(o.welfare_d, flow(p) + p.discount * 0.02, 1e-15);
}

TEST(Peace, ThatLastsIsCensoredAndCapitalisedAtItsTerms) {
  const auto p = params_with({{"horizon_months", 2}});
  State s = at_peace(p, stream, 0.5, 1);
  EXPECT_FALSE(AnchoredPeace::step(p, s, draws_of(stream)));
  EXPECT_TRUE(AnchoredPeace::step(p, s, draws_of(stream)));
  const auto o = AnchoredPeace::finish(p, s);
  EXPECT_EQ(o.peace_months, 2.0);
  EXPECT_EQ(o.relapsed, 0.0);
  EXPECT_EQ(o.peace_at_horizon, 1.0);
  EXPECT_NEAR(o.welfare_a, 0.5, 1e-15);  // half the stakes for ever, now and later
}

TEST(Victory, DatesTheExitHalfAMonthBackAndGivesTheStakesForEver) {
  const auto p = params_with({{"talks_every", 0}, {"war_cost_a", 0.01}});
  State s = at_war(p, stream, 0.4);
  s.theta = 2;
  EXPECT_TRUE(AnchoredPeace::step(p, s, draws_of(stream)));
  const auto o = AnchoredPeace::finish(p, s);
  EXPECT_EQ(o.ending, 1.0);
  EXPECT_EQ(o.war_months, 0.5);
  EXPECT_NEAR(o.welfare_a, (1 - p.discount) * (0.4 - 0.01 / 0.005) + p.discount, 1e-14);
}

TEST(ChangeOfApproach, MakesACountAsADemocracyFromThatMonthOn) {
  const auto p = params_with({{"change_hazard", 0.01}, {"talks_every", 0}});
  State s = at_war(p, stream, 0.5);
  AnchoredPeace::step(p, s, draws_of(stream, 0.5, 0.5, 1, 0.0100001));
  EXPECT_EQ(s.changed, 0.0);
  AnchoredPeace::step(p, s, draws_of(stream, 0.5, 0.5, 1, 0.0099999));
  EXPECT_EQ(s.changed, 1.0);
  const auto g = peace::regime(p, s.changed);
  EXPECT_EQ(g.autocracy_a, 0.0);
  EXPECT_EQ(g.inverse_scale_a, 1.0);
}

TEST(Support, FadesToItsFloorAndDropsThereAtOnceWhenWithdrawn) {
  const auto p = params_with({{"fatigue_rate", 0.02}, {"withdrawal_hazard", 0.01}, {"talks_every", 0}});
  State s = at_war(p, stream, 0.5);
  AnchoredPeace::step(p, s, draws_of(stream));
  EXPECT_NEAR(s.support, 0.08 + (0.8 - 0.08) * std::exp(-0.02), 1e-15);
  AnchoredPeace::step(p, s, draws_of(stream, 0.5, 0.5, 0.005));
  EXPECT_NEAR(s.support, 0.08, 1e-15);
}

}  // namespace
}  // namespace truce::testing
