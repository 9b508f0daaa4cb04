// A sealed result together with the plan that it was made from.
#pragma once

#include <filesystem>

#include "sweep/base/error.hpp"
#include "sweep/store/result.hpp"
#include "sweep/study/plan.hpp"

namespace truce {

/// Opens a truce result file and rebuilds its plan from the study text in it. Errors: Error(corrupt) if it is damaged
/// or no result of truce; Error(usage) if its kernel is unknown here, or this build would compute other numbers.
class OpenResult {
 public:
  explicit OpenResult(const std::filesystem::path& file);
  const Plan& plan() const { return plan_; }
  Result& result() const { return result_; }

 private:
  mutable Result result_;
  Plan plan_;
};

/// The plan that a result was made from; errors as of OpenResult.
Plan plan_of_result(Result& result);

/// Throws Error(corrupt) unless the file calls itself a truce result of a format version that this build reads.
void require_truce_result(const Result& result);

}  // namespace truce
