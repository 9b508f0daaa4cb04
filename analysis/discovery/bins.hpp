// Cuts the values of one varied input into at most 256 bins.
#pragma once

#include <cstdint>
#include <vector>

#include "analysis/discovery/box.hpp"
#include "sweep/study/plan.hpp"

namespace truce::analysis {

/// Bins of a varied input. An input with at most 256 values has one for each (`levels`); any other one 256 bins of
/// equal probability. Choices have no order: a box may keep any of them; all others keep a range.
class InputBins {
 public:
  static constexpr std::size_t most = 256;

  /// `input`: index into Kernel::inputs, of a varied input.
  InputBins(const Plan& plan, std::size_t input);
  std::size_t count() const { return levels_.empty() ? edges_.size() + 1 : levels_.size(); }
  bool ordered() const { return ordered_; }
  /// The bin of a value.
  std::uint8_t code(double value) const;
  /// What a box asks that keeps these bins, of which at least one is kept.
  Restriction restriction(const std::vector<bool>& kept) const;
  /// The restriction that the table prim_limits tells: to low..high, of finite values those between them, of a choice
  /// those whose 2^code is in the sum `choices`.
  Restriction between(double low, double high, double choices) const;
  std::size_t input() const { return input_; }

 private:
  std::size_t input_;
  bool ordered_ = true;
  double low_ = 0, high_ = 0;   ///< ends of the input's range
  std::vector<double> levels_;  ///< rising; empty if the bins are ranges
  std::vector<double> padded_;  ///< edges, then infinity
  std::vector<double> edges_;   ///< between the bins, rising: bin i holds edge i-1 <= value < edge i
};

}  // namespace truce::analysis
