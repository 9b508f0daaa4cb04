// Sums over groups and their bootstrap: the same for any number of ranks, and with the errors that theory gives.
#include <cmath>

#include "analysis/fold/bootstrap.hpp"
#include "analysis/fold/median.hpp"
#include "kernels/philox.hpp"
#include "tests/analysis/made_result.hpp"

namespace truce::analysis {
namespace {

TEST(Groups, TileTheBasePointsInOrder) {
  for (const std::int64_t bases : {1L, 7L, 1023L, 1024L, 1025L, 100000L, 10000000000L}) {
    const Groups groups(bases, 3);
    std::int64_t at = 0;
    for (std::int64_t g = 0; g < groups.count(); ++g) {
      const Range range = groups.range(g);
      ASSERT_EQ(range.first, at);
      ASSERT_GE(range.count, 1);
      ASSERT_EQ(groups.group_of(range.first), g);
      ASSERT_EQ(groups.group_of(range.end() - 1), g);
      at = range.end();
    }
    EXPECT_EQ(at, bases);
    EXPECT_LE(groups.count(), Groups::most);
  }
}

GroupSums harmonic(Crew& crew) {
  return fold_groups(crew, Groups(5000, 50000), 2, [](Range bases, std::span<double> sums) {
    EXPECT_LE(bases.count, 1);  // a piece is whole base points, however many members they have
    for (std::int64_t b = bases.first; b < bases.end(); ++b) {
      sums[0] += 1 / static_cast<double>(b + 1);
      sums[1] += 1;
    }
  });
}

TEST(Groups, SumsAreTheSameBytesForAnyNumberOfRanks) {
  const auto local = make_local_crew();
  const GroupSums alone = harmonic(*local);
  EXPECT_EQ(total(alone)(1), 5000);
  EXPECT_NEAR(total(alone)(0), std::log(5000.0) + 0.5772156649015329 + 1 / 10000.0, 1e-8);
  for (const int ranks : {2, 3, 5}) {
    run_threads(ranks, 1, [&](Crew& crew) {
      const GroupSums sums = harmonic(crew);
      if (crew.rank() == 0) {
        EXPECT_TRUE((sums == alone).all());
      } else {
        EXPECT_EQ(sums.size(), 0);
      }
    });
  }
}

TEST(Groups, AnErrorOnOneRankIsAnErrorOnAll) {
  int thrown = 0;
  run_threads(3, 1, [&](Crew& crew) {
    try {
      fold_groups(crew, Groups(100, 1), 1, [](Range bases, std::span<double>) {
        if (bases.first == 99) throw Error(Exit::corrupt, "the last row is damaged");
      });
    } catch (const Error& error) {
      thrown += error.exit() == Exit::corrupt ? 1 : 0;
    }
  });
  EXPECT_EQ(thrown, 3);
}

double sorted_median(std::vector<double> values) {
  std::ranges::sort(values);
  const std::size_t n = values.size();
  return (values[(n - 1) / 2] + values[n / 2]) / 2;
}

/// Ties at the median, values far closer than a bin, both parities, and ranks without any value.
TEST(Median, IsExactForAnyNumberOfRanks) {
  std::vector<std::vector<double>> all{
      {5}, {2, 1}, {3, 1, 2, 2}, {0.0, -0.0, 0.0}, {1, 1 + 0x1p-52, 1e300, 1}, {NAN, 3, NAN, 4}};
  std::vector<double> shares, spread;
  for (std::uint64_t i = 0; i < 20001; ++i) {
    const double u = uniform(Stream{i, 3}.block(0, 0)[0]);
    shares.push_back(std::floor(64 * u * u) / 64);
    spread.push_back(std::pow(u, 40) - 1e-9);
  }
  all.push_back(shares);
  all.push_back(spread);
  all.push_back({spread.begin(), spread.end() - 1});
  for (const auto& values : all) {
    std::vector<double> finite;
    std::ranges::copy_if(values, std::back_inserter(finite), [](double v) { return !std::isnan(v); });
    for (const int ranks : {1, 2, 5})
      run_threads(ranks, 1, [&](Crew& crew) {
        const double found = median(crew, [&](const auto& visit) {
          for (std::size_t i = static_cast<std::size_t>(crew.rank()); i < values.size();
               i += static_cast<std::size_t>(ranks))
            visit(values[i]);
        });
        EXPECT_EQ(found, sorted_median(finite));
        EXPECT_FALSE(std::signbit(found) && found == 0);
      });
  }
  const auto alone = make_local_crew();
  EXPECT_TRUE(std::isnan(median(*alone, [](const auto&) {})));
}

TEST(Bootstrap, WeightsArePoissonWithMeanOne) {
  const GroupSums weights = bootstrap_weights(861, 1024, 400);
  const double n = static_cast<double>(weights.size());
  const double mean = weights.mean(), second = weights.square().mean(), zeros = (weights == 0).cast<double>().mean();
  EXPECT_NEAR(mean, 1, 4 / std::sqrt(n));
  EXPECT_NEAR(second, 2, 4 * std::sqrt(11 / n));  // E X^4 - (E X^2)^2 = 15 - 4
  EXPECT_NEAR(zeros, std::exp(-1), 4 * std::sqrt(0.2325 / n));
  EXPECT_TRUE((bootstrap_weights(861, 10, 400) == weights.leftCols(10)).all());
  EXPECT_GT((bootstrap_weights(862, 1024, 400) - weights).abs().sum(), 0);
}

TEST(Bootstrap, TheIntervalOfAMeanIsTwoStandardErrorsWide) {
  GroupSums sums(1024, 2);
  for (int g = 0; g < 1024; ++g) {
    sums(g, 0) = g % 2 == 0 ? 3 : -1;  // mean 1, standard deviation 2
    sums(g, 1) = 1;
  }
  const auto resamples = resampled(bootstrap_weights(1, 1024, 4000), sums);
  const Estimate mean = estimate(total(sums), resamples, 0.95, [](auto s) { return s[0] / s[1]; });
  EXPECT_EQ(mean.value, 1);
  const double expected = 2 * 1.959964 * 2 / std::sqrt(1024.0);
  EXPECT_NEAR(mean.high - mean.low, expected, 0.06 * expected);  // 4 standard errors of a spread from 4,000 draws
}

TEST(Bootstrap, PercentilesAreThoseOfNumpy) {
  std::vector<double> values{5, 1, 4, NAN, 2, 3};
  const Interval interval = percentile_interval(values, 0.5);
  EXPECT_EQ(interval.low, 2);  // np.quantile([1, 2, 3, 4, 5], 0.25)
  EXPECT_EQ(interval.high, 4);
  std::vector<double> one{1, NAN};
  EXPECT_TRUE(std::isnan(percentile_interval(one, 0.95).low));
}

}  // namespace
}  // namespace truce::analysis
