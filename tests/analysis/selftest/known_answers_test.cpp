// The closed forms of the self-test against sums over a grid, and what its verdicts are.
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <numbers>
#include <vector>

#include "analysis/selftest/selftest.hpp"

namespace truce::analysis {
namespace {

constexpr double pi = std::numbers::pi;
using Function = std::function<double(double, double, double)>;

double ishigami(double x, double y, double z) {
  return std::sin(x) + 7 * std::pow(std::sin(y), 2) + 0.1 * std::pow(z, 4) * std::sin(x);
}

/// Variances of a function of three variables in [0, 1), by the midpoint rule: its own, and those of its mean given
/// each variable alone, and given the two others (total indices measure what is left).
struct Variances {
  double all = 0;
  double alone[3] = {}, without[3] = {};
};

Variances variances_of(const Function& function) {
  constexpr std::size_t n = 60;
  constexpr double width = 1.0 / n;
  const auto middle = [](std::size_t i) { return (static_cast<double>(i) + 0.5) * width; };
  double mean = 0, square = 0;
  std::vector<double> one[3], two[3];
  for (auto& means : one) means.resize(n);
  for (auto& means : two) means.resize(n * n);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j)
      for (std::size_t k = 0; k < n; ++k) {
        const double value = function(middle(i), middle(j), middle(k)), part = value * width;
        mean += part * width * width;
        square += value * part * width * width;
        const std::size_t at[] = {i, j, k}, others[] = {j * n + k, i * n + k, i * n + j};
        for (std::size_t input = 0; input < 3; ++input) {
          one[input][at[input]] += part * width;
          two[input][others[input]] += part;
        }
      }
  Variances variances{square - mean * mean, {}, {}};
  for (std::size_t input = 0; input < 3; ++input) {
    for (const double value : one[input]) variances.alone[input] += (value - mean) * (value - mean) * width;
    for (const double value : two[input]) variances.without[input] += (value - mean) * (value - mean) * width * width;
  }
  return variances;
}

void expect_indices(const Indices& indices, const Function& function) {
  const Variances sums = variances_of(function);
  EXPECT_NEAR(indices.variance, sums.all, 5e-3 * sums.all);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_NEAR(indices.first[i], sums.alone[i] / sums.all, 2e-3) << i;
    EXPECT_NEAR(indices.total[i], 1 - sums.without[i] / sums.all, 2e-3) << i;
  }
}

TEST(KnownAnswers, OfIshigamiAreThoseOfAGrid) {
  expect_indices(ishigami_indices(), [](double u, double v, double w) {
    return ishigami(2 * pi * u - pi, 2 * pi * v - pi, 2 * pi * w - pi);
  });
}

TEST(KnownAnswers, OfIshigamiWithGivenNoiseAreThoseOfAGrid) {
  const double noise = -0.8;
  expect_indices(noisy_ishigami_indices(noise), [&](double u, double v, double w) {
    const double z = 2 * pi * w - pi;
    return ishigami(2 * pi * u - pi, 2 * pi * v - pi, z) + 3.5 * std::fabs(z) * noise;
  });
}

/// Of u1 and u2, and the six others, which move little, as one.
TEST(KnownAnswers, OfSobolGAreThoseOfAGrid) {
  const Indices indices = sobol_g_indices();
  const auto factor = [](double u, double a) { return (std::fabs(4 * u - 2) + a) / (1 + a); };
  const double rest = (1 + 1 / (3 * 5.5 * 5.5)) * (1 + 1.0 / 300) * std::pow(1 + 1.0 / 30000, 4) - 1;
  const Variances sums = variances_of([&](double u, double v, double w) {
    return factor(u, 0) * factor(v, 1) * (1 + std::sqrt(3 * rest) * (2 * w - 1));  // a factor of that variance
  });
  EXPECT_NEAR(indices.variance, sums.all, 2e-3 * sums.all);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_NEAR(indices.first[i], sums.alone[i] / sums.all, 2e-3) << i;
    EXPECT_NEAR(indices.total[i], 1 - sums.without[i] / sums.all, 2e-3) << i;
  }
  EXPECT_EQ(indices.first.size(), 8U);
}

std::vector<AnswerTable> table_with(double value, double low, double high) {
  AnswerTable table{"sobol", "", {{"input", {"other", "inert"}, ""}}, {}};
  table.add("ST", "1", "")[1] = value;
  table.add("ST_low", "1", "")[1] = low;
  table.add("ST_high", "1", "")[1] = high;
  return {table};
}

Nearness nearness(double value, double low, double high, bool exacting = false) {
  return compare(table_with(value, low, high), {"sobol", "ST", {"inert"}, 0.5, exacting}).nearness;
}

TEST(SelfTest, JudgesByTheIntervalAndTwiceTheInterval) {
  EXPECT_EQ(nearness(0.55, 0.49, 0.6), Nearness::inside);
  EXPECT_EQ(nearness(0.58, 0.53, 0.6), Nearness::near);
  EXPECT_EQ(nearness(0.42, 0.3, 0.47), Nearness::near);
  EXPECT_EQ(nearness(0.58, 0.53, 0.6, true), Nearness::outside);
  EXPECT_EQ(nearness(0.58, 0.545, 0.6), Nearness::outside);
  EXPECT_EQ(nearness(std::nan(""), 0.4, 0.6), Nearness::outside);
  EXPECT_EQ(nearness(0.5, std::nan(""), 0.6), Nearness::outside);
  for (const Known& known : {Known{"morris", "ST", {"inert"}, 0.5},
                             {"sobol", "S1", {"inert"}, 0.5},
                             {"sobol", "ST", {"x9"}, 0.5},
                             {"sobol", "ST", {"inert", "more"}, 0.5}})
    EXPECT_EQ(compare(table_with(0.5, 0.4, 0.6), known).nearness, Nearness::outside);
}

TEST(SelfTest, HoldsWhileContentsAreEqualAndFewNumbersAreOnlyNear) {
  Answered study{"a", "hash", "hash", std::vector<ComparedAnswer>(5, {"", 0, 0, 0, 0, Nearness::inside})};
  EXPECT_FALSE(all_hold({}));
  EXPECT_TRUE(all_hold({study}));
  study.compared[0].nearness = Nearness::near;
  EXPECT_TRUE(all_hold({study}));
  study.compared[1].nearness = Nearness::near;
  EXPECT_FALSE(all_hold({study}));
  study.compared[0].nearness = study.compared[1].nearness = Nearness::inside;
  study.content = "other";
  EXPECT_FALSE(all_hold({study}));
  study.content = "hash";
  study.compared[4].nearness = Nearness::outside;
  EXPECT_FALSE(all_hold({study}));
}

}  // namespace
}  // namespace truce::analysis
