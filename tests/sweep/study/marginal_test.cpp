// Quantiles against CDFs and moments written here from their definitions.
#include "sweep/study/marginal.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>

#include "sweep/study/marginal_parse.hpp"
#include "tests/sweep/study/study_kernel.hpp"

namespace truce {
namespace {

using testing::toy_input;

constexpr double least_u = 0x1p-53;
constexpr double most_u = 1 - 0x1p-53;

Input wide() { return toy_input("x", "1", 0, {-1, 1}, {-1e9, 1e9}); }

Marginal marginal(const Input& input, std::string_view text) { return *parse_input_value(input, text).marginal; }

long double phi(long double z) { return std::erfc(-z / std::sqrt(2.0L)) / 2; }

/// F(Q(u)) = u over a grid of u that reaches into both tails.
void expect_inverse(const Marginal& m, const std::function<long double(long double)>& cdf) {
  double last = m.lo;
  for (int i = 0; i < 1000; ++i) {
    const double u = i == 0 ? 1e-6 : i == 999 ? 1 - 1e-6 : i / 1000.0;
    const double x = m.quantile(u);
    EXPECT_NEAR(static_cast<double>(cdf(x)), u, 1e-12) << m.text << " at " << u;
    EXPECT_GE(x, last) << m.text << " at " << u;
    last = x;
  }
}

TEST(Marginal, QuantilesInvertTheirCdfs) {
  expect_inverse(marginal(wide(), "uniform(-3, 5)"), [](long double x) { return (x + 3) / 8; });
  expect_inverse(marginal(wide(), "loguniform(0.01, 100)"),
                 [](long double x) { return std::log(x / 0.01L) / std::log(1e4L); });
  expect_inverse(marginal(wide(), "normal(2, 3)"), [](long double x) { return phi((x - 2) / 3); });
  expect_inverse(marginal(wide(), "truncated_normal(0, 1, -0.5, 2)"),
                 [](long double x) { return (phi(x) - phi(-0.5L)) / (phi(2) - phi(-0.5L)); });
  expect_inverse(marginal(wide(), "triangular(-1, 0.5, 3)"), [](long double x) {
    return x < 0.5L ? (x + 1) * (x + 1) / (4 * 1.5L) : 1 - (3 - x) * (3 - x) / (4 * 2.5L);
  });
  expect_inverse(marginal(wide(), "beta(2, 1)"), [](long double x) { return x * x; });
  expect_inverse(marginal(wide(), "beta(1, 3)"), [](long double x) { return 1 - std::pow(1 - x, 3.0L); });
  expect_inverse(marginal(wide(), "beta(2, 2, -1, 3)"), [](long double x) {
    const long double z = (x + 1) / 4;
    return z * z * (3 - 2 * z);
  });
}

TEST(Marginal, ATriangleMayHaveItsModeAtAnEnd) {
  expect_inverse(marginal(wide(), "triangular(0, 0, 2)"), [](long double x) { return 1 - (2 - x) * (2 - x) / 4; });
  expect_inverse(marginal(wide(), "triangular(0, 2, 2)"), [](long double x) { return x * x / 4; });
}

TEST(Marginal, AnUnboundedNormalIsRenormalisedToTheLimitsNotClamped) {
  const Input input = toy_input("x", "1", 0, {-1, 1}, {-1, 0.5});
  const InputValue value = parse_input_value(input, "normal(0.3, 1)");
  const long double lo = phi(-1.3L), hi = phi(0.2L);
  expect_inverse(*value.marginal, [&](long double x) { return (phi(x - 0.3L) - lo) / (hi - lo); });
  EXPECT_GT(value.marginal->quantile(0.001), -1) << "clamping would pile up mass on the limit";
  EXPECT_NE(value.note.find("0.517"), std::string::npos) << value.note;  // 1 - (Phi(0.2) - Phi(-1.3)) = 0.5175
}

TEST(Marginal, NoQuantileLeavesTheSupportOrIsNotFinite) {
  for (const char* text :
       {"uniform(-3, 5)", "uniform(0.1, 0.3)", "loguniform(1e-6, 0.7)", "normal(0, 1)", "truncated_normal(0, 1, 3, 4)",
        "truncated_normal(5, 0.1, 4.7, 5.1)", "triangular(0, 0, 1)", "beta(0.001, 0.001)", "beta(0.5, 0.5)",
        "beta(100, 0.01)", "beta(1e6, 1e6)", "beta(1e6, 0.1)"}) {
    const Marginal m = marginal(wide(), text);
    for (const double u : {least_u, 0x1p-33, 0.1, 0.5, 0.9, 1 - 0x1p-33, most_u}) {
      const double x = m.quantile(u);
      EXPECT_TRUE(std::isfinite(x) && x >= m.lo && x <= m.hi) << text << " at " << u << ": " << x;
    }
  }
}

TEST(Marginal, FiniteOnesGiveEveryValueItsShare) {
  Input whole = toy_input("n", "1", 0, {0, 1}, {-1e9, 1e9});
  whole.kind = InputKind::integer;
  for (const char* text : {"integer(-2, 3)", "choice(5, 1, 9, 7, 3, 11)"}) {
    const Marginal m = marginal(whole, text);
    ASSERT_EQ(m.levels(), 6);
    std::map<double, int> counts;
    for (int i = 0; i < 600; ++i) ++counts[m.quantile((i + 0.5) / 600)];
    EXPECT_EQ(counts.size(), 6U);
    for (const auto& [value, count] : counts) EXPECT_EQ(count, 100) << text << " " << value;
    EXPECT_EQ(m.quantile(least_u), m.level(0));
    EXPECT_EQ(m.quantile(most_u), m.level(5));
  }
  EXPECT_EQ(marginal(whole, "integer(0, 1e9)").quantile(most_u), 1e9);
}

TEST(Marginal, StepsBeginAndEndExactly) {
  const Marginal m = marginal(wide(), "steps(0.1, 0.7, 7)");
  ASSERT_EQ(m.levels(), 7);
  EXPECT_EQ(m.level(0), 0.1);
  EXPECT_EQ(m.level(6), 0.7);
  for (int i = 0; i < 7; ++i) EXPECT_NEAR(m.level(i), 0.1 * (i + 1), 1e-15);
}

TEST(Marginal, CanonicalSpellingReadsBackAsItself) {
  for (const char* text : {"uniform(-0.1, 1e-7)", "beta(2, 5, -1, 3)", "normal(0.1, 2)", "triangular(0, 0.3, 1)",
                           "steps(0, 0.1, 3)", "choice(0.1, 0.30000000000000004)", "loguniform(1e-09, 3)"}) {
    const std::string once = marginal(wide(), text).text;
    EXPECT_EQ(marginal(wide(), once).text, once);
  }
  EXPECT_EQ(marginal(wide(), "uniform( 0.0,1e0 )").text, "uniform(0, 1)");
}

}  // namespace
}  // namespace truce
