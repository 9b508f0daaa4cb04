// What a rival's history adds up: welfare against sums by hand, months, the principle signed, and the mirror of A and
// D.
#include "tests/kernels/mechanisms/cases.hpp"
#include "tests/kernels/rival/chosen.hpp"

namespace truce::testing {
namespace {

const Kernel& kernel() {
  static const Kernel k = chosen_kernel();
  return k;
}
std::size_t outcome(std::string_view name) { return index_of(kernel().outcomes, name); }

Runs runs_of(const Changes& changes, std::uint32_t count = 1) {
  return run_points(kernel().codes[0], {inputs_of(kernel(), changes)}, count);
}

constexpr double r = 0.005;
const double delta = std::exp(-r);

const Changes still = joined(bare, {{"initial_position", 0.6}, {"war_cost_a", 0.003}, {"war_cost_d", 0.005}});

TEST(RivalWelfare, OfTermsKeptToTheHorizonIsTheTerms) {
  const auto runs = runs_of(joined(still, {{"settled_at", 0.55}}));
  EXPECT_NEAR(runs.at(0, outcome("welfare_a")), 0.55, 1e-13);
  EXPECT_NEAR(runs.at(0, outcome("welfare_d")), 0.45, 1e-13);
  EXPECT_EQ(runs.at(0, outcome("war_months")), 0);
  EXPECT_EQ(runs.at(0, outcome("peace_months")), 360);
  EXPECT_EQ(runs.at(0, outcome("relapsed")), 0);
  EXPECT_EQ(runs.at(0, outcome("settlement_a")), 0.55);
}

TEST(RivalWelfare, OfFourMonthsOfWarAndThenPeaceIsTheSumByHand) {
  const auto runs =
      runs_of(joined(still, {{"settles", 5}, {"settled_at", 0.55}, {"decided", 0}, {"horizon_months", 9}}));
  double a = 0, d = 0, discount = 1;
  for (int month = 1; month <= 9; ++month) {
    const double weight = discount * (1 - delta);
    a += weight * (month < 5 ? 0.6 - 0.003 / r : 0.55);
    d += weight * (month < 5 ? 0.4 - 0.005 / r : 0.45);
    discount *= delta;
  }
  EXPECT_NEAR(runs.at(0, outcome("welfare_a")), a + discount * 0.55, 1e-13);
  EXPECT_NEAR(runs.at(0, outcome("welfare_d")), d + discount * 0.45, 1e-13);
  EXPECT_EQ(runs.at(0, outcome("war_months")), 4);
  EXPECT_EQ(runs.at(0, outcome("peace_months")), 5);
}

TEST(RivalWelfare, OfAWarAtTheHorizonCapitalisesThePosition) {
  const auto runs = runs_of(joined(still, {{"settles", 0}, {"decided", 0}, {"horizon_months", 12}}));
  const double fought = 1 - std::pow(delta, 12);
  EXPECT_NEAR(runs.at(0, outcome("welfare_a")), 0.6 - fought * 0.003 / r, 1e-13);
  EXPECT_NEAR(runs.at(0, outcome("welfare_d")), 0.4 - fought * 0.005 / r, 1e-13);
  EXPECT_EQ(runs.at(0, outcome("ending")), static_cast<double>(rival::ongoing));
  EXPECT_EQ(runs.at(0, outcome("war_months")), 12);
  EXPECT_TRUE(std::isnan(runs.at(0, outcome("settlement_a"))));
}

TEST(RivalWelfare, OfAVictoryIsTheStakesForEver) {
  const auto runs = runs_of(joined(still, {{"settles", 0}, {"decided", 1}}), 2000);
  int by_a = 0;
  for (std::size_t i = 0; i < runs.count(); ++i) {
    const bool a = runs.at(i, outcome("ending")) == static_cast<double>(rival::victory_a);
    ASSERT_NEAR(runs.at(i, outcome("welfare_a")), (1 - delta) * (0.6 - 0.003 / r) + (a ? delta : 0), 1e-13);
    ASSERT_NEAR(runs.at(i, outcome("welfare_d")), (1 - delta) * (0.4 - 0.005 / r) + (a ? 0 : delta), 1e-13);
    ASSERT_EQ(runs.at(i, outcome("war_months")), 0.5);
    by_a += a;
  }
  EXPECT_NEAR(by_a, 1200, 4 * std::sqrt(2000 * 0.24));
}

/// The fight to the finish is worth p - c: the lump cost is what the months of a war that arms decide cost.
TEST(RivalWelfare, OfFightingToTheFinishIsTheChanceLessTheLumpCost) {
  const auto runs = runs_of(joined(still, {{"settles", 0}, {"horizon_months", 12000}}), 50000);
  for (const auto& [name, exact] :
       {std::pair{"welfare_a", 0.6 - 0.003 * lump_months()}, {"welfare_d", 0.4 - 0.005 * lump_months()}}) {
    const auto mean = estimate(runs, outcome(name));
    EXPECT_NEAR(mean.mean, exact, 4 * mean.standard_error);
  }
  EXPECT_NEAR(runs.at(0, outcome("lump_cost")), 0.003 * lump_months(), 1e-15);
  const auto months = estimate(runs, outcome("war_months"));
  EXPECT_NEAR(months.mean, 1 / 0.03 - 0.5, 4 * months.standard_error);
}

TEST(RivalWelfare, LumpMonthsAreTheSumOfTheMonths) {
  for (const double collapse : {0.01, 0.03, 0.2, 1.0})
    for (const double months : {6.0, 24.0, 60.0}) {
      double lump = 0, rally = 0, alive = 1;
      for (int t = 0; t < 20000; ++t) {
        const double month = std::exp(-r * t) * alive * (1 - delta) / r;
        lump += month;
        rally += month * std::exp(-t / months);
        alive *= 1 - collapse;
      }
      const auto war = rival::war_until_collapse(collapse, r, months);
      EXPECT_NEAR(war.months, lump, 1e-10 * lump);
      EXPECT_NEAR(war.rally_months, rally, 1e-10 * rally);
    }
}

/// Insulated and rewarded to the degree of his autocracy.
TEST(RivalWelfare, LeadersFeelWhatReachesThem) {
  rival::Inputs<double> in{};
  in.cost_insulation = 0.5;
  in.defiance_reward = 0.001;
  EXPECT_NEAR(rival::leaders_cost(in, 0.004, 0.8, {25, 12}), 0.004 * 0.6 * 25 - 0.001 * 0.8 * 12, 1e-16);
  EXPECT_NEAR(rival::leaders_cost(in, 0.004, 0, {25, 12}), 0.1, 1e-16);
}

/// The breaker alone pays, and both are left with the fight to the finish at today's balance.
TEST(RivalWelfare, ABreachCostsItsPrice) {
  const auto tempted = joined(still, {{"durability", 2},
                                      {"temptation", 0.5},
                                      {"detection_months", 240},
                                      {"renege_cost_a", 0.02},
                                      {"guarantee_a", 0.04},
                                      {"patron_support", 0.5},
                                      {"renege_cost_d", 0.03},
                                      {"guarantee_d", 0.01}});
  const double loss_a = 0.003 * lump_months(), loss_d = 0.005 * lump_months(), first = 1 - delta;
  const auto by_a = runs_of(joined(tempted, {{"settled_at", 0.55}}));
  EXPECT_NEAR(by_a.at(0, outcome("welfare_a")), first * 0.55 + delta * (0.6 - loss_a - 0.04), 1e-13);
  EXPECT_NEAR(by_a.at(0, outcome("welfare_d")), first * 0.45 + delta * (0.4 - loss_d), 1e-13);
  // A has so much that only D is tempted
  const auto by_d = runs_of(joined(tempted, {{"settled_at", 0.9}, {"renege_cost_a", 0.5}}));
  EXPECT_NEAR(by_d.at(0, outcome("welfare_a")), first * 0.9 + delta * (0.6 - loss_a), 1e-13);
  EXPECT_NEAR(by_d.at(0, outcome("welfare_d")), first * 0.1 + delta * (0.4 - loss_d - 0.04), 1e-13);
  EXPECT_EQ(by_d.at(0, outcome("peace_months")), 0.5);
}

// ------------------------------------------------------------------------------------------------- the principle

rival::Inputs<double> defaults() {
  rival::Inputs<double> in{};
  const auto inputs = inputs_of(kernel());
  std::memcpy(&in, inputs.data(), sizeof in);
  return in;
}

/// What a side of this price [stake], gap and belief would choose, on a hazard h0.
Anchoring<double> choice(const rival::Inputs<double>& in, double gap, double price, double belief, double h0) {
  return {in.discount_rate * gap, in.discount_rate * price, in.discount_rate, h0,
          in.hold_effect * in.justice_anchor * belief};
}

TEST(PrincipleSigned, IsWhatTheLessWillingSideTakes) {
  int limited_by_a = 0, limited_by_d = 0;
  for (std::uint32_t i = 0; i < many; ++i) {
    Uniforms u(i);
    auto in = defaults();
    in.autocracy_a = u.between(0, 1);
    in.autocracy_d = u.between(0, 1);
    in.cynicism = u.between(0, 1);
    in.doctrine_cost = u.between(0, 0.3);
    in.doctrine_initial = u.between(0, 1);
    in.justice_anchor = u.between(0, 0.6);
    in.guarantee_a = u.between(0, 0.3);
    in.territorial_boost = u.between(0, 1);
    in.durability = i % 2;
    in.trust_needed = 0.001;  // no signal is needed
    const auto war = rival::war_until_collapse(0.03, in.discount_rate, in.defiance_months);
    const auto k = rival::constants_of(in, war);
    rival::History<double> h{};
    h.month = 3;
    h.support = u.between(0, 1);
    h.doctrine_memory = u.between(0, 1);
    const double gap_a = u.between(0.01, 0.4), gap_d = u.between(0.01, 0.4),
                 scale = 1 + in.territorial_boost * in.autocracy_a;
    const double up = gap_a + (in.renege_cost_a + in.guarantee_a * h.support) / scale;
    const double down = gap_d + in.renege_cost_d + in.guarantee_d;
    const double s2 = in.balance_volatility * in.balance_volatility;
    const double h0 = in.durability == 0
                          ? s2 / (up * down)
                          : in.relapse_rate * 0.5 * (std::exp(-in.hold_effect * up) + std::exp(-in.hold_effect * down));
    const double price = in.doctrine_cost * (1 - (1 - in.doctrine_initial) * h.doctrine_memory) +
                         in.defiance_reward / (in.discount_rate + 1 / in.defiance_months);
    const auto a = choice(in, gap_a, price * in.autocracy_a / scale, 1 - in.cynicism * in.autocracy_a, h0);
    const auto d = choice(in, gap_d, price * in.autocracy_d, 1 - in.cynicism * in.autocracy_d, h0);
    const auto principle = rival::principle_signed(in, k, k.before, h, gap_a, gap_d, true);
    ASSERT_NEAR(principle.share, std::fmin(anchoring(a), anchoring(d)), 1e-9) << i;
    ASSERT_NEAR(principle.dearest_a, a.u * a.effect * a.h0 / (a.r + a.h0), 1e-12 * principle.dearest_a);
    limited_by_a += anchoring(a) < anchoring(d);
    limited_by_d += anchoring(d) < anchoring(a);
  }
  for (const int seen : {limited_by_a, limited_by_d}) EXPECT_GT(seen, 500);
}

const Changes trusting = joined(still, {{"justice_anchor", 0.3},
                                        {"doctrine_cost", 0},
                                        {"decided", 0},
                                        {"trust_initial", 0.2},
                                        {"signal_strength", 3},
                                        {"trust_needed", 0.9},
                                        {"cynicism", 0},
                                        {"settled_at", 0.6}});

/// Four months of signals are needed (the case of "Cynicism"): none before month 5 is signed.
TEST(PrincipleSigned, WaitsForTrust) {
  for (int month = 1; month <= 8; ++month) {
    const auto runs = runs_of(joined(trusting, {{"settles", month}}));
    EXPECT_EQ(runs.at(0, outcome("principled")), month > 4 ? 1 : 0) << month;
  }
  // an autocrat who discounts signals three quarters needs 14
  const auto cynical = joined(trusting, {{"cynicism", 0.75}, {"autocracy_a", 1}, {"autocracy_d", 0}});
  EXPECT_EQ(runs_of(joined(cynical, {{"settles", 14}})).at(0, outcome("principled")), 0);
  EXPECT_EQ(runs_of(joined(cynical, {{"settles", 15}})).at(0, outcome("principled")), 1);
}

/// After its change A is a democracy: it pays no price at home, and believes what a democracy believes.
TEST(PrincipleSigned, IsADemocracysAfterTheChangeOfApproach) {
  const auto dear = joined(
      trusting, {{"autocracy_a", 1}, {"autocracy_d", 0}, {"doctrine_cost", 5}, {"settles", 6}, {"cynicism", 0.75}});
  const auto before = runs_of(dear), after = runs_of(joined(dear, {{"change_hazard", 1}}));
  EXPECT_EQ(before.at(0, outcome("anchoring")), 0);
  EXPECT_EQ(after.at(0, outcome("anchoring")), 1);
  EXPECT_EQ(after.at(0, outcome("changed")), 1);
  EXPECT_GT(after.at(0, outcome("dearest_principle")), before.at(0, outcome("dearest_principle")));
  EXPECT_EQ(runs_of(joined(trusting, {{"justice_anchor", 0}, {"settles", 6}})).at(0, outcome("principled")), 0);
}

/// What holds A is worth less to it the more it values the stakes, and so is what war costs it: c_A/s and g_A/s.
TEST(RivalHistory, ALeaderProppedUpByTerritoryBreaksThePeaceSooner) {
  auto in = defaults();
  in.autocracy_a = 1;
  in.territorial_boost = 0.25;
  const auto k = rival::constants_of(in, rival::war_until_collapse(0.03, in.discount_rate, in.defiance_months));
  rival::History<double> h{};
  h.month = 1;
  rival::sign(in, k, k.before, h, rival::Agreement<double>{true, 0.45, 0.5});
  EXPECT_NEAR(h.top, 0.45 + k.before.cost_a / 1.25, 1e-15);
  EXPECT_NEAR(h.bottom, 0.45 - k.cost_d, 1e-15);
  EXPECT_EQ(h.balance, 0.5);
}

// ------------------------------------------------------------------------------------------------------ the mirror

/// A and D change places: a month of peace is the mirror of the other's.
TEST(RivalPeace, MirrorsWhenTheSidesChangePlaces) {
  int breaches[3] = {0, 0, 0};
  for (std::uint32_t i = 0; i < 3 * many; ++i) {
    Uniforms u(i);
    auto in = defaults();
    in.territorial_boost = 0;
    in.durability = i % 3;
    in.balance_volatility = 0.05;
    in.detection_months = 60;
    in.autocracy_a = u.between(0, 1);
    in.autocracy_d = u.between(0, 1);
    in.renege_cost_a = u.between(0, 0.1);
    in.renege_cost_d = u.between(0, 0.1);
    in.guarantee_a = u.between(0, 0.1);
    in.guarantee_d = u.between(0, 0.1);
    in.balance_drift = u.between(-0.01, 0.01);
    in.relapse_rate = 0.2;
    auto mirror = in;
    std::swap(mirror.autocracy_a, mirror.autocracy_d);
    std::swap(mirror.renege_cost_a, mirror.renege_cost_d);
    std::swap(mirror.guarantee_a, mirror.guarantee_d);
    mirror.balance_drift = -in.balance_drift;
    const double p = u.between(0.4, 0.6), terms = u.between(0.45, 0.55), z = u.between(-2, 2), x = u.between(0, 1);
    const auto month = [](const rival::Inputs<double>& inputs, double balance, double share, double normal,
                          double uniform) {
      const auto k =
          rival::constants_of(inputs, rival::war_until_collapse(0.03, inputs.discount_rate, inputs.defiance_months));
      rival::History<double> h{};
      h.month = 1;
      h.support = 1;
      rival::sign(inputs, k, k.before, h, rival::Agreement<double>{true, share, balance});
      const double moved = inputs.balance_drift + inputs.balance_volatility * normal;
      return rival::keep_peace(inputs, k, k.before, h, true, moved, uniform);
    };
    const auto one = month(in, p, terms, z, x), other = month(mirror, 1 - p, 1 - terms, -z, 1 - x);
    const auto same_draw = month(mirror, 1 - p, 1 - terms, -z, x);
    ASSERT_FALSE(one.by_a && one.by_d);
    if (i % 3 == by_hazard) {
      ASSERT_EQ(one.by_a || one.by_d, same_draw.by_a || same_draw.by_d) << i;  // who breaks is drawn, A first
    } else if (i % 3 == in_band) {
      ASSERT_EQ(one.by_a, other.by_d) << i;
      ASSERT_EQ(one.by_d, other.by_a) << i;
    } else {
      ASSERT_EQ(one.by_a || one.by_d, other.by_a || other.by_d) << i;
    }
    breaches[i % 3] += one.by_a || one.by_d;
  }
  for (const int seen : breaches) EXPECT_GT(seen, 300);
}

}  // namespace
}  // namespace truce::testing
