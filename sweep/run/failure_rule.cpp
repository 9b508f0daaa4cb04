// One outcome after the other over all runs, so that what is asked of it is looked up once.
#include "sweep/run/failure_rule.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sweep/run/tally_shape.hpp"

namespace truce {

FailureRule::FailureRule(const Kernel& kernel) {
  constexpr double largest = std::numeric_limits<double>::max();
  for (const Outcome& outcome : kernel.outcomes) {
    const std::size_t condition =
        outcome.defined.outcome.empty() ? kernel.outcomes.size() : outcome_index(kernel, outcome.defined.outcome);
    const bool conditional = condition < kernel.outcomes.size(), flag = outcome.kind == OutcomeKind::flag;
    const double codes = static_cast<double>(std::max<std::size_t>(outcome.meanings.size(), 2));
    checks_.push_back({!conditional && outcome.defined.when.empty(), conditional, conditional ? condition : 0,
                       outcome.defined.value, flag, flag ? 0 : -largest, flag ? codes - 1 : largest});
  }
}

bool FailureRule::Check::holds(const double* row, double outcome) const {
  const bool defined = conditional ? row[condition] == value : always;
  if (std::isnan(outcome)) return !defined;
  if (!(outcome >= lowest && outcome <= highest) || (conditional && !defined)) return false;
  return !whole || static_cast<double>(static_cast<int>(outcome)) == outcome;
}

void FailureRule::mark(std::span<const double> outcomes, std::span<std::uint8_t> failed) const {
  const std::size_t width = checks_.size();
  for (std::size_t o = 0; o < width; ++o) {
    const Check check = checks_[o];
    const double* row = outcomes.data();
    if (check.always) {
      for (std::uint8_t& run : failed) {
        const double value = row[o], rounded = value + 0x1p52 - 0x1p52;  // of what is 0 or more, as codes are
        run |= !((value >= check.lowest) & (value <= check.highest) & (!check.whole | (rounded == value)));
        row += width;
      }
      continue;
    }
    for (std::uint8_t& run : failed) {
      run |= !check.holds(row, row[o]);
      row += width;
    }
  }
}

void mark_failures(const Kernel& kernel, std::span<const double> outcomes, std::span<std::uint8_t> failed) {
  FailureRule(kernel).mark(outcomes, failed);
}

}  // namespace truce
