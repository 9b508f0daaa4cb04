// The test functions against their formulas in the C library's arithmetic, and the chance of the stochastic one.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/kernels/run_kernel.hpp"

namespace truce::testing {
namespace {

/// Points of the ranges, and their ends and half-way to them, where the sine is folded.
std::vector<std::vector<double>> points_of(const Kernel& kernel) {
  std::vector<std::vector<double>> points;
  for (std::uint32_t i = 0; i < 2000; ++i) points.push_back(random_point(kernel, i));
  for (const double part : {0.0, 0.25, 0.5, 0.75, 1.0}) {
    auto& point = points.emplace_back();
    for (const auto& input : kernel.inputs) point.push_back(input.range_lo + part * (input.range_hi - input.range_lo));
  }
  return points;
}

double ishigami(const std::vector<double>& x) {
  return std::sin(x[0]) + 7 * std::pow(std::sin(x[1]), 2) + 0.1 * std::pow(x[2], 4) * std::sin(x[0]);
}

double sobol_g(const std::vector<double>& u) {
  double product = 1;
  const std::vector<double> a = {0, 1, 4.5, 9, 99, 99, 99, 99};
  for (std::size_t i = 0; i < u.size(); ++i) product *= (std::fabs(4 * u[i] - 2) + a[i]) / (1 + a[i]);
  return product;
}

template <class Function>
void expect_values(const char* name, const Function& function) {
  const auto& kernel = *find_kernel(name);
  const auto points = points_of(kernel);
  const auto runs = run_points(fastest_code(kernel), points, 2);
  for (std::size_t i = 0; i < points.size(); ++i)
    for (std::size_t r = 0; r < 2; ++r) EXPECT_NEAR(runs.at(2 * i + r, 0), function(points[i]), 2e-14) << i;
}

TEST(TestFunctions, AreTheirFormulas) {
  expect_values("ishigami", ishigami);
  expect_values("sobol_g", sobol_g);
}

TEST(TestFunctions, ChanceHasTheMeanOfIshigamiAndGrowsWithX3) {
  const auto& kernel = *find_kernel("stochastic_ishigami");
  constexpr std::uint32_t runs_each = 100000;
  for (const double x3 : {-3.0, 0.0, 0.5, 2.0}) {
    const Changes changes = {{"x1", 0.7}, {"x2", -2.5}, {"x3", x3}};
    const auto got = estimate(run_with(kernel, changes, runs_each), 0);
    EXPECT_NEAR(got.mean, ishigami(inputs_of(kernel, changes)), 4 * got.standard_error + 1e-14);
    const double deviation = got.standard_error * std::sqrt(runs_each);
    EXPECT_NEAR(deviation, 3.5 * std::fabs(x3), 4 * deviation / std::sqrt(2.0 * runs_each));
  }
}

}  // namespace
}  // namespace truce::testing
