// Never names a sign that replicate noise could have made.
#include "analysis/claims/verdict.hpp"

#include <cmath>

namespace truce::analysis {

const std::vector<std::string>& verdict_names() {
  static const std::vector<std::string> names{"holds", "fails", "no_effect", "undecided"};
  return names;
}

Verdict verdict_of(const Difference& difference, int sign) {
  if (!(difference.n >= fewest_replicates)) return Verdict::undecided;
  if (difference.mean == 0 && difference.standard_error == 0) return Verdict::no_effect;
  if (!(std::abs(difference.mean) > errors_of_a_sign * difference.standard_error)) return Verdict::undecided;
  return (difference.mean > 0) == (sign > 0) ? Verdict::holds : Verdict::fails;
}

}  // namespace truce::analysis
