// Shared by the tests of analysis: result files of real studies, and files of the same layout with numbers of the
// test's own.
#pragma once

#include "sweep/crew/crew_threads.hpp"
#include "tests/analysis/write_made.hpp"
#include "tests/sweep/run/run_fixture.hpp"

namespace truce::test {

/// Runs and seals a study; its result file.
inline std::filesystem::path sealed(const Study& study) {
  study.commit_all(16);
  auto lock = std::make_unique<LiveLock>(journal_folder(study.plan.file));
  seal_study(study.plan, {1, 1, {}, {}, 0}, std::move(lock), [](auto) {});
  return study.plan.file;
}

/// The result file that write_made makes.
inline std::filesystem::path made_result(const Plan& plan, const MadeValue& value) {
  write_made(plan, value);
  return plan.file;
}

}  // namespace truce::test
