// Resolves the names of outcomes and curves once, so that no run has to.
#include "sweep/run/tally_shape.hpp"

namespace truce {

TallyShape::TallyShape(const Kernel& kernel, bool differences)
    : kernel_(&kernel), differences_(differences), series_(series_of(kernel)) {
  size_ = moments_end();
  for (const Curve& curve : kernel.curves) {
    const auto bins = static_cast<std::size_t>(2 * curve.months.back()) + 2;
    curves_.push_back({size_, bins, outcome_index(kernel, curve.time), outcome_index(kernel, curve.event), words_,
                       curve.event_codes, curve.months});
    words_ += curves_.back().words();
    size_ += 2 * bins;
  }
  size_ += 2;
}

}  // namespace truce
