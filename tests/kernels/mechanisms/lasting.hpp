// How long a peace lasts, by formulas and by counting: oracles for the stages of durability.
#pragma once

#include <cmath>
#include <vector>

namespace truce::testing {

/// A balance from `start` between `lo` and `hi`, drift mu and volatility sigma a month.
struct Wandering {
  double start, lo, hi, mu, sigma;
};

inline double exits_up(const Wandering& w) {
  if (w.mu == 0) return (w.start - w.lo) / (w.hi - w.lo);
  const double rate = -2 * w.mu / (w.sigma * w.sigma);
  return std::expm1(rate * (w.start - w.lo)) / std::expm1(rate * (w.hi - w.lo));
}

inline double mean_months(const Wandering& w) {
  if (w.mu == 0) return (w.start - w.lo) * (w.hi - w.start) / (w.sigma * w.sigma);
  return ((w.lo - w.start) + (w.hi - w.lo) * exits_up(w)) / w.mu;
}

/// Survival by the modes of the heat equation killed at both ends; with drift by Girsanov's factor.
inline double survival(const Wandering& w, double t) {
  if (t <= 0) return 1;
  const double pi = std::acos(-1.0), width = w.hi - w.lo, s2 = w.sigma * w.sigma, k = w.mu / s2, x = w.start - w.lo;
  double sum = 0;
  for (int n = 1; n <= 200; ++n) {
    const double wave = n * pi / width;
    const double integral = wave * (1 - (n % 2 == 0 ? 1 : -1) * std::exp(k * width)) / (k * k + wave * wave);
    sum += 2 / width * std::exp(-k * x - (wave * wave + k * k) * s2 * t / 2) * std::sin(wave * x) * integral;
  }
  return sum;
}

/// Mean of a time that is dated in the middle of its month: 1/2 + sum of survivals to whole months.
template <class Survival>
double mean_dated_mid_month(const Survival& alive) {
  double sum = 0.5;
  for (int t = 1; t < 200000; ++t) {
    const double s = alive(static_cast<double>(t));
    sum += s;
    if (s < 1e-14) break;
  }
  return sum;
}

/// (rate t)^shape, times e^xb.
struct Weibull {
  double shape, rate, xb;
};
inline double survival(const Weibull& w, double t) { return std::exp(-std::pow(w.rate * t, w.shape) * std::exp(w.xb)); }
inline double mean_months(const Weibull& w) {
  return std::tgamma(1 + 1 / w.shape) * std::exp(-w.xb / w.shape) / w.rate;
}
inline double median_months(const Weibull& w) {
  return std::pow(std::log(2.0), 1 / w.shape) * std::exp(-w.xb / w.shape) / w.rate;
}

/// Chance that a walk of +-1 from 0 keeps below `up` and above -down(t) for `steps` steps: exact, as every chance is a
/// whole number of 2^-steps.
template <class Down>
double walk_survival(int steps, int up, const Down& down) {
  const int reach = steps + 1;
  std::vector<double> at(static_cast<std::size_t>(2 * reach + 1), 0.0);
  const auto place = [&](int k) -> std::size_t { return static_cast<std::size_t>(k + reach); };
  at[place(0)] = 1;
  for (int t = 1; t <= steps; ++t) {
    std::vector<double> next(at.size(), 0.0);
    for (int k = -t; k <= t; ++k) {
      if (k >= up || k <= -down(t)) continue;
      const double from_below = k - 1 >= -reach ? at[place(k - 1)] : 0,
                   from_above = k + 1 <= reach ? at[place(k + 1)] : 0;
      next[place(k)] = 0.5 * (from_below + from_above);
    }
    at.swap(next);
  }
  double sum = 0;
  for (const double chance : at) sum += chance;
  return sum;
}

}  // namespace truce::testing
