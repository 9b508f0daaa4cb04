// The same tally gives the same decision on every machine: see sweep/study/half_width.hpp.
#include "sweep/run/precision_rule.hpp"

#include <algorithm>
#include <limits>

#include "sweep/study/half_width.hpp"

namespace truce {

double half_width_of(const TallyShape& shape, std::size_t series, std::span<const double> tally) {
  const double* moment = &tally[shape.moment(series)];
  const double count = moment[0], mean = moment[1], squares = moment[2];
  const bool share = shape.kernel().outcomes[shape.series()[series].outcome].kind == OutcomeKind::flag;
  if (share && count >= 1) return wilson_half_width(mean, count);
  if (!share && count >= 2 && squares > 0) return student_half_width(squares, count);
  return std::numeric_limits<double>::infinity();
}

bool is_precise(const TallyShape& shape, const Precision& asked, std::span<const double> tally) {
  return std::ranges::all_of(
      asked.series, [&](std::size_t series) { return half_width_of(shape, series, tally) <= asked.half_width; });
}

}  // namespace truce
