// Quantiles of heaps of values, and histograms as such heaps.
#include "analysis/fold/histogram.hpp"

#include <algorithm>
#include <limits>

#include "sweep/base/no_number.hpp"

namespace truce::analysis {

double quantile(std::span<const Heap> heaps, double p) {
  double total = 0;
  for (const Heap& heap : heaps) total += heap.count;
  if (total == 0) return no_number;
  const double at = p * total;
  double passed = 0, before = 0;
  for (const Heap& heap : heaps) {
    if (heap.count == 0) continue;
    // the first value of the heap stands at passed + 1/2, its last one at passed + count - 1/2
    if (at <= passed + 0.5) {
      if (passed == 0 || heap.low == before) return heap.low;
      return before + (heap.low - before) * (at - (passed - 0.5));
    }
    const double last = passed + heap.count - 0.5;
    if (at <= last) {
      if (heap.high == heap.low) return heap.low;
      return heap.low + (heap.high - heap.low) * (at - passed - 0.5) / (heap.count - 1);
    }
    passed += heap.count;
    before = heap.high;
  }
  return before;
}

double mean_short_of(std::span<const Heap> heaps, double value, bool below) {
  double sum = 0, count = 0;
  for (const Heap& heap : heaps) {
    const double middle = (heap.low + heap.high) / 2;
    sum += heap.count * std::max(0.0, below ? value - middle : middle - value);
    count += heap.count;
  }
  return sum / count;
}

std::size_t Histogram::bin_of(double value) const {
  if (value > high_) return bins;
  const double place = high_ > low_ ? (value - low_) / (high_ - low_) * bins : 0;
  return static_cast<std::size_t>(std::clamp(place, 0.0, bins - 1.0));
}

double Histogram::value_of(std::size_t bin) const {
  if (bin == bins) return std::numeric_limits<double>::infinity();
  if (bin == 0) return low_;
  return bin + 1 == bins ? high_ : low_ + (static_cast<double>(bin) + 0.5) * bin_width();
}

std::vector<Heap> Histogram::heaps() const {
  std::vector<Heap> heaps;
  for (std::size_t bin = 0; bin < counts_.size(); ++bin)
    if (counts_[bin] > 0) heaps.push_back({static_cast<double>(counts_[bin]), value_of(bin), value_of(bin)});
  return heaps;
}

}  // namespace truce::analysis
