// How far a study is, as its journals or its result file tell.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sweep/store/attempt.hpp"
#include "sweep/store/result.hpp"
#include "sweep/study/plan.hpp"

namespace truce {

/// Journals of one attempt.
struct AttemptState {
  std::uint32_t attempt = 0;
  std::int64_t journals = 0, blocks = 0;
  std::uint64_t bytes = 0;
  std::int64_t damaged = 0;  ///< journals whose tail is torn or damaged
};

/// What a study that is not sealed has in its journals. All zero before its first run.
struct StudyState {
  std::int64_t units = 0, units_done = 0;
  std::int64_t runs = 0, runs_done = 0;  ///< runs: the most there can be; done: about, where blocks are parts of points
  std::int64_t runs_failed = 0, blocks = 0;
  std::vector<AttemptState> attempts;              ///< in order
  std::vector<std::string> damage;                 ///< a sentence for each damaged journal
  std::vector<LiveJob> live;                       ///< who works on it now
  double runs_a_second = 0;                        ///< of the live jobs, else of the last attempt; 0: not known
  double seconds_left = 0;                         ///< at that pace
  std::uint64_t bytes_needed = 0, bytes_free = 0;  ///< journals to come and the result file; where they go
  bool complete() const { return units_done == units; }
};

StudyState state_of(const Plan& plan);

/// Runs of a point and a policy that failed.
struct FailedRuns {
  std::int64_t point = 0, policy = 0;
  std::int64_t replicate = -1;  ///< the one, where rows are runs
  std::int64_t runs = 1;
};

/// What a sealed file says of its failed runs: all of them, and the first few.
struct Failures {
  std::int64_t runs = 0;
  std::int64_t rows = 0;  ///< pairs of a point and a policy, or runs
  std::vector<FailedRuns> first;
};

/// Sum of a column of whole numbers.
std::int64_t sum_of_column(Result& result, const std::string& name);

Failures failures_of(Result& result, const Plan& plan, std::size_t most);

}  // namespace truce
