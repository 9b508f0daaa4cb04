// screening against its closed forms: demands, who waits, deadlines, and the trap of a grid of types.
#include "kernels/screening.hpp"

#include <cmath>
#include <cstdio>
#include <vector>

#include "tests/kernels/rival_runs.hpp"
#include "tests/kernels/screening_closed_forms.hpp"

namespace truce::testing {
namespace {

using screening::round_before_deadline;
using screening::round_of;

TEST(Screening, ExactCases) {
  const auto without = round_of(std::sqrt(1 - 0.75));
  EXPECT_NEAR(without.cutoff, 2.0 / 3, 1e-12);
  EXPECT_NEAR(without.demand, 1.0 / 3, 1e-12);
  EXPECT_NEAR(screening::worth_of(without, 1), 1.0 / 6, 1e-12);
  const auto slow = round_of(std::sqrt(1 - 0.9));
  EXPECT_NEAR(slow.cutoff, 0.759746926648, 1e-12);
  EXPECT_NEAR(slow.demand, 0.240253073352, 1e-12);
  EXPECT_NEAR(std::sqrt(1 - 0.9), 0.316227766017, 1e-12);  // a type accepts up to this part of its surplus
  EXPECT_NEAR(screening::worth_of(slow, 1), 0.120126536676, 1e-12);

  const auto war = screening::expected_war(0.9, 0.05, 0, 1e6);
  const double fought = slow.cutoff / (1 - slow.cutoff * 0.95);
  EXPECT_NEAR(war.settled, 0.863472940504, 1e-12);
  EXPECT_NEAR(1 - war.settled - war.left, 0.136527059496, 1e-12);
  EXPECT_NEAR(fought, 2.73054118992, 1e-11);
  EXPECT_NEAR(war.months, fought - 0.5 * 0.136527059496, 1e-11);  // a decision is dated half a month back
  const auto never = screening::expected_war(0.75, 1e-12, 0, 1e6);
  EXPECT_NEAR(never.settled, 1, 1e-11);
  EXPECT_NEAR(never.months, 2, 1e-11);
}

TEST(Screening, ExactCasesOfADeadline) {
  for (const auto& [gamma, rounds, demand, worth, no_deal, battles] :
       {std::tuple{0.75, 2, 0.446428571429, 0.223214285714, 0.357142857143, 0.714285714286 + 0.357142857143},
        {0.9, 5, 0.385188673303, 0.192594336652, 0.24281296881, 2.5678942248 + 0.24281296881}}) {
    const auto first = round_before_deadline<double>(gamma, rounds);
    EXPECT_NEAR(first.demand, demand, 1e-12);
    EXPECT_NEAR(screening::worth_of(first, 1), worth, 1e-12);
    double left = 1, fought = 0;
    for (int n = rounds; n >= 1; --n) fought += left *= round_before_deadline<double>(gamma, n).cutoff;
    EXPECT_NEAR(left, no_deal, 1e-12);
    std::printf("gamma %g: %d rounds, %.12f fought after all of them\n", gamma, rounds, fought);
    EXPECT_NEAR(fought, battles, 1e-10);
  }
}

TEST(Screening, ExactCaseOfFighting) {
  const double delta = 0.95, collapse = 0.1;
  const double i = screening::worth_of_fighting(delta, collapse, 0.4, 0.2, 0.05);
  const double u = screening::worth_of_fighting(delta, collapse, 0.6, 0.1, 0.05);
  EXPECT_NEAR(i, 0.396551724138, 1e-12);
  EXPECT_NEAR(u, 0.5, 1e-12);
  EXPECT_NEAR(1 - i - u, 0.103448275862, 1e-12);
}

/// Where each side holds what it can expect to win, both values are those of the kernel: p - c_A, 1 - p - c_D.
TEST(Screening, FightingIsWorthWhatTheLumpCostsSay) {
  for (std::uint32_t i = 0; i < 10000; ++i) {
    const double p = random_in(i, 0, 0.01, 0.99), cost = random_in(i, 1, 0, 0.02);
    const double r = random_in(i, 2, 0.001, 0.1), collapse = random_in(i, 3, 0.001, 0.9);
    const double worth = screening::worth_of_fighting(std::exp(-r), collapse, p, cost / r, collapse * p);
    EXPECT_NEAR(worth, p - cost * rival::war_until_collapse(collapse, r, 24).months, 1e-11);
  }
}

/// Against any other demand, of which types then accept what they should, A's rule is best; and so is each type's.
TEST(Screening, RulesAreBestResponses) {
  for (const double gamma : {0.5, 0.75, 0.9, 0.96612}) {
    const double s = std::sqrt(1 - gamma);
    const auto round = round_of(s);
    // the type at the cutoff is indifferent between this demand and the next: v = 1
    EXPECT_NEAR(round.cutoff - round.demand, gamma * (round.cutoff - round.demand * round.cutoff), 1e-14);
    EXPECT_NEAR(round.demand, s * round.cutoff, 1e-14);
    const double worth = screening::worth_of(round, 1);
    for (double m = 0.0005; m < s; m += 0.001) {  // types above m/s accept
      const double accepted = m / s;
      EXPECT_LE((1 - accepted) * m + accepted * gamma * worth * accepted, worth + 1e-14);
    }
  }
}

TEST(Screening, LongDeadlinesAreNone) {
  for (std::uint32_t i = 0; i < 10000; ++i) {
    const double gamma = random_in(i, 0, 0.01, 0.97), s = std::sqrt(1 - gamma);
    const auto far = round_before_deadline<double>(gamma, 400), none = round_of(s);
    EXPECT_NEAR(far.demand, s / (1 + s), 1e-9);
    EXPECT_NEAR(far.cutoff, none.cutoff, 1e-9);
    double before = 1;
    for (int n = 1; n < 8; ++n) {  // the demand rises as the deadline comes near
      const double demand = round_before_deadline<double>(gamma, n).demand;
      EXPECT_LT(demand, before);
      before = demand;
    }
  }
}

/// A's worth by brute force on a grid of `points` types: each cutoff's demand leaves its type indifferent to the next.
double worth_on_grid(double gamma, int rounds, int points) {
  const auto n = static_cast<std::size_t>(points);
  std::vector<double> type(n), worth(n, 0), demand(n, 0);
  for (std::size_t i = 0; i < n; ++i) type[i] = static_cast<double>(i) / static_cast<double>(n - 1);
  for (int round = 1; round <= rounds; ++round) {
    const double g = round == 1 ? 0 : gamma;
    std::vector<double> best(n, 0), asked(n, 0);
    for (std::size_t v = 0; v < n; ++v)
      for (std::size_t cut = 0; cut <= v; ++cut) {
        const double m = (1 - g) * type[cut] + g * demand[cut];
        const double here = (type[v] - type[cut]) * m + g * worth[cut];
        if (here > best[v]) {
          best[v] = here;
          asked[v] = m;
        }
      }
    worth = best;
    demand = asked;
  }
  return worth[n - 1];
}

/// The grid's own noise is what A exploits on it, so the kernel uses the recursion. How much it is depends on the last
/// bits of the types, not on how many there are: from some thousandths to a tenth.
TEST(Screening, AGridOfTypesOverstatesWhatAGets) {
  const double five = screening::worth_of(round_before_deadline<double>(0.9, 5), 1);
  const double ten = screening::worth_of(round_before_deadline<double>(0.96, 10), 1);
  for (const int points : {801, 1601, 3201}) {
    const double over_five = worth_on_grid(0.9, 5, points) / five - 1;
    const double over_ten = worth_on_grid(0.96, 10, points) / ten - 1;
    std::printf("%d types: %.4f and %.4f too much\n", points, over_five, over_ten);
    EXPECT_GT(over_five, points == 801 ? 0.03 : 0.002);
    EXPECT_LT(over_five, 0.07);
    EXPECT_GT(over_ten, points == 801 ? 0.08 : 0.02);
    EXPECT_LT(over_ten, 0.13);
  }
}

}  // namespace
}  // namespace truce::testing
