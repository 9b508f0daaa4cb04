// Where the numbers of a tally stand: series with moments, curves with bins of half months, histograms.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "kernels/contract.hpp"
#include "sweep/study/series.hpp"

namespace truce {

/// Bins between `lo` and `hi` of a histogram. 1,024 make a bin 0.1 % of the declared range, about 0.6 % of a standard
/// deviation where the range spans six: below the sampling error of a median, 1.25 / sqrt(n), up to 40,000 replicates.
inline constexpr std::size_t histogram_bins = 1024;
/// Width of a bin, in the outcome's unit.
inline double bin_width(const Outcome& outcome) { return (outcome.hi - outcome.lo) / histogram_bins; }

/// Consecutive bins of a tally, and the bits that mark those in use, so that the many that are zero cost nothing.
struct Bins {
  std::size_t first;  ///< place of bin 0
  std::size_t count;
  std::size_t first_word;  ///< of their bits
  std::size_t words() const { return (count + 63) / 64; }
  void use(std::span<std::uint64_t> used, std::size_t bin) const {
    used[first_word + bin / 64] |= std::uint64_t{1} << (bin % 64);
  }
  /// Calls `visit(bin)` for the bins in use, in order.
  template <class Visit>
  void for_used(std::span<const std::uint64_t> used, Visit visit) const {
    for (std::size_t word = 0; word < words(); ++word)
      for (std::uint64_t bits = used[first_word + word]; bits != 0; bits &= bits - 1)
        visit(64 * word + static_cast<std::size_t>(std::countr_zero(bits)));
  }
};

/// Where the numbers of a tally stand. All are doubles, so that a tally can be stored and merged as one array.
class TallyShape {
 public:
  /// `kernel` must outlive the shape. `quantiles`: every real outcome has a histogram.
  TallyShape(const Kernel& kernel, bool differences, bool quantiles = false);
  std::size_t size() const { return size_; }
  std::size_t moment(std::size_t series) const { return 3 * series; }  ///< count, mean, M2
  std::size_t difference(std::size_t series) const { return 3 * (series_.size() + series); }
  std::size_t moments_end() const { return 3 * series_.size() * (differences_ ? 2 : 1); }
  std::size_t failed() const { return size_ - 1; }
  std::size_t replicates() const { return size_ - 2; }
  const std::vector<Series>& series() const { return series_; }
  bool differences() const { return differences_; }
  const Kernel& kernel() const { return *kernel_; }

  /// Month 0, 1/2, ..., the last of the curve, beyond: a bin each for events, then as many for the censored, which
  /// share the bits of the former.
  struct CurvePlace {
    Bins events;
    std::size_t time, event;  ///< outcome indices
    std::span<const double> event_codes, months;
    std::size_t censored() const { return events.first + events.count; }
  };
  const std::vector<CurvePlace>& curves() const { return curves_; }

  /// Below `lo`, `histogram_bins` from there to `hi`, above.
  struct HistogramPlace {
    Bins bins;
    std::size_t outcome;
    double lo, hi;
  };
  /// In the order of their outcomes; none without `quantiles`.
  const std::vector<HistogramPlace>& histograms() const { return histograms_; }

  /// Words of 64 bits that mark the bins in use of all curves and histograms.
  std::size_t words() const { return words_; }

 private:
  Bins take(std::size_t count, std::size_t per_bin);
  const Kernel* kernel_;
  bool differences_;
  std::vector<Series> series_;
  std::vector<CurvePlace> curves_;
  std::vector<HistogramPlace> histograms_;
  std::size_t size_ = 0, words_ = 0;
};

}  // namespace truce
