// What can be divided: exact cases, a dense search over all settlements, and the shape of the frontier.
#include "kernels/anchored_peace/frontier.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace truce::peace {
namespace {

double best_of(double terms_a, double w, double eta) { return best_d(terms_a, goods(w, eta)); }

TEST(BestD, GivesTheExactCases) {
  struct Case {
    double terms_a, w, eta, best;
  };
  for (const auto& c : {Case{0.5, 0.9, 12, 0.1430217481118}, Case{0.5, 0.4, 4, 0.5}, Case{0.55, 0.7, 8, 0.320786794224},
                        Case{0.3, 0.8, 3, 0.423100171877}, Case{0.65, 0.6, 1, 0.35}, Case{0.25, 0, 5, 0.75}})
    EXPECT_NEAR(best_of(c.terms_a, c.w, c.eta) / c.best, 1, 2e-12) << c.terms_a;  // printed with 12 digits
}

/// Every settlement (x, z) that gives A exactly `terms_a`: z over a grid, x from A's value.
double searched(double terms_a, double w, double eta) {
  constexpr int cells = 20000;
  double best = -1;
  for (int i = 0; i <= cells; ++i) {
    const double z = static_cast<double>(i) / cells;
    const double x = (terms_a - w * std::pow(z, eta)) / (1 - w);
    if (x < 0 || x > 1) continue;
    best = std::max(best, (1 - w) * (1 - x) + w * (1 - z));
  }
  return best;
}

TEST(BestD, IsTheBestOfADenseSearch) {
  for (const double w : {0.05, 0.3, 0.5, 0.6, 0.7, 0.9, 0.95})
    for (const double eta : {1.0, 1.5, 4.0, 12.0})
      for (const double terms_a : {0.01, 0.08, 0.2, 0.3, 0.45, 0.5, 0.62, 0.8, 0.97}) {
        const double found = searched(terms_a, w, eta), best = best_of(terms_a, w, eta);
        EXPECT_GE(best, found - 1e-12) << w << " " << eta << " " << terms_a;
        EXPECT_LE(best, found + w * eta / 20000) << w << " " << eta << " " << terms_a;  // one step of the grid
      }
}

TEST(BestD, FallsAsAGetsMore) {
  for (const double w : {0.0, 0.4, 0.5, 0.7, 0.95, 1.0})
    for (const double eta : {1.0, 4.0, 12.0})
      for (int i = 0; i < 200; ++i)
        EXPECT_GT(best_of(i / 200.0, w, eta), best_of((i + 1) / 200.0, w, eta)) << w << " " << eta << " " << i;
}

TEST(BestD, NeverSharesMoreThanTheStakes) {
  for (const double w : {0.0, 0.4, 0.7, 0.95, 1.0})
    for (int i = 0; i <= 100; ++i) EXPECT_LE(best_of(i / 100.0, w, 4.0) + i / 100.0, 1 + 1e-12);
}

TEST(BestD, FallsWithIndivisibility) {
  for (int i = 1; i < 100; ++i) EXPECT_LE(best_of(i / 100.0, 0.8, 8.0), best_of(i / 100.0, 0.8, 2.0) + 1e-12);
  EXPECT_LT(best_of(0.5, 0.8, 8.0), best_of(0.5, 0.8, 2.0) - 0.05);
}

/// Up to half the stakes in security, land can always make up: indivisibility is inert.
TEST(BestD, IsTheWholeRestWhenLandCanCompensate) {
  for (const double w : {0.0, 0.2, 0.5})
    for (int i = 0; i <= 100; ++i) EXPECT_NEAR(best_of(i / 100.0, w, 12.0), 1 - i / 100.0, 1e-12) << w << " " << i;
}

TEST(BestD, WorksWithoutAnyLand) {
  for (const double terms_a : {0.0, 0.3, 1.0})
    EXPECT_NEAR(best_of(terms_a, 1.0, 4.0), 1 - std::pow(terms_a, 0.25), 1e-12);
}

TEST(BestD, AcceptsSharesWithinABillionth) {
  EXPECT_NEAR(best_of(1.0 + 5e-10, 0.7, 4.0), 0, 1e-9);
  EXPECT_EQ(best_of(1.1, 0.7, 4.0), -1);
}

}  // namespace
}  // namespace truce::peace
