// Selection by histograms: each pass keeps the one bin that holds the value looked for, until its ends meet.
#include "analysis/fold/median.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>

#include "analysis/fold/add_up.hpp"
#include "analysis/fold/histogram.hpp"
#include "sweep/base/no_number.hpp"

namespace truce::analysis {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

struct Ends {
  double low, high;
};

/// Collective: least and greatest of the values that `counts` says yes to.
template <class Counts>
Ends ends_of(Crew& crew, const VisitValues& visit_values, const Counts& counts) {
  std::array<double, 2> ends{-infinity, -infinity};  // -lowest, highest
  visit_values([&](double value) {
    if (std::isnan(value) || !counts(value)) return;
    ends = {std::max(ends[0], -value), std::max(ends[1], value)};
  });
  greatest(crew, ends);
  return {-ends[0], ends[1]};
}

/// Collective: how many values lie at `limit` or below.
std::int64_t count_to(Crew& crew, const VisitValues& visit_values, double limit) {
  std::array<std::int64_t, 1> count{0};
  visit_values([&](double value) { count[0] += value <= limit ? 1 : 0; });
  add_up(crew, count);
  return count[0];
}

/// Collective: the value of which `rank` others stand before it in rising order; all values lie within `ends`. The
/// ends of a histogram are values and fall into different bins, so that every pass leaves some out.
double select(Crew& crew, const VisitValues& visit_values, Ends ends, std::int64_t rank) {
  while (ends.low < ends.high) {
    const Ends within = ends;
    Histogram histogram(within.low, within.high);
    const auto is_within = [&](double value) { return within.low <= value && value <= within.high; };
    visit_values([&](double value) {
      if (is_within(value)) histogram.add(value);
    });
    add_up(crew, histogram.counts());
    std::size_t bin = 0;
    while (rank >= histogram.counts()[bin]) rank -= histogram.counts()[bin++];
    ends =
        ends_of(crew, visit_values, [&](double value) { return is_within(value) && histogram.bin_of(value) == bin; });
  }
  return ends.low;
}

}  // namespace

double median(Crew& crew, const VisitValues& visit_values) {
  const Ends ends = ends_of(crew, visit_values, [](double) { return true; });
  if (ends.high == -infinity) return no_number;
  const std::int64_t count = count_to(crew, visit_values, ends.high), middle = (count - 1) / 2;
  const double lower = select(crew, visit_values, ends, middle) + 0.0;  // whichever zero it found
  if (count % 2 == 1 || count_to(crew, visit_values, lower) > middle + 1) return lower;
  const double upper = ends_of(crew, visit_values, [&](double value) { return value > lower; }).low;
  return lower + (upper - lower) / 2;
}

}  // namespace truce::analysis
