// Which runs broke what their kernel declares: they are counted as failed and enter no outcome.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "kernels/contract.hpp"

namespace truce {

/// Tells failed runs: an infinity, an undeclared NaN, a value where the outcome is not defined, or a code that its
/// flag does not have.
class FailureRule {
 public:
  explicit FailureRule(const Kernel& kernel);
  /// Sets `failed` of every such run; [replicate][outcome], [replicate].
  void mark(std::span<const double> outcomes, std::span<std::uint8_t> failed) const;

 private:
  struct Check {
    bool always;            ///< defined in every run
    bool conditional;       ///< defined exactly where `condition` equals `value`
    std::size_t condition;  ///< an outcome; 0 unless `conditional`
    double value;
    bool whole;  ///< a flag's code
    double lowest, highest;
    bool holds(const double* row, double outcome) const;
    /// For an outcome that is always defined: `column` begins with it, and every `width` numbers there is the next.
    bool all_hold(std::span<const double> column, std::size_t width) const;
  };
  std::vector<Check> checks_;  ///< by outcome
};

/// FailureRule for one use.
void mark_failures(const Kernel& kernel, std::span<const double> outcomes, std::span<std::uint8_t> failed);

}  // namespace truce
