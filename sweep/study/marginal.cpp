// Inverse CDFs from portable exp, log and normal quantile; beta by Boost.Math, whose double promotion keeps its bits.
#include "sweep/study/marginal.hpp"

#include <algorithm>
#include <boost/math/distributions/beta.hpp>
#include <cmath>

#include "kernels/math.hpp"

namespace truce {
namespace {

/// Between u = 0 and u = 1 without ever giving either.
double inside(double u) { return std::clamp(u, 0x1p-200, 1 - 0x1p-53); }

double triangular(double lo, double mode, double hi, double u) {
  const double width = hi - lo;
  if (u * width < mode - lo) return lo + std::sqrt(u * width * (mode - lo));
  return hi - std::sqrt((1 - u) * width * (hi - mode));
}

double beta(const std::vector<double>& p, double lo, double hi, double u) {
  return lo + (hi - lo) * boost::math::quantile(boost::math::beta_distribution<double>(p[0], p[1]), u);
}

/// The whole number below u * n, at most n - 1: u * n may round up to n.
std::int64_t slot(double u, std::int64_t n) {
  return std::min(static_cast<std::int64_t>(u * static_cast<double>(n)), n - 1);
}

double continuous(const Marginal& m, double u) {
  const auto& p = m.parameters;
  switch (m.shape) {
    case Marginal::Shape::loguniform: {
      const double log_lo = log(p[0]);
      return exp(log_lo + u * (log(p[1]) - log_lo));
    }
    case Marginal::Shape::normal:
    case Marginal::Shape::truncated_normal:
      return p[0] + p[1] * normal_quantile(inside(m.p_lo + u * (m.p_hi - m.p_lo)));
    case Marginal::Shape::triangular:
      return triangular(p[0], p[1], p[2], u);
    case Marginal::Shape::beta:
      return beta(p, m.lo, m.hi, u);
    default:
      return p[0] + u * (p[1] - p[0]);
  }
}

}  // namespace

double Marginal::quantile(double u) const {
  if (const std::int64_t n = levels(); n > 0) return level(slot(u, n));
  return std::clamp(continuous(*this, u), lo, hi);
}

std::int64_t Marginal::levels() const {
  if (shape == Shape::integer) return static_cast<std::int64_t>(parameters[1] - parameters[0]) + 1;
  return static_cast<std::int64_t>(values.size());
}

double Marginal::level(std::int64_t i) const {
  if (shape == Shape::integer) return parameters[0] + static_cast<double>(i);
  return values[static_cast<std::size_t>(i)];
}

}  // namespace truce
