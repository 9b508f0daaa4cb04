// The least share that a leader can sign: exact cases, known terms as special cases, and the direction of each term.
#include "kernels/mechanisms/domestic.hpp"

#include "kernels/rival/home.hpp"
#include "tests/kernels/mechanisms/cases.hpp"

namespace truce::testing {
namespace {

Domestic with_claim(double audience_cost, double claim) {
  Domestic leader;
  leader.audience_cost = audience_cost;
  leader.claim = claim;
  return leader;
}

Domestic with_office(double office, double won, double lost, double keeps, double with_share) {
  Domestic leader;
  leader.office = office;
  leader.keeps_won = won;
  leader.keeps_lost = lost;
  leader.keeps = keeps;
  leader.keeps_with_share = with_share;
  return leader;
}

Domestic with_boost(double boost, double held) {
  Domestic leader;
  leader.boost = boost;
  leader.held = held;
  return leader;
}

Domestic with_kappa(double kappa) {
  Domestic leader;
  leader.kappa = kappa;
  return leader;
}

TEST(Claims, GiveTheExactCases) {
  struct Case {
    double p, audience_a, audience_d, least_a, most_a;
  };
  for (const auto& [p, a, d, least_a, most_a] :
       {Case{0.5, 0, 0, 0.4, 0.6}, {0.5, 1, 0.2, 0.6, 0.533333333333}, {0.95, 1, 0.2, 0.85, 0.908333333333}}) {
    expect_digits(least_share(with_claim(a, 0.8), p, 0.1), least_a);
    expect_digits(1 - least_share(with_claim(d, 0.8), 1 - p, 0.1), most_a);
  }
}

TEST(Claims, AskForTheMeanOfWarAndClaimWeighedByTheAudienceCost) {
  for (std::uint32_t i = 0; i < many; ++i) {
    Uniforms u(i);
    const double p = u.between(0.05, 0.95), cost = u.between(0, p), a = u.between(0, 5), claim = u.between(0, 1);
    const double war = p - cost;
    const double expected = claim <= war ? war : (war + a * claim) / (1 + a);
    ASSERT_NEAR(least_share(with_claim(a, claim), p, cost), expected, 1e-12);
  }
}

/// Equal audience costs a: a deal iff a (s_A + s_D - 1) <= C, the surplus of peace, while both claims are above war.
TEST(Claims, LeaveADealIfAndOnlyIfTheSurplusPaysForThem) {
  int deals = 0;
  for (std::uint32_t i = 0; i < many; ++i) {
    Uniforms u(i);
    const double p = u.between(0.3, 0.7), cost_a = u.between(0, 0.2), cost_d = u.between(0, 0.2);
    const double a = u.between(0, 1), claim_a = u.between(0.7, 1), claim_d = u.between(0.7, 1);
    const double sum =
        least_share(with_claim(a, claim_a), p, cost_a) + least_share(with_claim(a, claim_d), 1 - p, cost_d);
    ASSERT_EQ(sum <= 1, a * (claim_a + claim_d - 1) <= cost_a + cost_d) << i;
    deals += sum <= 1;
  }
  EXPECT_GT(deals, 1000);
  EXPECT_LT(deals, 9000);
}

/// No ceasefire without momentum: gains of the side with the higher audience cost open the range.
TEST(Claims, LetGainsOfTheSideWithTheHigherAudienceCostOpenTheRange) {
  for (std::uint32_t i = 0; i < many; ++i) {
    Uniforms u(i);
    const double a = u.between(0, 2), d = u.between(0, 2), gain = 1e-3, p = u.between(0.3, 0.7);
    const auto sum = [&](double win) {
      return least_share(with_claim(a, 1), win, 0.1) + least_share(with_claim(d, 1), 1 - win, 0.1);
    };
    ASSERT_NEAR(sum(p + gain) - sum(p), gain * (1 / (1 + a) - 1 / (1 + d)), 1e-12);
  }
}

TEST(LeadersFate, GivesTheExactCases) {
  struct Case {
    double office, won, lost, keeps, with_share, least;
  };
  for (const auto& [office, won, lost, keeps, with_share, least] :
       {Case{0, 0.9, 0.3, 0.6, 0, 0.4}, {2, 0.9, 0.1, 0.3, 0.4, 0.444444444444}, {1, 0.95, 0.5, 0.3, 0.1, 0.75}})
    expect_digits(least_share(with_office(office, won, lost, keeps, with_share), 0.5, 0.1), least);
}

/// ... and raises the least share iff the leader is likelier to survive the war than a settlement at war's worth.
TEST(LeadersFate, IsItsClosedForm) {
  for (std::uint32_t i = 0; i < many; ++i) {
    Uniforms u(i);
    const double p = u.between(0.2, 0.8), cost = u.between(0, 0.2), office = u.between(0, 2);
    const double won = u.between(0, 1), lost = u.between(0, won), keeps = u.between(0, 1), with_share = u.between(0, 1);
    const double after_war = p * won + (1 - p) * lost, war = p - cost;
    const double exact = (war + office * (after_war - keeps)) / (1 + office * with_share);
    const double least = least_share(with_office(office, won, lost, keeps, with_share), p, cost);
    ASSERT_NEAR(least, exact > 1 ? no_share : std::fmax(exact, 0), 1e-12);
    if (std::fabs(after_war - keeps - with_share * war) > 1e-9 && least > 0) {
      ASSERT_EQ(least > war, after_war > keeps + with_share * war);
    }
  }
}

TEST(TerritorialBoost, GivesTheExactCases) {
  EXPECT_NEAR(least_share(with_boost(0, 0.6), 0.5, 0.1), 0.4, 1e-12);
  // r = 0.7 is no less than min(h, p + c_D) = 0.55: no deal leaves A less than it holds, 0.55 itself is enough
  const double least = least_share(with_boost(0.6, 0.55), 0.5, 0.1);
  EXPECT_NEAR(least, 0.55, 1e-12);
  EXPECT_LE(least, 0.6);
  EXPECT_GE(worth_at_home(with_boost(0.6, 0.55), least), war_at_home(with_boost(0.6, 0.55), 0.5, 0.1));
  EXPECT_LT(worth_at_home(with_boost(0.6, 0.55), 0.5499), war_at_home(with_boost(0.6, 0.55), 0.5, 0.1));
}

TEST(TerritorialBoost, MakesWhatIsHeldIndivisible) {
  int withdrawals = 0, kept = 0;
  for (std::uint32_t i = 0; i < many; ++i) {
    Uniforms u(i);
    const double p = u.between(0.2, 0.8), cost = u.between(0, 0.2), boost = u.between(0, 0.6),
                 held = u.between(0.2, 0.8);
    const double war = p * (1 + boost) - cost;
    const double least = least_share(with_boost(boost, held), p, cost);
    if (war < held) {
      ASSERT_NEAR(least, std::fmax(war, 0), 1e-12);
      ++withdrawals;
    } else {
      const double keeping = std::fmax(held, war - boost);
      ASSERT_NEAR(least, keeping > 1 ? no_share : keeping, 1e-12);
      ++kept;
    }
  }
  EXPECT_GT(withdrawals, 1000);
  EXPECT_GT(kept, 1000);
}

TEST(AllOrNothing, GivesTheExactCases) {
  expect_digits(kappa_limit(0.5, 0.1, 0.1), 1.79374465423);
  expect_digits(kappa_limit(0.6, 0.05, 0.1), 1.67613960811);
  expect_digits(least_share(with_kappa(2), 0.5, 0.1), 0.632455532034);
  expect_digits(least_share(with_kappa(2), 0.6, 0.05), 0.74161984871);
}

TEST(AllOrNothing, EmptiesTheRangeAboveItsLimit) {
  int empty = 0;
  for (std::uint32_t i = 0; i < many; ++i) {
    Uniforms u(i);
    const double p = u.between(0.3, 0.7), cost_a = u.between(0.01, 0.2), cost_d = u.between(0.01, 0.2);
    const double kappa = u.between(1, 3), least = least_share(with_kappa(kappa), p, cost_a);
    ASSERT_NEAR(least, std::pow(p - cost_a, 1 / kappa), 1e-12);
    ASSERT_EQ(least > 1 - least_share(Domestic{}, 1 - p, cost_d), kappa > kappa_limit(p, cost_a, cost_d));
    empty += kappa > kappa_limit(p, cost_a, cost_d);
  }
  EXPECT_GT(empty, 1000);
  EXPECT_LT(empty, 9000);
  EXPECT_EQ(kappa_limit(0.5, 0.5, 0.1), 1e300);
  EXPECT_EQ(kappa_limit(0.5, 0.1, 0.5), 1e300);
}

TEST(Adapter, GivesTheExactCases) {
  expect_digits(least_share(Domestic{}, 0.5, 0.1), 0.4);
  auto leader = with_claim(0.3, 0.8);
  leader.kappa = 1.5;
  expect_digits(least_share(leader, 0.5, 0.1), 0.596741800488);
  leader = with_claim(1, 1);
  leader.kappa = 3;
  leader.price = 0.1;
  expect_digits(least_share(leader, 0.5, 0.05), 0.876538398892);
}

Domestic any_leader(Uniforms& u) {
  Domestic leader = with_claim(u.between(0, 2), u.between(0.5, 1));
  leader.kappa = u.between(1, 3);
  leader.boost = u.between(0, 0.5);
  leader.held = u.between(0.2, 0.8);
  leader.office = u.between(0, 0.5);
  leader.keeps = u.between(0, 1);
  leader.keeps_with_share = u.between(0, 0.5);
  leader.keeps_won = u.between(0.5, 1);
  leader.keeps_lost = u.between(0, 0.5);
  leader.price = u.between(0, 0.1);
  return leader;
}

/// Of all terms at once: enough, the least that is, and moved by each term as the formula says.
TEST(Adapter, FindsTheLeastShareThatIsEnough) {
  int found = 0;
  for (std::uint32_t i = 0; i < many; ++i) {
    Uniforms u(i);
    const Domestic leader = any_leader(u);
    const double p = u.between(0.1, 0.9), cost = u.between(0, 0.3), war = war_at_home(leader, p, cost);
    const double least = least_share(leader, p, cost);
    ASSERT_GE(least_share(leader, p, cost - 0.01), least);
    ASSERT_GE(least_share(leader, p + 0.01, cost), least);
    for (double Domestic::*term : {&Domestic::kappa, &Domestic::audience_cost, &Domestic::claim, &Domestic::price}) {
      Domestic more = leader;
      more.*term += 0.05;
      ASSERT_GE(least_share(more, p, cost), least - 1e-15);
    }
    if (least == no_share) {
      ASSERT_LT(worth_at_home(leader, 1), war);
      continue;
    }
    ASSERT_GE(worth_at_home(leader, least), war - 1e-12);  // within rounding, as it says
    if (least > 1e-9) {
      ASSERT_LT(worth_at_home(leader, least - 1e-9), war);
    }
    found += least > 0;
  }
  EXPECT_GT(found, 5000);
}

/// The inputs as the adapter sees them: only audience costs and claims are a democrat's too.
TEST(Adapter, TakesFromTheInputsWhatIsAnAutocratsAlone) {
  rival::Inputs<double> in{};
  in.autocracy_d = 0.5;
  in.audience_cost_a = 0.3;
  in.audience_cost_d = 0.4;
  in.territorial_boost = 0.2;
  const rival::HomeInputs<double> home{0.8, 0.7, 0.4, 2, 0.25, 0.1, 0.5, 0.3, 0.9, 0.2};
  const Domestic autocrat = rival::a_at_home(in, home, 1), democrat = rival::a_at_home(in, home, 0);
  EXPECT_EQ(autocrat.kappa, 1 + (2 - 1) * 1 * (1 - 0.25));
  EXPECT_EQ(autocrat.boost, 0.2);
  EXPECT_EQ(autocrat.office, 0.1);
  EXPECT_EQ(democrat.kappa, 1);
  EXPECT_EQ(democrat.boost, 0);
  EXPECT_EQ(democrat.office, 0);
  for (const auto& leader : {autocrat, democrat}) {
    EXPECT_EQ(leader.audience_cost, 0.3);
    EXPECT_EQ(leader.claim, 0.8);
    EXPECT_EQ(leader.held, 0.4);
    EXPECT_EQ(leader.keeps, 0.5);
    EXPECT_EQ(leader.keeps_with_share, 0.3);
    EXPECT_EQ(leader.keeps_won, 0.9);
    EXPECT_EQ(leader.keeps_lost, 0.2);
  }
  const Domestic defender = rival::d_at_home(in, home);
  EXPECT_EQ(defender.audience_cost, 0.4);
  EXPECT_EQ(defender.claim, 0.7);
  EXPECT_EQ(defender.office, 0.05);
  EXPECT_EQ(defender.kappa, 1);
  EXPECT_EQ(defender.boost, 0);
}

}  // namespace
}  // namespace truce::testing
