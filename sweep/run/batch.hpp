// The runs that an engine has in hand at a time: some thousand, of consecutive units or of some policies of one unit.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sweep/base/units.hpp"
#include "sweep/run/failure_rule.hpp"
#include "sweep/run/known_runs.hpp"
#include "sweep/run/machine.hpp"
#include "sweep/run/moments.hpp"
#include "sweep/run/set_up.hpp"
#include "sweep/study/design.hpp"
#include "sweep/study/plan.hpp"

namespace truce {

/// Outcomes of the siblings (policies x members) of units, in memory that does not grow with the number of policies
/// or replicates. Used as: begin, prepare until true, advance until true, runs.
class Batch {
 public:
  /// All must outlive the batch.
  Batch(const Plan& plan, const Design& design, const Code& code);
  /// The most units that go together; more than one only with all their policies.
  std::int64_t units_at_once() const { return units_at_once_; }
  std::int64_t policies_at_once() const { return policies_at_once_; }

  /// Runs that are known already (or none) are copied instead of run; must outlive the batch.
  void reuse(KnownRuns* known) { known_ = known; }
  /// Of a sibling's runs so many, the first ones, are known.
  std::uint32_t known(std::int64_t unit) const { return known_ != nullptr ? known_->count(unit) : 0; }

  /// Takes units and policies within the limits above.
  void begin(Range units, Range policies);
  /// Prepares a few siblings; true when all are. One whose set-up throws fails as a whole.
  bool prepare();
  /// Works about `steps` steps; true when every run has ended.
  bool advance(std::uint64_t steps) { return machine_.advance(steps); }

  const Range& units() const { return units_; }
  const Range& policies() const { return policies_; }
  std::size_t siblings() const { return tasks_.size(); }
  /// Runs that have ended so far.
  std::int64_t ended() const;

  /// One sibling; their order is (unit, policy, member).
  struct Sibling {
    std::int64_t unit, policy;
    int member;
  };
  Sibling sibling(std::size_t number) const;
  /// Its runs, once all have ended; those that broke their declarations are marked as failed.
  Runs runs(std::size_t number);

 private:
  void prepare_one();
  void run_the_rest(const Sibling& which, Task task);
  const Plan& plan_;
  SetUp set_up_;
  FailureRule rule_;
  Machine machine_;
  KnownRuns* known_ = nullptr;
  std::int64_t units_at_once_, policies_at_once_;
  Range units_, policies_;
  std::size_t prepared_ = 0;
  std::vector<Task> tasks_, running_;
  std::vector<double> params_, outcomes_;
  std::vector<std::uint8_t> failed_;
};

}  // namespace truce
