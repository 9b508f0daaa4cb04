// Writes result files with numbers of one's own: for tests of analysis, and its bench.
#pragma once

#include <functional>
#include <string>

#include "sweep/run/rows.hpp"
#include "sweep/run/seal_study.hpp"

namespace truce::test {

/// Value of a column that runs would give, at a row of `point` and an element of that row (policy, curve month); NaN
/// where missing.
using MadeValue = std::function<double(const std::string& column, std::int64_t row, std::size_t element)>;

/// Writes the result file of a study without running it: inputs as the design gives them, outcomes as `value` says.
inline Sealed write_made(const Plan& plan, const MadeValue& value) {
  Layout layout = layout_of(plan);
  layout.attributes = root_attributes(plan);
  const Computed computed(plan, layout);
  const auto fill = [&](std::size_t c, std::int64_t first, std::int64_t count, std::span<std::byte> into) {
    const Column& column = layout.columns[c];
    if (column.origin == Origin::computed) return computed.fill(c, first, count, into);
    const std::size_t bytes = size_of(column.type);
    for (std::int64_t r = 0; r < count; ++r)
      for (std::size_t e = 0; e < column.width; ++e)
        put_value(column.type, value(column.name, first + r, e),
                  into.data() + (static_cast<std::size_t>(r) * column.width + e) * bytes);
  };
  return write_result(plan.file, layout, fill);
}

}  // namespace truce::test
