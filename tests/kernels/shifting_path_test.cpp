// Bargaining along a known path of power against the closed forms of Fearon (1995) and Powell (2006) and a plain
// backward induction.
#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

#include "kernels/shifting_power/path.hpp"
#include "tests/kernels/shifting_points.hpp"

namespace truce {
namespace {

using shifting::Least;
using shifting::Path;
using shifting::Protocol;

constexpr double digits = 1e-12;

/// A path where war destroys the share `loss` of what each side would win.
Path proportional(const std::vector<double>& positions, double loss) {
  Path path;
  path.last = static_cast<int>(positions.size()) - 1;
  for (std::size_t t = 0; t < positions.size(); ++t)
    path.least[t] = {positions[t] * (1 - loss), (1 - positions[t]) * (1 - loss)};
  return path;
}

/// D declines and keeps `kept` of what is saved.
Protocol keeping(double delta, double kept, double lift_d = 0) { return {delta, 1 - kept, 0, lift_d}; }

/// One step of power and its closed forms; kept: D's share of what is saved after the shift.
struct OneStep {
  double p, shift, loss, delta, kept;
  double pressure() const { return (1 - loss) * (delta * (p + shift) - p); }
  double threshold() const { return loss * (1 - delta * (1 - kept)); }
  bool war() const { return pressure() > threshold(); }
  double guarantee() const { return std::max(0.0, (pressure() - threshold()) / delta); }
  Path path() const { return proportional({p, p + shift}, loss); }
};

bool war_at_once(const OneStep& one, double kept, double lift_d = 0) {
  return forecast(one.path(), keeping(one.delta, kept, lift_d)).first_war == 0;
}

TEST(ShiftingPath, OneStepHasTheInequalityAndTheGuaranteeOfThePapers) {
  struct Case {
    OneStep one;
    double pressure, threshold, guarantee;
  };
  const Case cases[] = {{{0.3, 0.4, 0.2, 0.95, 1}, 0.292, 0.2, 0.0968421052632},
                        {{0.3, 0.1, 0.2, 0.9, 0}, 0.048, 0.02, 0.0311111111111},
                        {{0.3, 0.4, 0.2, 0.95, 0.5}, 0.292, 0.105, 0.196842105263},
                        {{0.5, 0.1, 0.15, 0.99, 0.25}, 0.0799, 0.038625, 0.0416919191919}};
  for (const auto& [one, pressure, threshold, guarantee] : cases) {
    EXPECT_NEAR(one.pressure(), pressure, digits);
    EXPECT_NEAR(one.threshold(), threshold, digits);
    EXPECT_TRUE(war_at_once(one, one.kept));
    EXPECT_NEAR(guarantee_needed(one.path(), keeping(one.delta, one.kept), true), guarantee, digits);
    EXPECT_TRUE(war_at_once(one, one.kept, one.guarantee() - 1e-9));
    EXPECT_FALSE(war_at_once(one, one.kept, one.guarantee() + 1e-9));
  }
}

TEST(ShiftingPath, PathsOfManyStepsHaveTheirFirstWarAndValues) {
  struct Case {
    std::vector<double> positions;
    double delta, loss, share_a;
    int first_war;
    double value_a, value_d;
  };
  const Case cases[] = {{{0.3, 0.4, 0.5, 0.6, 0.7}, 0.9, 0.15, 1, 0, 0.255, 0.595},
                        {{0.3, 0.32, 0.34, 0.7}, 0.95, 0.2, 1, 2, 0.2595, 0.56},
                        {{0.3, 0.32, 0.34, 0.7}, 0.95, 0.2, 0, 2, 0.24548, 0.57402},
                        {{0.3, 0.33}, 0.9, 0.2, 0, -1, 0.24, 0.76}};
  for (const auto& c : cases) {
    const auto f = forecast(proportional(c.positions, c.loss), {c.delta, c.share_a, 0, 0});
    EXPECT_EQ(f.first_war, c.first_war);
    EXPECT_NEAR(f.start.a, c.value_a, digits);
    EXPECT_NEAR(f.start.d, c.value_d, digits);
  }
}

/// A rises in one step and demands; D's war costs a lump c in sums over time, so c (1 - delta) on average.
TEST(ShiftingPath, PreventiveWarIsFearons) {
  for (const auto& c : testing::preventive_wars) {
    const double lump = c.cost * (1 - c.delta);
    Path path;
    path.last = 1;
    path.least = {Least{c.p1, 1 - c.p1 - lump}, Least{c.p2, 1 - c.p2 - lump}};
    const auto after = shifting::after_shift(path.least[1], {c.delta, 1, 0, 0});
    const auto before = shifting::month_before(after, path.least[0], {c.delta, 1, 0, 0});
    EXPECT_NEAR(after.terms_a, c.second, digits);
    EXPECT_EQ(!before.agreed, c.war);
    const double gap = guarantee_needed(path, {c.delta, 1, 0, 0}, true) * c.delta / (1 - c.delta);
    EXPECT_NEAR(gap, std::max(0.0, c.gap), digits);
    EXPECT_EQ(c.war, c.delta * c.p2 - c.p1 > c.cost * (1 - c.delta) * (1 - c.delta));
    if (c.war) continue;
    EXPECT_NEAR((before.a - c.delta * after.a) / (1 - c.delta), c.first, digits);
  }
}

/// What A gets of a range whose ends are D's demand and A's demand.
std::pair<double, double> range_of(const Least& least) {
  return {shifting::after_shift(least, {0.9, 0, 0, 0}).terms_a, shifting::after_shift(least, {0.9, 1, 0, 0}).terms_a};
}

TEST(ShiftingPath, FirstStrikesNarrowTheRange) {
  const auto striking = [](double p, double f, double d) { return Least{(p + f) * (1 - d), (1 - p + f) * (1 - d)}; };
  const auto [lo, hi] = range_of(striking(0.5, 0.1, 0.25));
  EXPECT_NEAR(lo, 0.45, digits);
  EXPECT_NEAR(hi, 0.55, digits);
  std::mt19937_64 random(861);
  std::uniform_real_distribution<double> unit(0, 1);
  for (int i = 0; i < 10000; ++i) {
    const double p = 0.3 + 0.4 * unit(random), f = 0.25 * unit(random), d = 0.05 + 0.4 * unit(random);
    const double delta = 0.5 + 0.49 * unit(random);
    EXPECT_EQ(!shifting::after_shift(striking(p, f, d), {delta, 0.5, 0, 0}).agreed, 2 * f * (1 - d) > d);
    // A struck first by D is weak now and will strike first later; Powell's bound
    Path path;
    path.last = 1;
    path.least = {Least{(p - f) * (1 - d), (1 - p + f) * (1 - d)}, Least{(p + f) * (1 - d), (1 - p - f) * (1 - d)}};
    EXPECT_EQ(forecast(path, keeping(delta, 1)).first_war == 0, ((1 + delta) * f - (1 - delta) * p) * (1 - d) > d);
  }
}

TEST(ShiftingPath, FactionsThatKeepPowerByWarEmptyTheRange) {
  const auto faction = [](double p, double d, double r, double after_war, double lambda) {
    const auto kept = [&](double x) { return x * (1 - lambda) + (1 - x) * lambda; };
    return Least{p * (1 - d) * kept(after_war) / kept(r), (1 - p) * (1 - d)};
  };
  const auto empty = faction(0.6, 0.3, 0.5, 0.95, 0.1);
  EXPECT_NEAR(empty.a, 0.7224, digits);
  EXPECT_NEAR(1 - empty.d, 0.72, digits);
  EXPECT_FALSE(shifting::after_shift(empty, keeping(0.9, 0.5)).agreed);
  const auto [lo, hi] = range_of(faction(0.5, 0.2, 0.8, 0.8, 0));
  EXPECT_NEAR(lo, 0.4, digits);
  EXPECT_NEAR(hi, 0.6, digits);
}

/// Trap: Powell's inequality is a bound under any protocol, not what the rising side's demands give.
TEST(ShiftingPath, PowellsInequalityIsNotFearonsThreshold) {
  const OneStep one{0.3, 0.1, 0.2, 0.9, 0};
  EXPECT_TRUE(war_at_once(one, 0));
  EXPECT_FALSE(war_at_once(one, 1));
  const OneStep gambit{0.31, 0.09, 0.2, 0.9, 0};
  EXPECT_TRUE(war_at_once(gambit, 0));
  EXPECT_FALSE(war_at_once(gambit, 1));
}

OneStep random_step(std::mt19937_64& random) {
  std::uniform_real_distribution<double> unit(0, 1);
  const double p = 0.05 + 0.9 * unit(random);
  return {p, (0.99 - p) * unit(random), 0.02 + 0.5 * unit(random), 0.5 + 0.499 * unit(random), unit(random)};
}

TEST(ShiftingPath, OneStepIsTheUnifiedInequalityEverywhere) {
  std::mt19937_64 random(20061);
  int wars = 0;
  for (int i = 0; i < 20000; ++i) {
    const auto one = random_step(random);
    const double guarantee = guarantee_needed(one.path(), keeping(one.delta, one.kept), true);
    EXPECT_EQ(war_at_once(one, one.kept), one.war());
    EXPECT_NEAR(guarantee, one.guarantee(), digits);
    const double lift = one.guarantee() * (1 + (i % 2 ? 1e-6 : -1e-6));
    EXPECT_EQ(war_at_once(one, one.kept, lift), lift < one.guarantee());
    wars += one.war();
  }
  EXPECT_GT(wars, 2000);
  EXPECT_LT(wars, 18000);
}

/// Lump costs, linear paths as the kernel has them.
struct Lumps {
  double p, shift, cost_a, cost_d, discount_rate;
  int months;
  Path path() const {
    Path path;
    path.last = months;
    for (int t = 0; t <= months; ++t) {
      const double now = p + shift * t / months;
      path.least[static_cast<std::size_t>(t)] = {std::max(0.0, now - cost_a), std::max(0.0, 1 - now - cost_d)};
    }
    return path;
  }
  double guarantee(double kept) const {
    return guarantee_needed(path(), keeping(std::exp(-discount_rate), kept), true);
  }
};

TEST(ShiftingPath, TheGuaranteeNeededRisesWithTheShiftAndFallsWithCosts) {
  std::mt19937_64 random(1995);
  std::uniform_real_distribution<double> unit(0, 1);
  int moved = 0;
  for (int i = 0; i < 10000; ++i) {
    const Lumps lumps{0.3 + 0.4 * unit(random), 0.25 * unit(random),          0.2 * unit(random),
                      0.2 * unit(random),       0.002 + 0.008 * unit(random), 1 + static_cast<int>(60 * unit(random))};
    const double kept = unit(random), needed = lumps.guarantee(kept);
    Lumps faster = lumps, dear_a = lumps, dear_d = lumps;
    faster.shift += 0.05;
    dear_a.cost_a += 0.05;
    dear_d.cost_d += 0.05;
    EXPECT_GE(faster.guarantee(kept), needed - digits);
    EXPECT_LE(dear_a.guarantee(kept), needed + digits);
    EXPECT_LE(dear_d.guarantee(kept), needed + digits);
    EXPECT_LE(lumps.guarantee(std::min(1.0, kept + 0.1)), needed + digits);
    moved += faster.guarantee(kept) > needed && dear_d.guarantee(kept) < needed;
  }
  EXPECT_GT(moved, 2000);
}

}  // namespace
}  // namespace truce
