// What a tally's bins say: survival by the product-limit estimate, and quantiles.
#include <algorithm>
#include <cmath>
#include <limits>

#include "sweep/base/no_number.hpp"
#include "sweep/run/tally.hpp"

namespace truce {

void survival(const TallyShape& shape, std::size_t curve, const Tally& tally, std::span<double> into) {
  const auto& place = shape.curves()[curve];
  const double* events = &tally.numbers[place.events.first];
  const double* censored = &tally.numbers[place.censored()];
  double at_risk = 0;
  place.events.for_used(tally.used, [&](std::size_t bin) { at_risk += events[bin] + censored[bin]; });
  double share = at_risk > 0 ? 1 : no_number;
  std::size_t month = 0, leaving = 0;  // `leaving`: the bin whose censored runs are still at risk
  double left = 0;
  const auto give_months_before = [&](std::size_t bin) {
    for (; month < into.size() && static_cast<std::size_t>(2 * place.months[month]) < bin; ++month) {
      const bool after = static_cast<std::size_t>(2 * place.months[month]) > leaving;
      into[month] = (after ? at_risk - left : at_risk) <= 0 && share > 0 ? no_number : share;
    }
  };
  place.events.for_used(tally.used, [&](std::size_t bin) {
    give_months_before(bin);
    at_risk -= left;
    if (at_risk > 0) share *= 1 - events[bin] / at_risk;
    at_risk -= events[bin];
    left = censored[bin];
    leaving = bin;
  });
  give_months_before(std::numeric_limits<std::size_t>::max());
}

void quantiles(const TallyShape& shape, std::size_t histogram, const Tally& tally, std::span<double> into) {
  const auto& place = shape.histograms()[histogram];
  const double* counts = &tally.numbers[place.bins.first];
  double all = 0, before = 0;
  place.bins.for_used(tally.used, [&](std::size_t bin) { all += counts[bin]; });
  std::fill(into.begin(), into.end(), no_number);
  std::size_t next = 0;
  place.bins.for_used(tally.used, [&](std::size_t bin) {
    for (; next < into.size(); ++next) {
      const double rank = std::max(1.0, std::ceil(all * quantile_percents[next] / 100));  // of the value, from 1
      if (rank > before + counts[bin]) break;
      const double inside = static_cast<double>(bin) - 1 + (rank - before - 0.5) / counts[bin];
      into[next] = std::clamp(place.lo + inside / histogram_bins * (place.hi - place.lo), place.lo, place.hi);
    }
    before += counts[bin];
  });
}

}  // namespace truce
