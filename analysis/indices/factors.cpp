// Names come from the plan.
#include "analysis/indices/factors.hpp"

namespace truce::analysis {

Axis factor_axis(const Dataset& data) {
  Axis axis{"input", {}, "input, or group of inputs, that is moved"};
  for (const Factor& factor : data.plan().factors) axis.labels.push_back(factor.name);
  return axis;
}

}  // namespace truce::analysis
