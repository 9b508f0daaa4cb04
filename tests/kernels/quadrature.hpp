// Gauss-Legendre quadrature, the second method of tests whose closed forms must be integrated.
#pragma once

#include <cmath>
#include <cstddef>
#include <vector>

namespace truce::testing {

struct Rule {
  std::vector<double> nodes, weights;
};

/// `count` nodes on [lo, hi], by Newton steps on the Legendre polynomial.
inline Rule gauss_legendre(std::size_t count, double lo, double hi) {
  Rule rule;
  const auto n = static_cast<double>(count);
  const double pi = std::acos(-1.0), middle = (lo + hi) / 2, half = (hi - lo) / 2;
  for (std::size_t i = 0; i < count; ++i) {
    double x = -std::cos(pi * (static_cast<double>(i) + 0.75) / (n + 0.5)), slope = 1;
    for (int step = 0; step < 100; ++step) {
      double before = 1, value = x;
      for (std::size_t k = 2; k <= count; ++k) {
        const auto d = static_cast<double>(k);
        const double next = ((2 * d - 1) * x * value - (d - 1) * before) / d;
        before = value;
        value = next;
      }
      slope = n * (x * value - before) / (x * x - 1);
      const double move = value / slope;
      x -= move;
      if (std::fabs(move) < 1e-15) break;
    }
    rule.nodes.push_back(middle + half * x);
    rule.weights.push_back(half * 2 / ((1 - x * x) * slope * slope));
  }
  return rule;
}

}  // namespace truce::testing
