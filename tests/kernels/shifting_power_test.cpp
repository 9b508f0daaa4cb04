// shifting_power: what a point plans, against a plain backward induction, and the runs against their exact expectation.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/kernels/shifting_points.hpp"

namespace truce::testing {
namespace {

/// 10^6 in release builds; a build with assertions or sanitizers takes fewer and has wider errors.
constexpr std::uint32_t many = TRUCE_SHIFTING_RUNS;

std::size_t outcome(std::string_view name) { return index_of(shifting_kernel().outcomes, name); }

Estimate share_of(const Runs& runs, double ending) {
  return estimate(runs.count(), [&](std::size_t run) { return runs.at(run, outcome("ending")) == ending ? 1.0 : 0.0; });
}

void expect_within_errors(const Estimate& seen, double exact) {
  EXPECT_NEAR(seen.mean, exact, 4 * seen.standard_error + 1e-12) << "error " << seen.standard_error;
}

/// Shares of the month's flow in 0..1, one month after the other; agreements by month.
std::vector<bool> agreements_of(const shifting::Path& path, const shifting::Protocol& by) {
  const auto last = static_cast<std::size_t>(path.last);
  std::vector<bool> agreed(last + 1);
  const auto& end = path.least[last];
  agreed[last] = end.a <= 1 && end.d <= 1 && std::max(0.0, end.a - by.lift_a) + std::max(0.0, end.d - by.lift_d) <= 1;
  double a = std::min(1.0, end.a), d = std::min(1.0, end.d);
  if (agreed[last]) {
    const double saved = 1 - end.a - end.d;
    const double terms = saved >= 0 ? end.a + by.share_a * saved : by.lift_d > 0 ? end.a : 1 - end.d;
    a = terms + by.lift_a;
    d = 1 - terms + by.lift_d;
  }
  for (std::size_t t = last; t-- > 0;) {
    const auto& least = path.least[t];
    const double lo = std::max(0.0, (least.a - by.delta * a) / (1 - by.delta));
    const double hi = std::min(1.0, 1 + (by.delta * d - least.d) / (1 - by.delta));
    agreed[t] = lo <= hi + 1e-10;
    const double x = lo + by.share_a * (hi - lo);
    a = agreed[t] ? (1 - by.delta) * x + by.delta * a : std::min(1.0, least.a);
    d = agreed[t] ? (1 - by.delta) * (1 - x) + by.delta * d : std::min(1.0, least.d);
  }
  return agreed;
}

/// The first month at or after `from` since when all agree; 0 is the path's first.
int lasting_month(const std::vector<bool>& agreed, int from) {
  if (!agreed.back()) return shifting::never;
  int month = static_cast<int>(agreed.size()) - 1;
  while (month > from && agreed[static_cast<std::size_t>(month) - 1]) --month;
  return std::max(month, from);
}

TEST(ShiftingPower, PlansAreThoseOfAPlainBackwardInduction) {
  std::mt19937_64 random(3);
  int at_once = 0, later = 0, not_at_all = 0, truces = 0;
  for (int i = 0; i < 20000; ++i) {
    const auto inputs = random_shifting_point(random);
    const auto p = shifting_power_model::prepare(inputs.data());
    const auto by = ShiftingPower::protocol_of(p.in, p.own);
    const auto before = ShiftingPower::path_of(p.in, p.own, p.in.autocracy_a);
    const auto agreed = agreements_of(before, by);
    const int month = lasting_month(agreed, 0);
    EXPECT_EQ(p.war.settles, month + 1.0);
    const auto first_war = std::find(agreed.begin(), agreed.end(), false);
    EXPECT_EQ(std::isnan(p.war.breakdown_month), first_war == agreed.end());
    EXPECT_TRUE(first_war == agreed.end() || p.war.breakdown_month == 1.0 + double(first_war - agreed.begin()));
    EXPECT_EQ(p.war.guarantee_needed <= by.lift_a + by.lift_d, month == 0);  // war iff the guarantee is too small
    const auto after = ShiftingPower::path_of(p.in, p.own, 0);
    const auto agreed_after = agreements_of(after, by);
    for (const int from : {0, 1, 5, after.last, after.last + 7})
      EXPECT_EQ(lasting_settlement(after, from, by).month, lasting_month(agreed_after, from));
    (month == 0 ? at_once : month == shifting::never ? not_at_all : later) += 1;
    truces += std::find(agreed.begin(), agreed.end(), true) - agreed.begin() < month && month > 0;
  }
  for (const int seen : {at_once, later, not_at_all, truces}) EXPECT_GT(seen, 400);
}

/// A's terms are those of the month in which they settle, whatever approach they settle under.
TEST(ShiftingPower, RunsSettleInTheMonthsAndAtTheTermsOfTheirPlans) {
  std::mt19937_64 random(4);
  int anew = 0;
  for (int i = 0; i < 2000; ++i) {
    auto inputs = random_shifting_point(random);
    set(inputs, {{"change_hazard", 0.1}, {"horizon_months", 60}});
    const auto p = shifting_power_model::prepare(inputs.data());
    const auto after = ShiftingPower::path_of(p.in, p.own, 0);
    const auto runs = run_points(fastest_code(shifting_kernel()), {inputs}, 20);
    for (std::size_t run = 0; run < runs.count(); ++run) {
      if (runs.at(run, outcome("ending")) != 0) continue;
      const double months = runs.at(run, outcome("war_months")), terms = runs.at(run, outcome("settlement_a"));
      if (terms == p.war.terms_a && months == p.war.settles - 1) continue;
      const auto plan = lasting_settlement(after, static_cast<int>(months), ShiftingPower::protocol_of(p.in, p.own));
      EXPECT_EQ(terms, plan.outlook.terms_a);
      EXPECT_EQ(months, plan.month);
      EXPECT_EQ(runs.at(run, outcome("changed")), 1);
      ++anew;
    }
  }
  EXPECT_GT(anew, 1000);
}

TEST(ShiftingPower, PreventiveWarIsFearonsAtTheCostsOfItsMonths) {
  for (const auto& c : preventive_wars) {
    const Changes changes = joined(lumps(0, c.cost * (1 - c.delta), -std::log(c.delta)), {{"initial_position", c.p1},
                                                                                          {"power_shift", c.p2 - c.p1},
                                                                                          {"shift_months", 1},
                                                                                          {"protected_share", 0},
                                                                                          {"horizon_months", 2}});
    const auto k = shifting_with(changes).war;
    EXPECT_EQ(k.obstacle, c.war ? commitment : no_obstacle);
    EXPECT_NEAR(k.guarantee_needed, std::max(0.0, c.gap) * (1 - c.delta) / c.delta, 1e-12);
    const double terms = c.war ? c.second : (1 - c.delta) * c.first + c.delta * c.second;
    EXPECT_NEAR(k.terms_a, terms, 1e-12);
    const auto runs = run_with(shifting_kernel(), changes, many);
    expect_within_errors(share_of(runs, rival::settlement), c.war ? 0.97 : 1);
    expect_within_errors(share_of(runs, rival::victory_a), c.war ? 0.03 * c.p1 : 0);
    EXPECT_NEAR(estimate(runs, outcome("settlement_a")).mean, terms, 1e-12);
  }
}

/// Trap: the same point is at war if the rising side demands and at peace under Powell's bound.
TEST(ShiftingPower, TheProtocolDecidesBetweenWarAndPeace) {
  const Changes one_step =
      joined(lumps(0.06, 0.14, -std::log(0.9)), {{"initial_position", 0.3}, {"power_shift", 0.1}, {"shift_months", 1}});
  EXPECT_EQ(shifting_with(joined(one_step, {{"protected_share", 0}})).war.settles, 2);
  EXPECT_EQ(shifting_with(joined(one_step, {{"protected_share", 1}})).war.settles, 1);
}

TEST(ShiftingPower, EndsAndLengthOfWarAreThoseExpected) {
  const Changes slow = joined(lumps(0.06, 0.1, 0.005), {{"horizon_months", 20}});
  const Changes cases[] = {slow,
                           joined(slow, {{"protected_share", 0}}),
                           joined(slow, {{"power_shift", -0.3}, {"collapse_hazard", 0.1}}),
                           {{"guarantee_a", 0}, {"change_hazard", 0.05}, {"horizon_months", 20}},
                           {{"power_shift", 0.3}, {"guarantee_a", 0.2}, {"change_hazard", 0.1}, {"horizon_months", 9}}};
  for (const auto& changes : cases) {
    const auto p = shifting_with(changes);
    const auto runs = run_with(shifting_kernel(), changes, many);
    const auto by = ShiftingPower::protocol_of(p.in, p.own);
    const auto after = lasting_settlement(ShiftingPower::path_of(p.in, p.own, 0), 0, by);
    const auto ends = shifting::ends_of(
        {p.war.settles, after.month + 1.0}, {p.in.change_hazard, p.own.collapse_hazard, p.in.horizon_months},
        [&](double t) { return p.in.initial_position + p.own.power_shift * std::min(1.0, (t - 1) / 12); });
    EXPECT_GT(p.war.settles, 1);
    EXPECT_NEAR(p.war.settlement_chance, ends.settlement, 1e-12);
    expect_within_errors(share_of(runs, rival::settlement), p.war.settlement_chance);
    expect_within_errors(share_of(runs, rival::victory_a), ends.victory_a);
    expect_within_errors(estimate(runs, outcome("war_months")), p.war.expected_war_months);
  }
}

/// Who is called A does not matter where both have the same terms at home.
TEST(ShiftingPower, RelabellingTheSidesMirrorsThePlan) {
  std::mt19937_64 random(5);
  const std::pair<std::string_view, std::string_view> swapped[] = {{"war_cost_a", "war_cost_d"},
                                                                   {"autocracy_a", "autocracy_d"},
                                                                   {"audience_cost_a", "audience_cost_d"},
                                                                   {"claim_a", "claim_d"},
                                                                   {"guarantee_a", "guarantee_d"}};
  int later = 0;
  for (int i = 0; i < 10000; ++i) {
    auto inputs = random_shifting_point(random);
    set(inputs, {{"all_or_nothing", 1}, {"territorial_boost", 0}, {"patron_support", 1}});
    const auto at = [&](std::string_view name) -> double& { return inputs[index_of(shifting_kernel().inputs, name)]; };
    const auto k = shifting_power_model::prepare(inputs.data()).war;
    at("initial_position") = 1 - at("initial_position");
    at("power_shift") = -at("power_shift");
    for (const auto& [a, d] : swapped) std::swap(at(a), at(d));
    const auto mirror = shifting_power_model::prepare(inputs.data()).war;
    EXPECT_EQ(mirror.settles, k.settles);
    EXPECT_EQ(mirror.obstacle, k.obstacle);
    EXPECT_NEAR(mirror.guarantee_needed, k.guarantee_needed, 1e-10);
    if (k.settles >= shifting::never) continue;
    EXPECT_NEAR(mirror.terms_a, 1 - k.terms_a, 1e-10);
    EXPECT_NEAR(mirror.beside_a, k.beside_d, 1e-10);
    later += k.settles > 1;
  }
  EXPECT_GT(later, 500);
}

}  // namespace
}  // namespace truce::testing
