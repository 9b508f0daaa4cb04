// crisis_offer against its closed forms: what A demands, how often that means war, how such wars end.
#include "kernels/crisis_offer.hpp"

#include <cmath>
#include <vector>

#include "tests/kernels/crisis_closed_forms.hpp"
#include "tests/kernels/rival_runs.hpp"

namespace truce::testing {
namespace {

const Kernel& kernel() { return *find_kernel("crisis_offer"); }
double outcome_of(const Changes& changes, std::string_view outcome) { return outcome_at(kernel(), changes, outcome); }

/// All runs of one replicate at each of many settings.
Runs one_each(const std::vector<Changes>& settings) {
  std::vector<std::vector<double>> points;
  for (const auto& changes : settings) points.push_back(inputs_of(kernel(), changes));
  return run_points(fastest_code(kernel()), points, 1);
}
double at(const Runs& runs, std::size_t run, std::string_view outcome) {
  return runs.at(run, index_of(kernel().outcomes, outcome));
}

struct CostCase {
  double p, cost_a, low, high, demand, refusal, worth_a, destroyed;
};
constexpr CostCase cost_cases[] = {{0.5, 0.1, 0, 0.4, 0.65, 0.375, 0.55625, 0.065625},
                                   {0.5, 0.3, 0.15, 0.5, 0.65, 0, 0.65, 0},
                                   {0.4, 0.5, 0, 0.4, 0.4, 0, 0.4, 0}};

Changes with_private_cost(double p, double cost_a, double low, double high) {
  const double mean = 0.5 * (low + high);
  return joined(bare_war(p, cost_a, mean), {{"cost_spread", 0.5 * (high - low) / mean}});
}

struct PowerCase {
  double low, high, cost_a, cost_d, demand, refusal, worth_a;
};
constexpr PowerCase power_cases[] = {{0.3, 0.7, 0.1, 0.1, 0.6, 0.5, 0.45}, {0.4, 0.6, 0.1, 0.15, 0.55, 0, 0.55}};

Changes with_private_power(double low, double high, double cost_a, double cost_d) {
  return joined(bare_war(0.5 * (low + high), cost_a, cost_d),
                {{"private_information", 1}, {"power_spread", 0.5 * (high - low)}});
}

TEST(CrisisOffer, ExactCasesOfPrivateCost) {
  for (const auto& c : cost_cases) {
    const auto u = crisis::private_cost(c.p, c.cost_a, c.low, c.high);
    EXPECT_NEAR(u.demand, c.demand, 1e-12);
    EXPECT_NEAR(u.refusal, c.refusal, 1e-12);
    EXPECT_NEAR(u.worth_a, c.worth_a, 1e-12);
    EXPECT_NEAR(u.destroyed, c.destroyed, 1e-12);
    const auto changes = with_private_cost(c.p, c.cost_a, c.low, c.high);
    EXPECT_NEAR(outcome_of(changes, "demand"), c.demand, 1e-12);
    EXPECT_NEAR(outcome_of(changes, "refusal_chance"), c.refusal, 1e-12);
  }
}

TEST(CrisisOffer, ExactCasesOfPrivatePower) {
  for (const auto& c : power_cases) {
    const auto u = crisis::private_power(c.low, c.high, c.cost_a, c.cost_d);
    EXPECT_NEAR(u.demand, c.demand, 1e-12);
    EXPECT_NEAR(u.refusal, c.refusal, 1e-12);
    EXPECT_NEAR(u.worth_a, c.worth_a, 1e-12);
    const auto changes = with_private_power(c.low, c.high, c.cost_a, c.cost_d);
    EXPECT_NEAR(outcome_of(changes, "demand"), c.demand, 1e-12);
    EXPECT_NEAR(outcome_of(changes, "refusal_chance"), c.refusal, 1e-12);
  }
}

TEST(CrisisOffer, ExactCaseOfTwoTypes) {
  EXPECT_NEAR(crisis::pooling_limit(0.4, 0.1), 0.8, 1e-12);
  EXPECT_NEAR(outcome_of(with_private_power(0.3, 0.7, 0.05, 0.05), "pooling_limit"), 0.8, 1e-12);
  EXPECT_NEAR(outcome_of(with_private_cost(0.5, 0.1, 0.1, 0.4), "pooling_limit"), 0.3 / 0.5, 1e-12);
}

/// Below f* the gamble pays, above it pooling does, whoever counts it.
TEST(CrisisOffer, PoolingLimitIsWhereBothDemandsAreWorthTheSame) {
  for (std::uint32_t i = 0; i < 10000; ++i) {
    const double cost_a = random_in(i, 0, 0, 0.3), strong = random_in(i, 1, 0, 0.2);
    const double weak = strong + random_in(i, 2, 0.001, 0.3), p = random_in(i, 3, 0.3, 0.5);
    const double f = crisis::pooling_limit(weak - strong, cost_a + strong);
    EXPECT_NEAR((1 - f) * (p + weak) + f * (p - cost_a), p + strong, 1e-12);
  }
}

TEST(CrisisOffer, ExactCasesOfIndivisibleStakes) {
  EXPECT_EQ(crisis::deals_among(1, 0.5, 0.1, 0.1), 0);
  EXPECT_EQ(crisis::deals_among(3, 0.45, 0.05, 0.04), 0);
  EXPECT_EQ(crisis::deals_among(2, 0.5, 0.1, 0.1), 1);
  const Changes known = {{"cost_spread", 0}};
  for (const auto& [p, a, d, k] : {std::tuple{0.5, 0.1, 0.1, 1.0}, {0.45, 0.05, 0.04, 3.0}, {0.5, 0.1, 0.1, 2.0}})
    EXPECT_EQ(outcome_of(joined(joined(bare_war(p, a, d), known), {{"divisions", k}}), "refusal_chance"),
              k == 2 ? 0 : 1);
}

TEST(CrisisOffer, ExactCasesOfAllOrNothing) {
  for (const auto& [p, a, d, limit, least] :
       {std::tuple{0.5, 0.1, 0.1, 1.79374465423, 0.632455532034}, {0.6, 0.05, 0.1, 1.67613960811, 0.74161984871}}) {
    EXPECT_NEAR(outcome_of(bare_war(p, a, d), "kappa_limit"), limit, 1e-11);
    Domestic leader;
    leader.kappa = 2;
    EXPECT_NEAR(least_share(leader, p, a), least, 1e-12);
    const auto base = joined(bare_war(p, a, d), {{"cost_spread", 0}, {"autocracy_a", 1}, {"collective_formula", 0}});
    EXPECT_EQ(outcome_of(joined(base, {{"all_or_nothing", limit - 1e-6}}), "refusal_chance"), 0);
    EXPECT_EQ(outcome_of(joined(base, {{"all_or_nothing", limit + 1e-6}}), "refusal_chance"), 1);
  }
}

/// A9a to A9c: whether a deal is there at all, with nothing secret.
TEST(CrisisOffer, ExactCasesOfTermsAtHome) {
  const Changes known = {{"cost_spread", 0}, {"claim_a", 0.8}, {"claim_d", 0.8}};
  const auto deal = [&](double p, const Changes& home) {
    return outcome_of(joined(joined(bare_war(p, 0.1, 0.1), known), home), "refusal_chance") == 0;
  };
  EXPECT_TRUE(deal(0.5, {}));
  const Changes claims = {{"audience_cost_a", 1}, {"audience_cost_d", 0.2}};
  EXPECT_FALSE(deal(0.5, claims));
  EXPECT_TRUE(deal(0.95, claims));
  EXPECT_NEAR(outcome_of(joined(joined(bare_war(0.5, 0.1, 0.1), known), claims), "zone_width"), -1.0 / 15, 1e-12);
  const auto fate = [](double psi, double won, double lost, double kept, double with_share) {
    return Changes{
        {"autocracy_a", 1},    {"autocracy_d", 0},       {"office_stakes", psi},           {"tenure_won", won},
        {"tenure_lost", lost}, {"tenure_settled", kept}, {"tenure_with_share", with_share}};
  };
  EXPECT_TRUE(deal(0.5, fate(2, 0.9, 0.1, 0.3, 0.4)));
  EXPECT_FALSE(deal(0.5, fate(1, 0.95, 0.5, 0.3, 0.1)));
  EXPECT_TRUE(deal(0.5, {{"autocracy_a", 1}, {"territorial_boost", 0.6}, {"held_share", 0.55}}));
  EXPECT_FALSE(deal(0.5, {{"autocracy_a", 1}, {"territorial_boost", 0.6}, {"held_share", 0.65}}));
}

TEST(CrisisOffer, DemandsTheClosedFormAtRandomInputs) {
  std::vector<Changes> settings;
  std::vector<crisis::Ultimatum> exact;
  for (std::uint32_t i = 0; i < 10000; ++i) {
    const double p = random_in(i, 0, 0.1, 0.9), cost_a = random_in(i, 1, 0, 0.5);
    if (i % 2 == 0) {
      const double low = random_in(i, 2, 0, 0.3), high = low + random_in(i, 3, 0.001, 0.6);
      settings.push_back(with_private_cost(p, cost_a, low, high));
      exact.push_back(crisis::private_cost(p, cost_a, low, high));
    } else {
      const double s = random_in(i, 2, 0.001, std::min(p, 1 - p)), cost_d = random_in(i, 3, 0, 0.5);
      settings.push_back(with_private_power(p - s, p + s, cost_a, cost_d));
      exact.push_back(crisis::private_power(p - s, p + s, cost_a, cost_d));
    }
  }
  const auto runs = one_each(settings);
  for (std::size_t i = 0; i < exact.size(); ++i) {
    EXPECT_NEAR(at(runs, i, "demand"), exact[i].demand, 1e-11) << i;
    EXPECT_NEAR(at(runs, i, "refusal_chance"), exact[i].refusal, 1e-9) << i;
  }
}

crisis::Crisis random_crisis(std::uint32_t i) {
  std::uint32_t word = 0;
  const auto draw = [&](double lo, double hi) { return random_in(i, word++, lo, hi); };
  const auto on = [&] { return draw(0, 1) < 0.6; };
  crisis::Crisis c;
  for (Domestic* leader : {&c.a, &c.d}) {
    if (on()) {
      leader->audience_cost = draw(0, 1.5);
      leader->claim = draw(0.2, 1.1);
    }
    if (on()) {
      leader->office = draw(0, 0.6);
      leader->keeps = draw(0, 0.7);
      leader->keeps_with_share = draw(0, 0.5);
      leader->keeps_won = draw(0, 1);
      leader->keeps_lost = draw(0, 1);
    }
  }
  if (on()) {
    c.a.boost = draw(0, 0.8);
    c.a.held = draw(0, 1);
  }
  if (on()) c.a.kappa = draw(1, 4);
  const double p = draw(0.15, 0.85), spread = on() ? draw(0, 0.15) : 0, cost = draw(0, 0.4), half = draw(0, 0.4);
  const double cost_a = draw(0, 0.4);
  c.war_a = war_at_home(c.a, p, cost_a);
  c.learned = c.war_a - war_at_home(c.a, p - spread, cost_a);
  crisis::set_types(c, {1 - p - spread, cost + half}, {1 - p + spread, cost - half});
  return c;
}

/// No demand of a dense grid beats the one found, whatever is at work at home.
TEST(CrisisOffer, NoDemandOfADenseGridIsBetter) {
  constexpr int steps = 4000;
  int wars = 0, gambles = 0, pooled = 0;
  for (std::uint32_t i = 0; i < 3000; ++i) {
    const auto c = random_crisis(i);
    const auto best = crisis::best_demand(c);
    const double gain = best.refusal < 1 ? crisis::gain_of(c, best.share, best.refusal) : 0;
    double dense = 0;
    for (int k = 0; k <= steps; ++k) {
      const double x = static_cast<double>(k) / steps;
      dense = std::max(dense, crisis::gain_of(c, x, crisis::refusal_of(c, x)));
    }
    EXPECT_GE(gain, dense - 1e-12) << i;
    EXPECT_EQ(best.refusal, crisis::refusal_of(c, best.share)) << i;
    wars += best.refusal == 1;
    pooled += best.refusal == 0;
    gambles += best.refusal > 0 && best.refusal < 1;
  }
  for (const int seen : {wars, pooled, gambles}) EXPECT_GE(seen, 100);
}

/// Who refuses is who needs more than is left, by the adapter's own bisection, and refusals are what A fears.
TEST(CrisisOffer, RefusalIsTheShareOfTypesThatNeedMore) {
  for (std::uint32_t i = 0; i < 2000; ++i) {
    auto c = random_crisis(i);
    const double p = 0.5, cost = random_in(i, 60, 0, 0.3), half = random_in(i, 61, 0, 0.3);
    crisis::set_types(c, {1 - p, cost + half}, {1 - p, cost - half});
    const double x = random_in(i, 62, 0, 1), refusal = crisis::refusal_of(c, x);
    for (int k = 0; k < 20; ++k) {
      const double rank = (k + 0.5) / 20, type = cost - half + 2 * half * rank;
      if (std::abs(rank - refusal) < 1e-9) continue;
      EXPECT_EQ(rank<refusal, least_share(c.d, 1 - p, type)> 1 - x) << i;
    }
  }
}

TEST(CrisisOffer, WithNothingSecretOneDemandEndsTheWarWhereThereIsAZone) {
  std::vector<Changes> settings;
  for (std::uint32_t i = 0; i < 10000; ++i)
    settings.push_back({{"cost_spread", 0},
                        {"power_spread", 0},
                        {"private_information", i % 2},
                        {"horizon_months", 2},
                        {"change_hazard", 0},
                        {"initial_position", random_in(i, 0, 0.3, 0.7)},
                        {"war_cost_a", random_in(i, 1, 0.001, 0.012)},
                        {"war_cost_d", random_in(i, 2, 0.001, 0.012)},
                        {"all_or_nothing", random_in(i, 3, 1, 2)},
                        {"audience_cost_a", random_in(i, 4, 0, 0.5)},
                        {"claim_a", random_in(i, 5, 0.4, 1)},
                        {"office_stakes", random_in(i, 6, 0, 0.3)}});
  const auto runs = one_each(settings);
  int deals = 0;
  for (std::size_t i = 0; i < settings.size(); ++i) {
    const bool zone = at(runs, i, "zone_width") > 0;
    deals += zone;
    EXPECT_EQ(at(runs, i, "refusal_chance"), zone ? 0 : 1) << i;
    EXPECT_EQ(at(runs, i, "war_months") == 0, zone) << i;
  }
  EXPECT_GE(deals, 1000);
  EXPECT_LE(deals, 9000);
}

/// kappa* is the frontier of a settlement, deals_among that of an indivisible one.
TEST(CrisisOffer, ClosedFrontiersAreTheKernels) {
  std::vector<Changes> settings;
  std::vector<int> deals;
  for (std::uint32_t i = 0; i < 10000; ++i) {
    const double p = random_in(i, 0, 0.3, 0.7), a = random_in(i, 1, 0.01, 0.2), d = random_in(i, 2, 0.01, 0.2);
    const auto known = joined(bare_war(p, a, d), {{"cost_spread", 0}, {"autocracy_a", 1}, {"collective_formula", 0}});
    const int k = static_cast<int>(random_in(i, 3, 1, 6));
    deals.push_back(crisis::deals_among(k, p, a, d));
    settings.push_back(
        joined(known, {i % 2 == 0 ? std::pair<std::string_view, double>{"divisions", k}
                                  : std::pair<std::string_view, double>{"all_or_nothing", random_in(i, 4, 1, 4)}}));
  }
  const auto runs = one_each(settings);
  for (std::size_t i = 0; i < deals.size(); ++i) {
    const double kappa = settings[i].back().second;
    const bool deal = i % 2 == 0 ? deals[i] > 0 : kappa <= at(runs, i, "kappa_limit");
    EXPECT_EQ(at(runs, i, "refusal_chance"), deal ? 0 : 1) << i;
  }
}

/// Pr(war) falls in A's cost and rises in the width of D's at the same mean; the zone does not know who is called A.
TEST(CrisisOffer, MovesAsTheFormulasSay) {
  std::vector<Changes> settings;
  for (std::uint32_t i = 0; i < 10000; ++i) {
    const double p = random_in(i, 0, 0.2, 0.8), a = random_in(i, 1, 0, 0.4), d = random_in(i, 2, 0.01, 0.4);
    const double audience = random_in(i, 3, 0, 1), other = random_in(i, 4, 0, 1), spread = random_in(i, 5, 0, 0.9);
    const auto at_home = [&](double x, double y) {
      return Changes{{"audience_cost_a", x}, {"audience_cost_d", y}, {"cost_spread", spread}};
    };
    settings.push_back(joined(bare_war(p, a, d), {{"cost_spread", spread}}));
    settings.push_back(joined(bare_war(p, a + 0.05, d), {{"cost_spread", spread}}));
    settings.push_back(joined(bare_war(p, a, d), {{"cost_spread", spread + 0.1}}));
    settings.push_back(joined(bare_war(p, a, d), at_home(audience, other)));
    settings.push_back(joined(bare_war(1 - p, d, a), at_home(other, audience)));
  }
  const auto runs = one_each(settings);
  for (std::size_t i = 0; i < settings.size(); i += 5) {
    const double war = at(runs, i, "refusal_chance");
    EXPECT_LE(at(runs, i + 1, "refusal_chance"), war + 1e-9) << i;
    EXPECT_GE(at(runs, i + 2, "refusal_chance"), war - 1e-9) << i;
    EXPECT_NEAR(at(runs, i + 3, "zone_width"), at(runs, i + 4, "zone_width"), 1e-12) << i;
  }
}

}  // namespace
}  // namespace truce::testing
