// Thirds by the quantiles of the prior; errors as analysis/estimates.py has them.
#include "analysis/fold/thirds.hpp"

#include <algorithm>
#include <cmath>

#include "sweep/base/no_number.hpp"

namespace truce::analysis {
namespace {

constexpr double fewest_points = 10, decided = 3;

}  // namespace

double prior_quantile(const Dataset& data, std::size_t varied, double p) {
  const Plan& plan = data.plan();
  const PlannedInput& input = plan.inputs[data.inputs()[varied].input];
  if (plan.method != Method::list) return input.marginal.quantile(std::clamp(p, 0x1p-60, 1 - 0x1p-53));
  std::vector<double> values;
  for (std::size_t at = input.column; at < plan.list_values.size(); at += plan.list_columns)
    values.push_back(plan.list_values[at]);
  const auto place = std::min(values.size() - 1, static_cast<std::size_t>(p * static_cast<double>(values.size())));
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(place), values.end());
  return values[place];
}

Cuts third_cuts(const Dataset& data, std::size_t varied) {
  const Cuts cuts{prior_quantile(data, varied, 1.0 / 3), prior_quantile(data, varied, 2.0 / 3)};
  return cuts.low < cuts.high ? cuts : Cuts{prior_quantile(data, varied, 0), prior_quantile(data, varied, 1)};
}

void WeightedSums::add(double value, double weight) {
  if (!(weight > 0) || std::isnan(value)) return;
  w += weight;
  wv += weight * value;
  ww += weight * weight;
  wwv += weight * weight * value;
  wwvv += weight * weight * value * value;
  count += 1;
}

double WeightedSums::error() const {
  if (count < 2) return no_number;
  const double m = mean(), squares = std::max(0.0, wwvv - 2 * m * wwv + m * m * ww) / (w * w);
  return std::sqrt(squares * count / (count - 1));
}

int Effect::verdict() const {
  if (std::isnan(value) || points < fewest_points || !(std::abs(value) > decided * error)) return 0;
  return value > 0 ? 1 : -1;
}

Effect effect_of(const ThirdSums& sums) {
  return {sums.high.mean() - sums.low.mean(), std::hypot(sums.high.error(), sums.low.error()),
          std::min(sums.low.count, sums.high.count)};
}

Effect effect_of(const WeightedSums& sums) { return {sums.mean(), sums.error(), sums.count}; }

}  // namespace truce::analysis
