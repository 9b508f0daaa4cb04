// Who is best: chances by the normal distribution, decisions beyond three standard errors, ranks and their stability.
#include "analysis/robustness/best.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "analysis/fold/histogram.hpp"
#include "analysis/robustness/ranks.hpp"
#include "kernels/math.hpp"
#include "kernels/philox.hpp"

namespace truce::analysis {
namespace {

using Numbers = std::vector<double>;

/// Mean shares over all sets of draws, [policy][goal].
Numbers chances(const Numbers& differences, const Numbers& errors) {
  const ErrorDraws draws(differences.size());
  Numbers sum(2 * differences.size(), 0);
  for (std::size_t base = 0; base < ErrorDraws::sets; ++base)
    add_chances(differences, errors, draws.of(static_cast<std::int64_t>(base)), sum);
  for (double& chance : sum) chance /= ErrorDraws::sets;
  return sum;
}

TEST(Best, TakesTheNormalTailFromTwiceTheShareOfTwoPolicies) {
  for (const double lead : {0.0, 0.5, 1.0, 2.0}) {
    const Numbers chance = chances({0, lead}, {0, 1});
    const double expected = 2 * (lead > 0 ? 1 : 0.5) - 0.5 * std::erfc(-lead / std::sqrt(2));
    EXPECT_NEAR(chance[2], expected, 0.003) << lead;
    EXPECT_NEAR(chance[3], 1 - expected, 0.003);
    EXPECT_NEAR(chance[0] + chance[2], 1, 1e-12);
  }
}

TEST(Best, ThreeAlikeDifferencesShareTheirPoint) {
  // drawn, the first policy is best if both others fall: 1/4; the others share the rest
  const Numbers chance = chances({0, 0, 0}, {0, 1, 1});
  EXPECT_NEAR(chance[0], 2 / 3.0 - 0.25, 0.005);
  EXPECT_NEAR(chance[2], 2 / 3.0 - 0.375, 0.005);
  EXPECT_NEAR(chance[4], 2 / 3.0 - 0.375, 0.005);
}

/// True leads N(1, 1), means of 1/4 and of 1 of their variance in noise: the share that leads truly is Phi(1).
TEST(Best, ShareOfManyPointsCountsTheirNoiseOnce) {
  const auto phi = [](double x) { return 0.5 * std::erfc(-x / std::sqrt(2)); };
  constexpr std::uint64_t points = 20000;
  for (const double variance : {0.25, 1.0}) {
    const ErrorDraws draws(2);
    Numbers sum(4, 0);
    for (std::uint64_t p = 0; p < points; ++p) {
      const Words words = Stream{3, p}.block(90, 0);
      const double lead = 1 + normal_quantile(uniform(words[0]));
      add_chances(Numbers{0, lead + std::sqrt(variance) * normal_quantile(uniform(words[1]))},
                  Numbers{0, std::sqrt(variance)}, draws.of(static_cast<std::int64_t>(p)), sum);
    }
    const double once = phi(1 / std::sqrt(1 + variance)), twice = phi(1 / std::sqrt(1 + 2 * variance));
    EXPECT_NEAR(sum[2] / points, 2 * once - twice, 0.012);
    EXPECT_LT(std::abs(sum[2] / points - phi(1)), 0.6 * std::abs(once - phi(1))) << variance;
  }
}

TEST(Best, EqualsShareAndDecideNothing) {
  const Numbers chance = chances({0, 0}, {0, 0});
  EXPECT_EQ(chance[0], 0.5);
  EXPECT_EQ(chance[2], 0.5);
  EXPECT_FALSE(decided_best(Numbers{0, 0}, Numbers{0, 0}, true));
}

TEST(Best, IsDecidedBeyondThreeStandardErrorsAlone) {
  EXPECT_FALSE(decided_best(Numbers{0, 2.9}, Numbers{0, 1}, true));
  EXPECT_FALSE(decided_best(Numbers{0, 3}, Numbers{0, 1}, true));
  EXPECT_EQ(decided_best(Numbers{0, 3.1}, Numbers{0, 1}, true), 1u);
  EXPECT_EQ(decided_best(Numbers{0, 3.1}, Numbers{0, 1}, false), 0u);
  EXPECT_FALSE(decided_best(Numbers{0, 10, 5}, Numbers{0, 1, 1}, true));  // 5 against 3 * (1 + 1)
  EXPECT_EQ(decided_best(Numbers{0, 12, 5}, Numbers{0, 1, 1}, true), 1u);
}

TEST(Ranks, CountWhoIsBetter) {
  EXPECT_EQ(ranks(Numbers{3, 1, 3, 2}, 1), (Numbers{1, 4, 1, 3}));
  EXPECT_EQ(ranks(Numbers{3, 1, 3, 2}, -1), (Numbers{3, 1, 3, 2}));
  EXPECT_TRUE(std::isnan(ranks(Numbers{3, NAN}, 1)[0]));
}

TEST(Ranks, AreAsStableAsResamplesSay) {
  const std::vector<Numbers> resamples{{3, 2, 1}, {3, 1, 2}, {1, 2, 3}, {3, 2, NAN}};
  const RankStability stability = rank_stability(Numbers{30, 20, 10}, resamples, 1);
  EXPECT_EQ(stability.order, 0.25);
  EXPECT_EQ(stability.policy, (Numbers{0.5, 0.5, 0.25}));
}

TEST(Quantile, IsHazens) {
  const std::vector<Heap> heaps{{1, 1, 1}, {1, 2, 2}, {1, 4, 4}, {1, 8, 8}};
  EXPECT_EQ(quantile(heaps, 0.5), 3);  // np.quantile([1, 2, 4, 8], 0.5, method="hazen")
  EXPECT_EQ(quantile(heaps, 0.125), 1);
  EXPECT_EQ(quantile(heaps, 0.25), 1.5);
  EXPECT_EQ(quantile(heaps, 0.99), 8);
  EXPECT_TRUE(std::isnan(quantile({}, 0.5)));
  const std::vector<Heap> equals{{3, 0, 0}, {5, 1, 5}};  // 0 0 0 1 2 3 4 5
  EXPECT_EQ(quantile(equals, 2.5 / 8), 0);
  EXPECT_EQ(quantile(equals, 3.0 / 8), 0.5);
  EXPECT_EQ(quantile(equals, 5.5 / 8), 3);
  EXPECT_EQ(mean_short_of(equals, 1, true), 3.0 / 8);
}

TEST(Quantile, OfAHistogramIsOffByHalfABin) {
  Histogram histogram(-3, 5);
  Numbers values;
  for (int i = 0; i < 1000; ++i) values.push_back(-3 + 8 * std::pow((i + 0.5) / 1000, 3));
  values.front() = -3;
  values.back() = 5;
  for (const double value : values) histogram.add(value);
  for (const double p : {0.0005, 0.1, 0.5, 0.9, 0.9995}) {
    const auto k = static_cast<std::size_t>(p * 1000 - 0.5);
    const double between = p * 1000 - 0.5 - static_cast<double>(k);
    const double exact = values[k] + between * (values[std::min<std::size_t>(k + 1, 999)] - values[k]);
    EXPECT_NEAR(histogram.quantile(p), exact, histogram.bin_width()) << p;
  }
}

}  // namespace
}  // namespace truce::analysis
