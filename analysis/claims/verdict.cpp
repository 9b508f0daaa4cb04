// Seldom names a sign that replicate noise has made: of normal means without an effect in 0.3 % of the points, of
// skewed differences and few replicates in more.
#include "analysis/claims/verdict.hpp"

#include <cmath>

namespace truce::analysis {

const std::vector<std::string>& verdict_names() {
  static const std::vector<std::string> names{"holds", "fails", "no_effect", "undecided"};
  return names;
}

int sign_of_mean(const Difference& difference) {
  constexpr double rounding = 1e-9;  // of a standard error, which is NaN for a single replicate
  if (!(difference.n > 0) || std::abs(difference.mean) <= rounding * difference.standard_error) return 0;
  return difference.mean > 0 ? 1 : difference.mean < 0 ? -1 : 0;
}

Verdict verdict_of(const Difference& difference, int sign) {
  if (!(difference.n >= replicates_of_a_verdict)) return Verdict::undecided;
  if (difference.mean == 0 && difference.standard_error == 0) return Verdict::no_effect;
  if (!(std::abs(difference.mean) > errors_of_a_verdict * difference.standard_error)) return Verdict::undecided;
  return (difference.mean > 0) == (sign > 0) ? Verdict::holds : Verdict::fails;
}

}  // namespace truce::analysis
