// Base points that are run in stages until they are precise enough: some together, so that the engine's lanes stay
// full.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sweep/base/units.hpp"
#include "sweep/run/failure_rule.hpp"
#include "sweep/run/guarded_machine.hpp"
#include "sweep/run/rows.hpp"
#include "sweep/run/set_up.hpp"
#include "sweep/run/tally.hpp"
#include "sweep/study/plan.hpp"

namespace truce {

/// All points of a batch are at the same stage; those that are precise enough drop out after it. A lap is a stage, or
/// the part of one within a chunk of 1,024 replicates: the runs of the chunk that is not complete are kept, so that
/// its tally is the one that a study with fixed replicates makes. Used as: begin, prepare until true, then per lap:
/// advance until true, fold until true, next_lap, until that is false.
class StagedBatch {
 public:
  /// `plan.precision` must be set. All must outlive the batch.
  StagedBatch(const Plan& plan, const Design& design, const TallyShape& shape, const Code& code);
  /// What one base point holds while it is run.
  static std::size_t bytes_of_point(const Plan& plan, const TallyShape& shape);
  /// The most points that go together.
  std::int64_t points_at_once() const { return points_at_once_; }

  /// Takes base points, no more than `points_at_once`, whose rows `writer` numbers from `first_row`.
  void begin(Range points, RowWriter& writer, std::int64_t first_row);
  /// Sets up a few siblings; true when all are and the first lap has begun.
  bool prepare();
  /// Works about `steps` steps; true when every run of the lap has ended.
  bool advance(std::uint64_t steps) { return machine_.advance(steps); }
  /// Folds some siblings of the lap and writes their rows where a stage ends; true when all are folded.
  bool fold();
  /// Begins the next lap of the points that go on; false if none does.
  bool next_lap();

  const Range& points() const { return points_; }
  /// Runs folded in all laps of this batch, and the failed ones among them.
  std::int64_t runs() const { return runs_; }
  std::int64_t failed() const { return failed_runs_; }
  /// Runs that have ended, also those not folded yet.
  std::int64_t ended() const;

 private:
  /// A sibling of a point: number = policy * members + member.
  struct Which {
    std::size_t point, sibling;  ///< point: of the batch
  };
  Which which(std::size_t number) const { return {undecided_[number / siblings_], number % siblings_}; }
  std::size_t place(const Which& w) const { return w.point * siblings_ + w.sibling; }
  void begin_lap();
  Task task_of(const Which& w);
  Runs chunk_so_far(const Which& w);
  void fold_one(const Which& w);
  const Tally& tally_so_far(const Which& w, const Runs& chunk);
  void decide(const Which& w, const Tally& tally);

  const Plan& plan_;
  const TallyShape& shape_;
  SetUp set_up_;
  FailureRule rule_;
  GuardedMachine machine_;
  Tallier tallier_;
  RowWriter* writer_ = nullptr;
  std::size_t siblings_, kept_;  ///< replicates kept of a sibling
  std::int64_t points_at_once_;
  Range points_;
  std::int64_t first_row_ = 0;
  std::uint32_t done_ = 0, lap_end_ = 0, stage_end_ = 0;  ///< replicates
  std::size_t prepared_ = 0, folded_ = 0;                 ///< siblings
  bool precise_ = true;                                   ///< siblings of the point that have been folded
  std::int64_t runs_ = 0, failed_runs_ = 0;
  std::vector<std::size_t> undecided_, going_on_;  ///< points of this lap, and of the next
  std::vector<std::uint8_t> works_;                ///< [point][sibling]: the kernel took its inputs
  std::vector<Task> tasks_, running_;              ///< of this lap, [undecided][sibling]
  std::vector<double> params_;                     ///< [point][sibling]
  std::vector<double> outcomes_;                   ///< [point][sibling][kept replicate][outcome]
  std::vector<std::uint8_t> failed_;               ///< [point][sibling][kept replicate]
  std::vector<double> chunks_;                     ///< [point][sibling]: tallies of the chunks that are complete
  Tally whole_;                                    ///< one of them with the chunk that is not
};

}  // namespace truce
