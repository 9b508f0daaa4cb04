// Sobol' points against Boost's own generator, and scrambling against the theory of nested uniform scrambling.
#include "sweep/study/sobol.hpp"

#include <gtest/gtest.h>

#include <boost/random/sobol.hpp>
#include <cmath>
#include <set>

#include "kernels/philox.hpp"

namespace truce {
namespace {

std::array<std::uint32_t, 2> key_of(std::uint32_t number) {
  const auto words = philox({number, 0, 0, 0}, {5, 6});
  return {words[0], words[1]};
}

std::span<const std::uint32_t> dimension(const std::vector<std::uint32_t>& all, std::size_t d) {
  return std::span(all).subspan(32 * d, 32);
}

TEST(Sobol, EqualsBoostsGeneratorUpToGrayOrder) {
  constexpr std::size_t dimensions = 100;
  const auto directions = sobol_directions(dimensions);
  boost::random::sobol_engine<std::uint32_t, 32> boost_engine(dimensions);
  for (std::uint32_t n = 1; n < 2000; ++n) {  // Boost leaves out point 0
    for (std::size_t d = 0; d < dimensions; ++d) {
      ASSERT_EQ(sobol_point(dimension(directions, d), n ^ n >> 1), boost_engine())
          << "point " << n << " dimension " << d;
    }
  }
  EXPECT_EQ(sobol_point(dimension(directions, 7), 0), 0U);
}

TEST(Sobol, RefusesMoreDimensionsThanThereAreDirectionNumbers) {
  EXPECT_THROW(sobol_directions(100000), std::out_of_range);
  EXPECT_NO_THROW(sobol_directions(3667));
}

TEST(Sobol, ScramblingFlipsABitDependingOnHigherBitsOnly) {
  for (std::uint32_t k = 0; k < 200; ++k) {
    const auto words = philox({k, 1, 0, 0}, {5, 6});
    for (int bit = 0; bit < 32; ++bit) {
      const std::uint32_t changed = owen_scramble(words[0], key_of(k)) ^ owen_scramble(words[0] ^ 1U << bit, key_of(k));
      EXPECT_EQ(changed >> bit, 1U) << "bit " << bit;
    }
  }
}

TEST(Sobol, ScrambledPointsFillEveryStratumOfEveryDimension) {
  const auto directions = sobol_directions(50);
  for (std::size_t d = 0; d < 50; ++d) {
    for (const int bits : {1, 4, 10}) {
      std::set<std::uint32_t> strata;
      for (std::uint32_t n = 0; n < 1U << bits; ++n) {
        strata.insert(owen_scramble(sobol_point(dimension(directions, d), n), key_of(static_cast<std::uint32_t>(d))) >>
                      (32 - bits));
      }
      EXPECT_EQ(strata.size(), std::size_t{1} << bits) << "dimension " << d;
    }
  }
}

TEST(Sobol, ScrambledPointsOfTheFirstTwoDimensionsStayANet) {
  const auto directions = sobol_directions(2);
  constexpr int m = 8;
  for (int across = 0; across <= m; ++across) {  // every shape of box of area 2^-8 holds one point
    std::set<std::uint64_t> boxes;
    for (std::uint32_t n = 0; n < 1U << m; ++n) {
      const std::uint64_t x = owen_scramble(sobol_point(dimension(directions, 0), n), key_of(1));
      const std::uint64_t y = owen_scramble(sobol_point(dimension(directions, 1), n), key_of(2));
      boxes.insert((x >> (32 - across)) << 32 | y >> (32 - m + across));
    }
    EXPECT_EQ(boxes.size(), std::size_t{1} << m) << across;
  }
}

TEST(Sobol, ScramblingIsUnbiasedWithTheVarianceOfTheory) {
  // One uniform point in each of N strata: the mean of x has variance 1/(12 N^3) exactly.
  constexpr std::uint32_t points = 16, keys = 8000;
  const auto directions = sobol_directions(2);
  double sum = 0, squares = 0, first = 0;
  for (std::uint32_t k = 0; k < keys; ++k) {
    double mean = 0;
    for (std::uint32_t n = 0; n < points; ++n) {
      const double u = uniform(owen_scramble(sobol_point(dimension(directions, 1), n), key_of(k)));
      mean += (u - 0.5) / points;
      if (n == 0) first += u - 0.5;
    }
    sum += mean;
    squares += mean * mean;
  }
  const double variance = 1 / (12 * std::pow(points, 3));
  EXPECT_LT(std::abs(first / keys), 4 / std::sqrt(12.0 * keys)) << "point 0 alone is uniform";
  EXPECT_LT(std::abs(sum / keys), 4 * std::sqrt(variance / keys));
  EXPECT_NEAR(squares / keys / variance, 1, 4 * std::sqrt(2.0 / keys));
}

}  // namespace
}  // namespace truce
