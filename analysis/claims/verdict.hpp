// What a difference at one point says about a claim: one of four verdicts.
#pragma once

#include <string>
#include <vector>

#include "sweep/study/claim.hpp"

namespace truce::analysis {

enum class Verdict { holds, fails, no_effect, undecided };

/// "holds", "fails", "no_effect", "undecided".
const std::vector<std::string>& verdict_names();

/// A mean over replicates of what should have a sign, in the outcome's unit.
struct Difference {
  double mean = 0;            ///< NaN where n = 0
  double standard_error = 0;  ///< of the mean, or an upper bound of it; NaN where n < 2
  double n = 0;               ///< replicates in which it is defined
};

/// Sign of the mean: -1, 0 or 1; 0 also where it is what rounding leaves of differences that cancel.
int sign_of_mean(const Difference& difference);

/// no_effect: each of the replicates has exactly 0. undecided: fewer than `replicates_of_a_verdict`, or |mean| <= 3
/// standard errors. Else holds if the mean has the expected sign (1 or -1), fails if it has the other one.
Verdict verdict_of(const Difference& difference, int sign);

}  // namespace truce::analysis
