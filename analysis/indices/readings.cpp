// Which readings a study has follows from its replicates and from whether its points share their random numbers.
#include "analysis/indices/readings.hpp"

namespace truce::analysis {

Axis reading_axis() {
  return {"reading", {"mean_response", "one_run", "common_random_numbers", "uncorrected"}, "what it is an index of"};
}

Chance chance_of(const Plan& plan) {
  const bool shared = plan.common_random_numbers;
  return {shared, !shared && plan.replicates >= 2};
}

bool Chance::gives(Reading reading) const {
  if (shared) return reading == Reading::common_random_numbers;
  if (reading == Reading::uncorrected) return true;
  return correctable && reading != Reading::common_random_numbers;
}

bool may_be_told(Reading reading, double points, double response_low) {
  return points >= fewest_told && (reading != Reading::mean_response || response_low > 0);
}

const char* Chance::sentence() const {
  if (shared)
    return "the points share their random numbers, so these are indices given that noise: not those of the mean, and "
           "without the share of chance";
  if (!correctable)
    return "one replicate cannot tell chance from interaction, so there are uncorrected indices alone; run two";
  return "corrected for replicate noise; the uncorrected reading takes chance for interaction";
}

}  // namespace truce::analysis
