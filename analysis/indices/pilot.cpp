// Reads little: the chunk of the file that holds the first points.
#include "analysis/indices/pilot.hpp"

#include <algorithm>
#include <cmath>

namespace truce::analysis {

double pilot_mean(const Dataset& data, MomentsReader& reader) {
  const Moments& first = reader.read({0, std::min<std::int64_t>(256, data.bases())});
  double sum = 0, count = 0;
  for (const double mean : first.mean.reshaped<Eigen::RowMajor>()) {
    if (!std::isfinite(mean)) continue;
    sum += mean;
    count += 1;
  }
  return count > 0 ? sum / count : 0;
}

}  // namespace truce::analysis
