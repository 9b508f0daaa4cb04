// The tally of one point (or of one chunk of its replicates): counts, moments and survival, mergeable in order.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "kernels/contract.hpp"

namespace truce {

/// A series is what gets moments: an outcome, or one meaning of a flag with more than two.
struct Series {
  std::string name;     ///< "war_months", "ending_settlement"
  std::size_t outcome;  ///< index into Kernel::outcomes
  int code = -1;        ///< indicator of this code; -1: the outcome itself
};
std::vector<Series> series_of(const Kernel& kernel);

/// Where the numbers of a tally stand. All are doubles, so that a tally can be stored and merged as one array.
class TallyShape {
 public:
  TallyShape(const Kernel& kernel, bool differences);
  std::size_t size() const { return size_; }
  std::size_t moment(std::size_t series) const { return 3 * series; }  ///< count, mean, M2
  std::size_t difference(std::size_t series) const { return 3 * (series_.size() + series); }
  std::size_t events(std::size_t curve) const { return curves_[curve]; }  ///< then as many censored
  std::size_t bins(std::size_t curve) const { return bins_[curve]; }
  std::size_t failed() const { return size_ - 1; }
  std::size_t replicates() const { return size_ - 2; }
  const std::vector<Series>& series() const { return series_; }
  bool differences() const { return differences_; }
  const Kernel& kernel() const { return *kernel_; }
  /// Outcome indices of a curve's time and event.
  std::size_t time_of(std::size_t curve) const { return times_[curve]; }
  std::size_t event_of(std::size_t curve) const { return event_columns_[curve]; }

 private:
  const Kernel* kernel_;
  bool differences_;
  std::vector<Series> series_;
  std::vector<std::size_t> curves_, bins_, times_, event_columns_;
  std::size_t size_ = 0;
};

/// The runs of one sibling (point, policy), replicate by replicate: [replicate][outcome], and who failed.
struct Runs {
  std::span<const double> outcomes;
  std::span<const std::uint8_t> failed;
};

/// Marks as failed every run with an infinity, an undeclared NaN, or a code that its flag does not have.
void mark_failures(const Kernel& kernel, std::span<const double> outcomes, std::span<std::uint8_t> failed);

/// Tally of at most 1,024 replicates in index order; `first` is the sibling that differences are taken from.
void tally(const TallyShape& shape, const Runs& runs, const Runs& first, std::span<double> into);

/// Merges a later chunk into an earlier one (Chan, Golub & LeVeque 1979).
void merge(const TallyShape& shape, std::span<const double> later, std::span<double> into);

/// Kaplan-Meier survival at the curve's months; NaN where nobody is at risk any more.
std::vector<double> survival(const TallyShape& shape, std::size_t curve, std::span<const double> tally);

}  // namespace truce
