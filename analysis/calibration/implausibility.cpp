// The one formula of history matching and the three variances under its root.
#include "analysis/calibration/implausibility.hpp"

#include <cmath>

#include "sweep/base/no_number.hpp"

namespace truce::analysis {
namespace {

constexpr double z95 = 1.959963984540054;

}  // namespace

double target_deviation(const Target& target, double model) {
  return (model >= target.estimate ? target.high - target.estimate : target.estimate - target.low) / z95;
}

double chance_variance(double share, double runs) {
  if (std::isinf(runs)) return 0;
  const double yes = share * runs + 0.5, no = (1 - share) * runs + 0.5, all = runs + 1;
  return yes * no / (all * all * (all + 1));
}

double implausibility(const Target& target, double model, double runs, double discrepancy) {
  if (!(runs > 0) || std::isnan(model)) return no_number;
  const double deviation = target_deviation(target, model);
  return std::abs(model - target.estimate) /
         std::sqrt(deviation * deviation + chance_variance(model, runs) + discrepancy * discrepancy);
}

}  // namespace truce::analysis
