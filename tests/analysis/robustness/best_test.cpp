// Who is best: shares, decisions beyond three standard errors, ranks and their stability, quantiles.
#include "analysis/robustness/best.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "analysis/fold/histogram.hpp"
#include "analysis/robustness/ranks.hpp"

namespace truce::analysis {
namespace {

using Numbers = std::vector<double>;

/// Three policies, two groups of two points and of one.
TEST(Best, SharesAreOfTheCountsOfAPolicyAndAGoal) {
  GroupSums counts(2, 7);
  counts << 2, 1, 0, 0.5, 2, 0.5, 0,  //
      1, 1, 0, 0, 0, 0, 1;
  const GroupSums weights = GroupSums::Ones(3, 2);
  const BestShares shares = best_shares(counts, weights, 0.95);
  ASSERT_EQ(shares.size(), 3u);
  EXPECT_DOUBLE_EQ(shares[0][0].value, 2.0 / 3);
  EXPECT_DOUBLE_EQ(shares[1][1].value, 2.0 / 3);
  EXPECT_DOUBLE_EQ(shares[2][0].value, 0.5 / 3);
  EXPECT_DOUBLE_EQ(shares[2][1].high, 1.0 / 3);
}

TEST(Best, EqualsDecideNothing) { EXPECT_FALSE(decided_best(Numbers{0, 0}, Numbers{0, 0}, true)); }

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
