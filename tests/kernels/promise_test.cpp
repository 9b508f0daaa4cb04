// What a promise is worth: exact cases, bounds, mirror images, what holds and drift do to it.
#include "kernels/anchored_peace/promise.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace truce::peace {
namespace {

constexpr double digits = 5e-13;

/// The balance's escape from a drift, a variance rate and a discount rate.
Escape<double> balance(double drift, double s2, double r) { return escape(drift, motion(s2, r)); }

struct Worth {
  double a, d;
};
Worth worth(const Deal<double>& deal, const Holds<double>& holds) {
  const auto between = promise(deal, holds);
  return {worth_to_a(deal, between), worth_to_d(deal, between)};
}

TEST(Worth, GivesTheExactCases) {
  struct Case {
    Deal<double> deal;
    Holds<double> holds;
    double a, d;
  };
  for (const auto& c :
       {Case{{0.55, 0.45, 0.45, 0.35, balance(0.001, 0.000225, 0.005)}, {0.1, 0.1}, 0.5261289644198, 0.3087623967802},
        Case{{0.45, 0.55, 0.4, 0.3, balance(-0.002, 0.0004, 0.008)}, {0.34, 0.4}, 0.3545355723429, 0.5460758112586},
        Case{{0.3, 0.6, 0.3, 0.5, balance(0.003, 0.0001, 0.002)}, {0, 0.02}, 0.2999994936703, 0.4999069907749}}) {
    const auto w = worth(c.deal, c.holds);
    EXPECT_NEAR(w.a / c.a, 1, digits);
    EXPECT_NEAR(w.d / c.d, 1, digits);
  }
}

const Deal<double> fair{0.5, 0.5, 0.45, 0.45, balance(0.001, 0.000225, 0.005)};

TEST(Worth, IsAtMostTheTermsAndAtLeastWhatTheOtherSidesBreachLeaves) {
  for (const double hold : {0.0, 0.05, 0.3})
    for (const double drift : {-0.003, 0.0, 0.003}) {
      auto deal = fair;
      deal.balance = balance(drift, 0.000225, 0.005);
      const auto w = worth(deal, Holds<double>{hold, hold});
      const double up = std::max(0.05 + hold, 1e-4), down = up;
      EXPECT_LE(w.a, std::max(deal.terms_a, deal.fight_a - down));
      EXPECT_GE(w.a, std::min(deal.terms_a, deal.fight_a - down));
      EXPECT_LE(w.d, std::max(deal.terms_d, deal.fight_d - up));
      EXPECT_GE(w.d, std::min(deal.terms_d, deal.fight_d - up));
    }
}

TEST(Worth, MirrorsBetweenTheSides) {
  const Deal<double> deal{0.55, 0.42, 0.45, 0.35, balance(0.002, 0.000225, 0.005)};
  const Deal<double> mirrored{0.42, 0.55, 0.35, 0.45, balance(-0.002, 0.000225, 0.005)};
  const auto w = worth(deal, Holds<double>{0.1, 0.25}), m = worth(mirrored, Holds<double>{0.25, 0.1});
  EXPECT_NEAR(w.a, m.d, 1e-14);
  EXPECT_NEAR(w.d, m.a, 1e-14);
}

/// What holds A makes its breach rarer but, when it comes, dearer for D (the balance has moved further by then):
/// D gains from a strong hold, but a weak one can be worth less to D than none.
TEST(Worth, RisesForDWithAStrongHoldOnAButCanFallWithAWeakOne) {
  const auto to_d = [](double hold) { return worth(fair, Holds<double>{hold, 0.1}).d; };
  EXPECT_GT(to_d(0.8), to_d(0.4));
  EXPECT_GT(to_d(0.8), to_d(0.0));
  EXPECT_LT(to_d(0.1), to_d(0.0));
  EXPECT_NEAR(worth(fair, Holds<double>{50, 50}).d, fair.terms_d, 1e-12);
}

/// A balance that drifts towards A makes A's promise worth less to D.
TEST(Worth, FallsForDAsTheBalanceShiftsToA) {
  double last = 2;
  for (const double drift : {-0.003, -0.001, 0.0, 0.001, 0.003}) {
    auto deal = fair;
    deal.balance = balance(drift, 0.000225, 0.005);
    const double d = worth(deal, Holds<double>{0.1, 0.1}).d;
    EXPECT_LT(d, last);
    last = d;
  }
}

}  // namespace
}  // namespace truce::peace
