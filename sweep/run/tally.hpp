// The tally of one point (or of one chunk of its replicates): counts, moments and survival, mergeable in order.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sweep/run/tally_shape.hpp"

namespace truce {

/// The runs of one sibling (point, policy), replicate by replicate: [replicate][outcome], and who failed.
struct Runs {
  std::span<const double> outcomes;
  std::span<const std::uint8_t> failed;
};

/// Tells failed runs: an infinity, an undeclared NaN, a value where the outcome is not defined, or a code that its
/// flag does not have.
class FailureRule {
 public:
  /// `kernel` must outlive the rule.
  explicit FailureRule(const Kernel& kernel);
  /// Sets `failed` of every such run; [replicate][outcome], [replicate].
  void mark(std::span<const double> outcomes, std::span<std::uint8_t> failed) const;

 private:
  struct Check {
    bool always;              ///< defined in every run
    bool conditional;         ///< defined exactly where `condition` equals `value`
    std::size_t condition;
    double value;
    double codes;  ///< of a flag; 0: any finite value
  };
  std::vector<Check> checks_;  ///< by outcome
};

/// FailureRule for one use.
void mark_failures(const Kernel& kernel, std::span<const double> outcomes, std::span<std::uint8_t> failed);

/// A tally and which bins of its curves are not zero, a bit each (TallyShape::words), so that the many that are zero
/// cost nothing.
struct Tally {
  std::vector<double> numbers;
  std::vector<std::uint64_t> used;
};

/// Makes tallies, one after the other, in the same memory.
class Tallier {
 public:
  /// `shape` must outlive the tallier.
  explicit Tallier(const TallyShape& shape);
  /// Sets the sibling that differences are taken from, until the next call.
  void set_first(const Runs& first);
  /// Tally of at most 1,024 replicates in index order, as many as the first sibling's if there are differences. Valid
  /// until the next call.
  const Tally& tally(const Runs& runs);

 private:
  void expand(const Runs& runs, std::vector<double>& into) const;
  void moments(std::span<const double> values, double* into);
  void count_times(const Runs& runs);
  const TallyShape& shape_;
  Tally tally_;
  std::vector<double> first_, values_;  ///< [replicate][series], NaN where missing or failed
  std::vector<double> sums_, counts_;   ///< by series
};

/// Merges a later chunk into an earlier one (Chan, Golub & LeVeque 1979); into an empty one it is copied.
void merge(const TallyShape& shape, std::span<const double> later, std::span<double> into);

/// Finds the bins in use of a merged tally.
void find_used(const TallyShape& shape, Tally& tally);

/// Kaplan-Meier survival at the curve's months, as many as `into` holds; NaN where nobody is at risk any more.
void survival(const TallyShape& shape, std::size_t curve, const Tally& tally, std::span<double> into);

}  // namespace truce
