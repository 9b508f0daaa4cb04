// The keyed bijection: one to one for every length, and fair over keys.
#include "sweep/study/permutation.hpp"

#include <gtest/gtest.h>

#include <array>
#include <map>
#include <set>
#include <vector>

#include "kernels/philox.hpp"

namespace truce {
namespace {

RoundKeys keys_of(std::uint32_t number) {
  const auto low = philox({number, 0, 0, 0}, {1, 2}), high = philox({number, 1, 0, 0}, {1, 2});
  return {low[0], low[1], low[2], low[3], high[0], high[1], high[2], high[3]};
}

void expect_bijection(std::int64_t n, const RoundKeys& keys) {
  std::vector<bool> seen(static_cast<std::size_t>(n), false);
  for (std::int64_t i = 0; i < n; ++i) {
    const std::int64_t image = permute(i, n, keys);
    ASSERT_TRUE(image >= 0 && image < n) << n;
    ASSERT_FALSE(seen[static_cast<std::size_t>(image)]) << n << " hits " << image << " twice";
    seen[static_cast<std::size_t>(image)] = true;
  }
}

TEST(Permutation, IsOneToOneForEveryLength) {
  for (std::int64_t n = 1; n <= 300; ++n) expect_bijection(n, keys_of(static_cast<std::uint32_t>(n)));
  for (const std::int64_t n : {1023, 1024, 1025, 65537, 300007}) expect_bijection(n, keys_of(9));
}

TEST(Permutation, OfTwoToTheFortyStaysInRangeAndApart) {
  for (const std::int64_t n : {std::int64_t{1} << 40, (std::int64_t{1} << 40) - 1, (std::int64_t{1} << 38) + 1}) {
    std::set<std::int64_t> images;
    for (std::int64_t i = 0; i < 20000; ++i) {
      const std::int64_t image = permute(i < 10000 ? i : n - 1 - (i - 10000), n, keys_of(3));
      ASSERT_TRUE(image >= 0 && image < n);
      images.insert(image);
    }
    EXPECT_EQ(images.size(), 20000U);
  }
}

TEST(Permutation, TakesEveryOrderOfThreeEquallyOften) {
  constexpr int draws = 12000;
  std::map<std::array<std::int64_t, 3>, int> counts;
  for (std::uint32_t k = 0; k < draws; ++k) {
    const auto keys = keys_of(k);
    ++counts[{permute(0, 3, keys), permute(1, 3, keys), permute(2, 3, keys)}];
  }
  ASSERT_EQ(counts.size(), 6U);
  double chi2 = 0;
  for (const auto& [order, count] : counts) chi2 += (count - draws / 6.0) * (count - draws / 6.0) / (draws / 6.0);
  EXPECT_LT(chi2, 25.7) << "5 degrees of freedom, p = 1e-4";
}

TEST(Permutation, SendsNeighboursAnywhere) {
  constexpr int draws = 20000;
  constexpr std::int64_t n = 10;
  std::array<int, 100> pairs{};
  for (std::uint32_t k = 0; k < draws; ++k) {
    const auto keys = keys_of(k);
    ++pairs[static_cast<std::size_t>(permute(4, n, keys) * n + permute(5, n, keys))];
  }
  double chi2 = 0;
  for (std::size_t cell = 0; cell < 100; ++cell) {
    if (cell / 10 == cell % 10) continue;
    chi2 += (pairs[cell] - draws / 90.0) * (pairs[cell] - draws / 90.0) / (draws / 90.0);
  }
  EXPECT_LT(chi2, 145.0) << "89 degrees of freedom, p = 1e-4";
}

}  // namespace
}  // namespace truce
