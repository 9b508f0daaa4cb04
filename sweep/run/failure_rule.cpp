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

// Two runs at a time, whatever they are: almost always all hold.
bool FailureRule::Check::all_hold(std::span<const double> column, std::size_t width) const {
  using Two = double __attribute__((vector_size(16)));
  using Masks = std::int64_t __attribute__((vector_size(16)));
  const std::int64_t any_fraction = whole ? 0 : -1;
  Masks hold{-1, -1};
  for (std::size_t first = 0; first < column.size(); first += 2 * width) {
    const std::size_t second = first + width < column.size() ? first + width : first;
    const Two x{column[first], column[second]}, rounded = x + 0x1p52 - 0x1p52;  // of what is 0 or more, as codes are
    hold &= (x >= lowest) & (x <= highest) & ((rounded == x) | any_fraction);
  }
  return (hold[0] & hold[1]) != 0;
}

void FailureRule::mark(std::span<const double> outcomes, std::span<std::uint8_t> failed) const {
  const std::size_t width = checks_.size();
  for (std::size_t o = 0; o < width; ++o) {
    const Check check = checks_[o];
    if (check.always && check.all_hold(outcomes.subspan(o), width)) continue;
    const double* row = outcomes.data();
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
