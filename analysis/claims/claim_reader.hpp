// The differences that a claim is judged by, base point by base point.
#pragma once

#include <optional>
#include <vector>

#include "analysis/claims/verdict.hpp"
#include "analysis/data/moments_reader.hpp"

namespace truce::analysis {

/// Of a pair: the stored differences of its members. Of a pair under two settings: the second difference less the
/// first, with the sum of both standard errors, which is an upper bound (the two share their random numbers, and how
/// they vary together is not stored). Without a pair: the outcome itself.
class ClaimReader {
 public:
  /// `data` must outlive the reader. Error(usage) if its study has no claim, or the kernel not the outcome.
  explicit ClaimReader(const Dataset& data);
  /// In rising order of base points; stays valid until the next call.
  const std::vector<Difference>& read(Range bases);

 private:
  const Dataset& data_;
  std::optional<DifferenceReader> differences_;
  std::optional<MomentsReader> levels_;
  std::vector<Difference> read_;
};

/// The claim of a result; Error(usage) if it has none.
const Claim& claim_of(const Dataset& data);

}  // namespace truce::analysis
