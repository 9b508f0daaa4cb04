// How much of a principle a signatory takes: exact cases, a bisection oracle, and what the equation implies.
#include "kernels/mechanisms/principles.hpp"

#include "tests/kernels/mechanisms/cases.hpp"

namespace truce::testing {
namespace {

double hazard(const Anchoring<double>& a, double share) { return a.h0 * std::exp(-a.effect * share); }
double worth(const Anchoring<double>& a, double share) { return (a.u - a.phi * share) / (a.r + hazard(a, share)); }

/// Of the sign of V', which falls through 0 once at most.
double best_by_bisection(const Anchoring<double>& a) {
  const auto rises = [&](double share) {
    return a.effect * (a.u - a.phi * share) * hazard(a, share) > a.phi * (a.r + hazard(a, share));
  };
  if (!rises(0)) return 0;
  if (rises(1)) return 1;
  double lo = 0, hi = 1;
  for (int i = 0; i < 100; ++i) (rises((lo + hi) / 2) ? lo : hi) = (lo + hi) / 2;
  return lo;
}

TEST(Anchoring, GivesTheExactCases) {
  struct Case {
    double phi, share, hazard, peace, worth;
  };
  for (const auto& c : {Case{0.05, 1, 0.0040600584971, 246.301869964, 55.8308603048},
                        {0.95, 0, 0.03, 33.3333333333, 14.7058823529},
                        {0.6, 0.228123907725, 0.0190097036309, 52.6047128043, 15.7814138413}}) {
    const Anchoring<double> a{0.5, c.phi, 0.004, 0.03, 2};
    expect_digits(dearest_principle(a), 0.882352941176);
    const double share = anchoring(a);
    expect_digits(share, c.share);
    expect_digits(hazard(a, share), c.hazard);
    expect_digits(1 / hazard(a, share), c.peace);
    expect_digits(worth(a, share), c.worth);
  }
}

TEST(Anchoring, LambertsFunctionSolvesItsEquation) {
  for (std::uint32_t i = 0; i < many; ++i) {
    Uniforms u(i);
    const double x = i % 2 == 0 ? u.between(-30, 30) : std::exp(u.between(0, 13));
    const double w = lambert_of_exp(x);
    ASSERT_NEAR(w + std::log(w), x, 1e-14 * std::fmax(1, std::fabs(x))) << x;
  }
}

/// Over prices from nothing to more than phi*, strong and weak principles, safe and unsafe peace.
Anchoring<double> any_choice(Uniforms& u) {
  Anchoring<double> a{};
  a.u = std::exp(u.between(-7, 0));
  a.r = std::exp(u.between(-7, -2));
  a.h0 = std::exp(u.between(-20, 3));
  a.effect = u.between(0.01, 12);
  a.phi = dearest_principle(a) * std::exp(u.between(-30, 0.2));
  return a;
}

TEST(Anchoring, IsTheBestOfBisection) {
  int interior = 0, none = 0, all = 0;
  for (std::uint32_t i = 0; i < many; ++i) {
    Uniforms u(i);
    auto a = any_choice(u);
    if (i % 10 == 0) a.phi = 0;
    const double best = best_by_bisection(a), share = anchoring(a);
    ASSERT_NEAR(share, best, 1e-10) << a.u << " " << a.phi << " " << a.r << " " << a.h0 << " " << a.effect;
    interior += best > 0 && best < 1;
    none += best == 0;
    all += best == 1;
  }
  for (const int seen : {interior, none, all}) EXPECT_GT(seen, 20);
}

TEST(Anchoring, OfNoPriceIsFull) {
  for (std::uint32_t i = 0; i < many; ++i) {
    Uniforms u(i);
    auto a = any_choice(u);
    a.phi = 0;
    ASSERT_EQ(anchoring(a), 1) << a.h0 << " " << a.effect;
  }
  EXPECT_EQ(anchoring(Anchoring<double>{0.5, 0, 0.004, 0.03, 0}), 0);  // nor does it hold anything
}

/// phi* rises with the hazard that a volatile balance brings, falls with a guarantee, and with cynicism.
TEST(Anchoring, IsWorthMoreWherePeaceIsLessSafe) {
  for (std::uint32_t i = 0; i < many; ++i) {
    Uniforms u(i);
    const auto a = any_choice(u);
    auto volatile_balance = a, guaranteed = a, cynical = a;
    volatile_balance.h0 *= 1.3;
    guaranteed.h0 *= std::exp(-0.5);
    cynical.effect *= 0.7;
    ASSERT_GT(dearest_principle(volatile_balance), dearest_principle(a));
    ASSERT_LT(dearest_principle(guaranteed), dearest_principle(a));
    ASSERT_LT(dearest_principle(cynical), dearest_principle(a));
  }
}

TEST(Doctrine, LocksInAndPricesThePrinciple) {
  EXPECT_NEAR(lock_in(0.3, 1.0), 0.3, 1e-15);
  EXPECT_EQ(lock_in(0.3, 0.0), 1);
  EXPECT_NEAR(price_of_principle(0.15, 0.5, 0.001, 20.0), 0.15 * 0.5 + 0.02, 1e-15);
  EXPECT_NEAR(belief_in_principles(0.8, 0.9), 0.28, 1e-15);
}

}  // namespace
}  // namespace truce::testing
