// Half-widths of intervals against Boost's quantiles, the equation that Wilson's ends solve, and worked examples.
#include "sweep/study/half_width.hpp"

#include <gtest/gtest.h>

#include <boost/math/distributions/students_t.hpp>
#include <cmath>

namespace truce {
namespace {

double exact_quantile(double degrees) { return quantile(boost::math::students_t(degrees), 0.975); }

TEST(StudentQuantile, IsExactForFewDegrees) {
  for (int degrees = 1; degrees <= 30; ++degrees)
    EXPECT_NEAR(student_quantile(degrees) / exact_quantile(degrees), 1, 1e-14) << degrees;
}

TEST(StudentQuantile, IsWithinAMillionthForManyDegrees) {
  for (double degrees = 31; degrees < 2e9; degrees = degrees < 2000 ? degrees + 1 : std::floor(degrees * 1.37))
    EXPECT_NEAR(student_quantile(degrees) / exact_quantile(degrees), 1, 5e-8) << degrees;
}

TEST(StudentQuantile, FallsWithTheDegrees) {
  for (int degrees = 1; degrees < 200; ++degrees)
    EXPECT_GT(student_quantile(degrees), student_quantile(degrees + 1)) << degrees;
}

TEST(WilsonHalfWidth, ReachesFromTheCentreToTheEndsOfTheScoreTest) {
  const double z = 1.959963984540054;
  for (const double n : {1.0, 2.0, 10.0, 64.0, 1000.0, 1e6})
    for (const double share : {0.0, 0.1, 0.5, 0.9, 1.0}) {
      const double centre = (share + z * z / (2 * n)) / (1 + z * z / n), half = wilson_half_width(share, n);
      for (const double end : {centre - half, centre + half})
        EXPECT_NEAR((share - end) * (share - end), z * z * end * (1 - end) / n, 1e-14) << n << " " << share;
    }
}

TEST(WilsonHalfWidth, IsNeverZero) {
  EXPECT_GT(wilson_half_width(0, 1e9), 0);
  EXPECT_GT(wilson_half_width(1, 1e9), 0);
}

TEST(StudentHalfWidth, OfAWorkedExample) {
  // 2, 4, 6: mean 4, squares 8, variance 4, standard error 2 / sqrt(3), 2 degrees of freedom
  EXPECT_NEAR(student_half_width(8, 3), exact_quantile(2) * 2 / std::sqrt(3.0), 1e-12);
  EXPECT_EQ(student_half_width(0, 3), 0);
}

}  // namespace
}  // namespace truce
