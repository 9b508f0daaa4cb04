// Where the numbers of a tally stand: series with moments, curves with bins of half months.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "kernels/contract.hpp"
#include "sweep/study/series.hpp"

namespace truce {

/// Where the numbers of a tally stand. All are doubles, so that a tally can be stored and merged as one array.
class TallyShape {
 public:
  /// `kernel` must outlive the shape.
  TallyShape(const Kernel& kernel, bool differences);
  std::size_t size() const { return size_; }
  std::size_t moment(std::size_t series) const { return 3 * series; }  ///< count, mean, M2
  std::size_t difference(std::size_t series) const { return 3 * (series_.size() + series); }
  std::size_t moments_end() const { return 3 * series_.size() * (differences_ ? 2 : 1); }
  std::size_t failed() const { return size_ - 1; }
  std::size_t replicates() const { return size_ - 2; }
  const std::vector<Series>& series() const { return series_; }
  bool differences() const { return differences_; }
  const Kernel& kernel() const { return *kernel_; }

  /// Bins: month 0, 1/2, ..., the last of the curve, beyond. `events` of them, then as many `censored`.
  struct CurvePlace {
    std::size_t events, bins;
    std::size_t time, event;  ///< outcome indices
    std::size_t first_word;   ///< of the bits that mark bins in use
    std::span<const double> event_codes, months;
    std::size_t censored() const { return events + bins; }
    std::size_t words() const { return (bins + 63) / 64; }
  };
  const std::vector<CurvePlace>& curves() const { return curves_; }
  /// Words of 64 bits that mark the bins in use of all curves.
  std::size_t words() const { return words_; }

 private:
  const Kernel* kernel_;
  bool differences_;
  std::vector<Series> series_;
  std::vector<CurvePlace> curves_;
  std::size_t size_ = 0, words_ = 0;
};

}  // namespace truce
