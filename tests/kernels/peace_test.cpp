// Peace between constant barriers: survival by eigenfunctions, by the one-draw bridge's own operator, by simulation.
//
// The bridge decides both barriers with one uniform, so a month breaks the peace with chance min(1, p_hi + p_lo);
// exactly it is p_hi + p_lo less the chance of touching both. The bias is that difference: it shortens the peace.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numeric>

#include "tests/kernels/months.hpp"
#include "tests/kernels/quadrature.hpp"

namespace truce::testing {
namespace {

struct Band {
  double start, width, drift, volatility;
  double survival[4];  // at 12, 60, 120, 240 months, printed with 10 decimals
};
constexpr int months[] = {12, 60, 120, 240};
constexpr Band bands[] = {{0.3, 0.6, 0.001, 0.015, {0.9999999693, 0.9642415451, 0.7723654657, 0.4195090733}},
                          {0.2, 0.5, -0.003, 0.03, {0.8974499067, 0.2820167783, 0.0712547577, 0.0046367169}},
                          {0.45, 0.6, 0.003, 0.02, {0.9156210311, 0.2658472407, 0.0738963426, 0.0085042528}},
                          {0.15, 0.8, 0, 0.01, {0.9999850977, 0.9471924886, 0.8290964768, 0.6670511936}}};

/// sum over n of exp(k(...)) sine modes: the heat equation with drift, killed at both ends.
double eigenfunction_survival(const Band& band, double t) {
  const double pi = std::acos(-1.0), s2 = band.volatility * band.volatility, k = band.drift / s2;
  double sum = 0;
  for (int n = 1; n <= 400; ++n) {
    const double wave = n * pi / band.width;
    const double integral = wave * (1 - (n % 2 == 0 ? 1 : -1) * std::exp(k * band.width)) / (k * k + wave * wave);
    sum += 2 / band.width * std::exp(-k * band.start - (wave * wave + k * k) * s2 * t / 2) *
           std::sin(wave * band.start) * integral;
  }
  return sum;
}

/// The kernel's monthly rule as an operator on a quadrature grid over the band.
class MonthlyRule {
 public:
  explicit MonthlyRule(const Band& band) : band_(band) {
    constexpr std::size_t pieces = 40, order = 10;
    const double step = band.width / pieces;
    for (std::size_t piece = 0; piece < pieces; ++piece) {
      const double from = step * static_cast<double>(piece);
      const auto part = gauss_legendre(order, from, from + step);
      rule_.nodes.insert(rule_.nodes.end(), part.nodes.begin(), part.nodes.end());
      rule_.weights.insert(rule_.weights.end(), part.weights.begin(), part.weights.end());
    }
    for (const double x : rule_.nodes)
      for (std::size_t j = 0; j < rule_.nodes.size(); ++j) matrix_.push_back(weight(x, j));
  }

  /// Chance to live `t` months, to quadrature accuracy.
  double survival(int t) const {
    std::vector<double> alive(rule_.nodes.size(), 1.0), next(alive.size());
    for (int month = 1; month < t; ++month) {
      for (std::size_t i = 0; i < alive.size(); ++i)
        next[i] = std::inner_product(alive.begin(), alive.end(), &matrix_[i * alive.size()], 0.0);
      alive.swap(next);
    }
    double at_start = 0;
    for (std::size_t j = 0; j < alive.size(); ++j) at_start += weight(band_.start, j) * alive[j];
    return at_start;
  }

 private:
  /// Density of the move from x to node j without a breach, times the node's weight.
  double weight(double x, std::size_t j) const {
    const double y = rule_.nodes[j], s2 = band_.volatility * band_.volatility;
    const double z = (y - x - band_.drift) / band_.volatility;
    const double rate = touch_rate(s2);
    const double touched = bridge(band_.width - x, band_.width - y, rate) + bridge(x, y, rate);
    return rule_.weights[j] * std::exp(-z * z / 2) / std::sqrt(2 * std::acos(-1.0) * s2) * std::max(0.0, 1 - touched);
  }

  Band band_;
  Rule rule_;
  std::vector<double> matrix_;
};

TEST(PeaceBetweenConstantBarriers, EigenfunctionsGiveThePrintedCases) {
  for (const auto& band : bands)
    for (int k = 0; k < 4; ++k) EXPECT_NEAR(eigenfunction_survival(band, months[k]), band.survival[k], 6e-11);
}

/// Stated bias of the one-draw bridge at these volatilities (monthly sd at most 6 % of the band): none, below 1e-11.
TEST(PeaceBetweenConstantBarriers, OneDrawBridgeHasTheStatedBias) {
  for (const auto& band : bands) {
    const MonthlyRule rule(band);
    for (std::size_t k = 0; k < 4; ++k) {
      const double survival = rule.survival(months[k]), bias = survival - eigenfunction_survival(band, months[k]);
      std::printf("one-draw bridge: sd/width %.4f, %3d months: survival %.10f, bias %.1e\n",
                  band.volatility / band.width, months[k], survival, bias);
      EXPECT_LE(std::fabs(bias), 1e-11);
    }
  }
}

/// Months of peace by the kernel's own move_front, at most 240.
int simulated_months(const Params& p, const State& signed_peace, std::uint32_t replicate) {
  const Stream stream{861, 0, replicate};
  const auto g = peace::regime(p, 0.0);
  State s = signed_peace;
  for (int month = 1; month <= months[3]; ++month) {
    const auto words = stream.block(month_stream, static_cast<std::uint32_t>(month));
    const auto front = peace::move_front(p, s, g, normal_quantile(uniform(words[0])), uniform(words[1]));
    if (front.hit_hi || front.hit_lo) return month - 1;
  }
  return months[3];
}

/// Narrow bands, one month from the middle: the bias that touching both ends within a month leaves.
TEST(PeaceBetweenConstantBarriers, OneDrawBridgeShortensPeaceInNarrowBandsAsStated) {
  struct Narrow {
    double ratio, bound;  // monthly sd / width; stated bound on the shortfall of one month's survival
  };
  for (const auto& [ratio, bound] : {Narrow{0.1, 1e-12}, {0.2, 1e-12}, {0.3, 1e-6}, {0.5, 3e-3}, {1.0, 1e-2}}) {
    const Band band{0.5, 1, 0, ratio, {}};
    const double bias = MonthlyRule(band).survival(1) - eigenfunction_survival(band, 1);
    std::printf("one-draw bridge: sd/width %.1f, 1 month: survival %.6f, bias %.1e\n", ratio,
                eigenfunction_survival(band, 1), bias);
    EXPECT_LE(bias, 1e-12);
    EXPECT_GE(bias, -bound);
  }
}

TEST(PeaceBetweenConstantBarriers, SimulationAgreesWithTheEigenfunctions) {
  constexpr std::uint32_t count = TRUCE_PEACE_RUNS;
  for (const auto& band : bands) {
    const auto p = params_with({{"balance_drift", band.drift},
                                {"balance_volatility", band.volatility},
                                {"renege_cost_a", 0},
                                {"renege_cost_d", 0},
                                {"guarantee_a", 0},
                                {"justice_anchor", 0}});
    const Stream stream{};
    State s = at_peace(p, stream, band.start, 0);
    s.hi_base = band.width;
    s.lo_base = 0;
    double alive[4] = {0, 0, 0, 0};
    for (std::uint32_t i = 0; i < count; ++i) {
      const int lasted = simulated_months(p, s, i);
      for (int k = 0; k < 4; ++k) alive[k] += lasted >= months[k] ? 1.0 / count : 0.0;
    }
    for (int k = 0; k < 4; ++k) {
      const double exact = band.survival[k], error = std::sqrt(exact * (1 - exact) / count);
      EXPECT_NEAR(alive[k], exact, 4 * error + 1.0 / count) << band.width << " " << months[k];
    }
  }
}

}  // namespace
}  // namespace truce::testing
