// A claim: the sign that an effect is expected to have, stated before it is measured.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace truce {

/// What a study judges. Its move is the plan's pair; a lever, if there is one, has the two settings between which the
/// effect of the move is compared (`under`); without a pair the outcome itself is compared with 0.
struct Claim {
  std::string name;       ///< C1
  std::string section;    ///< of the source that makes it, "" if none is named
  std::string extension;  ///< what it adds to its source, "" if the source says all of it
  std::string outcome;    ///< a series, e.g. ending_settlement
  int sign = 1;           ///< expected: 1 or -1
  std::string ranges;     ///< of the inputs: full or inner
  std::string where;      ///< the condition as it is written, "" if there is none
  std::string shared;     ///< parts of which the kernels have one together that carry the claim, "" if none is known
  std::string definite;   ///< kernels in which the form of the model allows no other sign, "" if none is known
  std::string absent;     ///< kernels of the study that cannot be asked, and why: "forts: no input claim_x; ..."

  /// Whether it holds by construction in this kernel.
  bool by_construction(std::string_view kernel) const;
};

/// Runs that a point needs for a verdict: of fewer even equal signs are no evidence (2 * 2^-10 is the chance of ten).
inline constexpr std::uint32_t replicates_of_a_verdict = 10;
/// A verdict needs a mean that is further from 0 than so many of its standard errors.
inline constexpr double errors_of_a_verdict = 3;

/// What a study tells of the ranges of its inputs, in the order in which they are run.
inline const std::vector<std::string>& claim_ranges() {
  static const std::vector<std::string> names{"full", "inner"};
  return names;
}

}  // namespace truce
