// Resolves the names of outcomes and curves once, so that no run has to.
#include "sweep/run/tally_shape.hpp"

namespace truce {

TallyShape::TallyShape(const Kernel& kernel, bool differences, bool quantiles)
    : kernel_(&kernel), differences_(differences), series_(series_of(kernel)) {
  size_ = moments_end();
  for (const Curve& curve : kernel.curves)
    curves_.push_back({take(static_cast<std::size_t>(2 * curve.months.back()) + 2, 2),
                       outcome_index(kernel, curve.time), outcome_index(kernel, curve.event), curve.event_codes,
                       curve.months});
  for (std::size_t o = 0; quantiles && o < kernel.outcomes.size(); ++o)
    if (const Outcome& outcome = kernel.outcomes[o]; outcome.kind == OutcomeKind::real)
      histograms_.push_back({take(histogram_bins + 2, 1), o, outcome.lo, outcome.hi});
  size_ += 2;
}

/// The next `count` bins, of `per_bin` numbers each.
Bins TallyShape::take(std::size_t count, std::size_t per_bin) {
  const Bins bins{size_, count, words_};
  size_ += per_bin * count;
  words_ += bins.words();
  return bins;
}

}  // namespace truce
