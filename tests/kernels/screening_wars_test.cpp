// Simulated wars of screening against what is expected of them, and what terms at home and a deadline do to them.
#include <cmath>
#include <cstdio>

#include "kernels/screening.hpp"
#include "tests/kernels/rival_runs.hpp"
#include "tests/kernels/screening_closed_forms.hpp"

namespace truce::testing {
namespace {

constexpr std::uint32_t histories = 1000000;

const Kernel& kernel() { return *find_kernel("screening"); }
double outcome_of(const Changes& changes, std::string_view outcome) { return outcome_at(kernel(), changes, outcome); }

/// gamma = exp(-r)(1 - collapse); what peace is worth to both is uniform on 0..1, D's share of the stakes is 1/2.
Changes with_gamma(double gamma, double collapse) {
  return joined(bare_war(0.5, 0.25, 0.25, collapse, std::log((1 - collapse) / gamma)), {{"surplus_spread", 2}});
}

/// Mean of `value` over the runs, with `expect_near`.
template <class Value>
void expect_mean(const Runs& runs, double exact, const char* what, const Value& value) {
  expect_near(estimate(runs.count(), value), exact, what);
}

std::size_t number_of(std::string_view outcome) { return index_of(kernel().outcomes, outcome); }

void expect_ending(const Runs& runs, const rival::Expected& expected) {
  expect_chance(kernel(), runs, "ending", 0, expected.settled);
  expect_chance(kernel(), runs, "ending", 3, expected.left);
  expect_chance(kernel(), runs, "ending", 1, 0.5 * (1 - expected.settled - expected.left));
  expect_near(mean_of(kernel(), runs, "war_months"), expected.months, "war_months");
  EXPECT_NEAR(mean_of(kernel(), runs, "expected_months").mean, expected.months, 1e-11);
  EXPECT_NEAR(mean_of(kernel(), runs, "settlement_chance").mean, expected.settled, 1e-12);
}

TEST(ScreeningWars, SettleAtAConstantHazard) {
  for (const auto& [gamma, collapse] : {std::pair{0.9, 0.05}, {0.75, 0.01}}) {
    const double s = std::sqrt(1 - gamma);
    const auto changes = with_gamma(gamma, collapse);
    const auto runs = run_with(kernel(), changes, histories);
    expect_ending(runs, screening::expected_war(gamma, collapse, 0, 24));
    EXPECT_NEAR(outcome_of(changes, "settlement_hazard"), s / (1 + s), 1e-12);
    EXPECT_NEAR(outcome_of(changes, "first_demand"), 0.25 + s / (1 + s), 1e-12);
    double at_war = static_cast<double>(histories);  // month by month: hazard s/(1 + s) of those left
    for (int month = 0; month < 4; ++month) {
      double settled = 0, decided = 0;
      for (std::size_t i = 0; i < runs.count(); ++i) {
        settled += runs.at(i, number_of("war_months")) == month && runs.at(i, number_of("ending")) == 0;
        decided += runs.at(i, number_of("war_months")) == month + 0.5;
      }
      const double hazard = s / (1 + s);
      EXPECT_NEAR(settled / at_war, hazard, 4 * std::sqrt(hazard / at_war)) << month;
      at_war -= settled + decided;
    }
  }
}

/// A type settles in the month in which the demand reaches s theta, on that demand, unless arms decide before.
TEST(ScreeningWars, EachTypeWaitsForItsDemand) {
  const double gamma = 0.9, s = std::sqrt(1 - gamma), lambda = 1 / (1 + s);
  const auto runs = run_with(kernel(), with_gamma(gamma, 0.05), 100000);
  for (std::size_t i = 0; i < runs.count(); ++i) {
    const double theta = runs.at(i, number_of("surplus"));
    ASSERT_TRUE(theta > 0 && theta < 1);
    const double waits = std::ceil(std::log(theta) / std::log(lambda)) - 1,
                 months = runs.at(i, number_of("war_months"));
    if (runs.at(i, number_of("ending")) != 0) {
      EXPECT_LT(months, std::min(waits, 24.0) + 1e-9);
      continue;
    }
    EXPECT_EQ(months, waits) << theta;
    EXPECT_NEAR(runs.at(i, number_of("settlement_a")), 0.25 + s / (1 + s) * std::pow(lambda, waits), 1e-12);
  }
}

/// What A gets out of it, at once or later: half of its first demand (above what fighting brings).
TEST(ScreeningWars, AreWorthToAWhatTheClosedFormSays) {
  const double gamma = 0.9, collapse = 0.05, r = std::log((1 - collapse) / gamma);
  const auto runs = run_with(kernel(), joined(with_gamma(gamma, collapse), {{"horizon_months", 120}}), histories);
  expect_mean(runs, screening::worth_of(screening::round_of(std::sqrt(1 - gamma)), 1), "worth", [&](std::size_t i) {
    if (runs.at(i, number_of("ending")) != 0) return 0.0;
    return std::exp(-r * runs.at(i, number_of("war_months"))) * (runs.at(i, number_of("settlement_a")) - 0.25);
  });
}

TEST(ScreeningWars, WithADeadlineFollowTheRecursion) {
  for (const auto& [gamma, collapse, deadline] : {std::tuple{0.75, 0.02, 2.0}, {0.9, 0.05, 5.0}}) {
    const auto changes = joined(with_gamma(gamma, collapse), {{"deadline_months", deadline}});
    const auto runs = run_with(kernel(), changes, histories);
    expect_ending(runs, screening::expected_war(gamma, collapse, deadline, 24));
    const auto first = screening::round_before_deadline(gamma, deadline);
    EXPECT_NEAR(outcome_of(changes, "first_demand"), 0.25 + first.demand, 1e-12);
    double by_deadline = 0;
    for (std::size_t i = 0; i < runs.count(); ++i)
      by_deadline =
          std::max(by_deadline, runs.at(i, number_of("ending")) == 0 ? runs.at(i, number_of("war_months")) : 0);
    EXPECT_EQ(by_deadline, deadline - 1);
  }
}

TEST(ScreeningWars, AboutADesireEndByArmsOnly) {
  const double collapse = 0.05;
  const auto changes = joined(with_gamma(0.9, collapse), {{"uncertainty", 1}, {"horizon_months", 1000}});
  const auto runs = run_with(kernel(), changes, histories);
  expect_ending(runs, rival::geometric_war(0, collapse, 1000));
  expect_near(mean_of(kernel(), runs, "war_months"), 1 / collapse - 0.5, "to the finish");
  EXPECT_EQ(outcome_of(changes, "settlement_hazard"), 0);
  EXPECT_TRUE(std::isnan(outcome_of(changes, "first_demand")));
}

/// Terms at home that raise both least shares by `shift` in all: types below never settle, the rest screen as ever.
TEST(ScreeningWars, TermsAtHomeShiftWhoCanSettle) {
  const double gamma = 0.9, collapse = 0.05, s = std::sqrt(1 - gamma);
  const Changes home = {{"audience_cost_a", 0.5}, {"audience_cost_d", 0.5}, {"claim_a", 0.7}, {"claim_d", 0.7}};
  const auto changes = joined(with_gamma(gamma, collapse), home);
  const double shift = 2 * ((0.25 + 0.5 * 0.7) / 1.5 - 0.25), v = 1 - shift;  // A9a
  ASSERT_NEAR(shift, 0.3, 1e-12);
  const auto runs = run_with(kernel(), changes, histories);
  const auto screened = screening::expected_war(gamma, collapse, 0, 24);
  const auto fought = rival::geometric_war(0, collapse, 24);
  expect_ending(runs, {v * screened.settled, v * screened.left + shift * fought.left,
                       v * screened.months + shift * fought.months});
  EXPECT_NEAR(outcome_of(changes, "first_demand"), 0.4 + v * s / (1 + s), 1e-12);
  for (std::size_t i = 0; i < 10000; ++i)
    EXPECT_FALSE(runs.at(i, number_of("ending")) == 0 && runs.at(i, number_of("surplus")) <= 0);
}

/// All gain where what A's leader keeps in office is worth more at the table: A asks for it, and settles no sooner.
TEST(ScreeningWars, WhatAllTypesGainGoesToA) {
  const Changes base = joined(with_gamma(0.9, 0.05), {{"autocracy_a", 0}, {"autocracy_d", 1}});
  const Changes kept = joined(base, {{"office_stakes", 0.2},
                                     {"tenure_settled", 1},
                                     {"tenure_with_share", 0},
                                     {"tenure_won", 0.5},
                                     {"tenure_lost", 0.5}});
  EXPECT_NEAR(outcome_of(kept, "first_demand"), outcome_of(base, "first_demand") + 0.1, 1e-12);
  EXPECT_EQ(outcome_of(kept, "settlement_chance"), outcome_of(base, "settlement_chance"));
}

/// A type's chance to settle within 24 months where A changes its approach with chance nu a month and asks for `shift`
/// more before: by hand, one history for each month of the change.
double settles_with_change(double theta, double nu, double shift, double lambda, double collapse) {
  double settled = 0, unchanged = 1, highest = 1;  // highest: of the types left before the change
  const auto settles_after = [&](double top, int month) {
    for (double alive = 1; month < 24; ++month, alive *= 1 - collapse) {
      top *= lambda;
      if (theta > top) return alive;
    }
    return 0.0;
  };
  for (int month = 0; month < 24; ++month) {
    settled += unchanged * nu * settles_after(highest, month);
    unchanged *= 1 - nu;
    highest = shift + lambda * (highest - shift);
    if (theta > highest) return settled + unchanged;
    unchanged *= 1 - collapse;
  }
  return settled;
}

/// A changed A needs less, so that more types can settle; by then the others have been screened as before.
TEST(ScreeningWars, ChangeOfApproachLetsMoreTypesSettle) {
  const double gamma = 0.9, collapse = 0.05, s = std::sqrt(1 - gamma), lambda = 1 / (1 + s), shift = 0.21;
  const auto changes = joined(with_gamma(gamma, collapse), {{"autocracy_a", 1},
                                                            {"autocracy_d", 0},
                                                            {"office_stakes", 0.3},
                                                            {"tenure_settled", 0.2},
                                                            {"tenure_with_share", 0},
                                                            {"tenure_won", 0.9},
                                                            {"tenure_lost", 0.9}});
  EXPECT_NEAR(outcome_of(changes, "first_demand"), 0.25 + shift + (1 - shift) * s / (1 + s), 1e-12);
  const auto at_once = run_with(kernel(), joined(changes, {{"change_hazard", 1}}), histories);
  expect_chance(kernel(), at_once, "ending", 0, screening::expected_war(gamma, collapse, 0, 24).settled);
  double settled = 0;
  constexpr int types = 20000;
  for (int i = 0; i < types; ++i)
    settled += settles_with_change((i + 0.5) / types, 0.2, shift, lambda, collapse) / types;
  const auto runs = run_with(kernel(), joined(changes, {{"change_hazard", 0.2}}), histories);
  expect_chance(kernel(), runs, "ending", 0, settled);
  EXPECT_GT(settled, outcome_of(changes, "settlement_chance") + 0.05);
}

Runs at_defaults(const Changes& changes) { return run_with(kernel(), joined({{"horizon_months", 24}}, changes), 2000); }

TEST(ScreeningWars, WhatIsOffIsInert) {
  const Changes bare = {{"audience_cost_a", 0}, {"audience_cost_d", 0}, {"territorial_boost", 0},
                        {"all_or_nothing", 1},  {"office_stakes", 0},   {"change_hazard", 0}};
  const auto chance = [&](const Changes& changes) { return outcome_of(joined(bare, changes), "settlement_chance"); };
  for (const auto& change : Changes{{"autocracy_a", 0},
                                    {"cost_insulation", 0.8},
                                    {"defiance_reward", 0.004},
                                    {"war_cost_a", 0.012},
                                    {"initial_position", 0.7}})
    EXPECT_EQ(chance({change}), chance({})) << change.first;
  EXPECT_NE(outcome_of({{"autocracy_a", 0}}, "settlement_chance"), outcome_of({}, "settlement_chance"));
  const Changes desire = {{"uncertainty", 1}};
  for (const auto& change : Changes{{"deadline_months", 6}}) {
    EXPECT_EQ(outcome_of(joined(desire, {change}), "settlement_chance"), 0);
    EXPECT_FALSE(at_defaults({}).same_bytes(at_defaults({change})));
  }
}

TEST(ScreeningWars, MechanismsMoveSettlementsAsTheirFormulasSay) {
  const auto settles = [&](const Changes& changes) { return outcome_of(changes, "settlement_chance"); };
  const double on = settles({});
  std::printf("settlement chance %g\n", on);
  EXPECT_GT(on, 0.1);
  EXPECT_GT(settles({{"audience_cost_a", 0}, {"audience_cost_d", 0}}), on);
  EXPECT_GT(settles({{"all_or_nothing", 1}}), on);
  EXPECT_GT(settles({{"collective_formula", 1}}), on);
  EXPECT_GT(settles({{"surplus_spread", 3}}), on);
  EXPECT_LT(settles({{"collapse_hazard", 0.1}}), on);
  EXPECT_LT(settles({{"uncertainty", 1}}), on);
}

}  // namespace
}  // namespace truce::testing
