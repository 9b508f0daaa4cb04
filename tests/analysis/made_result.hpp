// Shared by the tests of analysis: result files of real studies, and files of the same layout with numbers of the
// test's own.
#pragma once

#include <cstring>
#include <functional>
#include <vector>

#include "sweep/crew/crew_threads.hpp"
#include "tests/sweep/run/run_fixture.hpp"

namespace truce::test {

/// Runs and seals a study; its result file.
inline std::filesystem::path sealed(const Study& study) {
  study.commit_all(16);
  auto lock = std::make_unique<LiveLock>(journal_folder(study.plan.file));
  seal_study(study.plan, {1, 1, {}, {}, 0}, std::move(lock), [](auto) {});
  return study.plan.file;
}

/// Value of a column that runs would give, at a row of `point` and an element of that row (policy, curve month); NaN
/// where missing.
using MadeValue = std::function<double(const std::string& column, std::int64_t row, std::size_t element)>;

/// Writes the result file of a study without running it: inputs as the design gives them, outcomes as `value` says.
inline std::filesystem::path made_result(const Plan& plan, const MadeValue& value) {
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
  write_result(plan.file, layout, fill);
  return plan.file;
}

}  // namespace truce::test
