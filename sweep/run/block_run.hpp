// Runs one block of a plan in slices: inputs from the design, outcomes from the kernel, rows for the store.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "sweep/base/steady_seconds.hpp"
#include "sweep/base/units.hpp"
#include "sweep/run/batch.hpp"
#include "sweep/run/machine.hpp"
#include "sweep/run/rows.hpp"
#include "sweep/run/staged_batch.hpp"
#include "sweep/run/tally.hpp"
#include "sweep/store/journal.hpp"
#include "sweep/store/layout.hpp"
#include "sweep/study/design.hpp"
#include "sweep/study/plan.hpp"

namespace truce {

/// Seconds from any beginning; decides how long slices are, never what they give.
using Clock = std::function<double()>;

/// One block from first unit to payload.
class BlockRun {
 public:
  /// All but the clock must outlive it. Throws Error(usage) if one unit alone, or the block that the plan asks for,
  /// needs more memory than a rank should have (about 150 MB).
  BlockRun(const Plan& plan, const Design& design, const Layout& layout, const Code& code,
           Clock clock = steady_seconds);
  /// Runs that are known already, or none, are copied instead of run.
  void reuse(std::unique_ptr<KnownRuns> known);
  void begin(Range units);
  /// Works about a millisecond, whatever there is to do; true when the payload is complete.
  bool advance();
  FrameKind kind() const { return kind_; }
  Range units() const { return units_; }
  /// Columns of Layout's row columns one after the other, or tallies [chunk][member][policy].
  std::span<const std::byte> payload() const { return payload_; }
  /// Runs made, and the failed ones among them; those that were known do not count.
  std::int64_t runs() const { return runs_; }
  std::int64_t failed() const { return failed_; }
  /// Runs that the engine has ended, also before they are in the payload.
  std::int64_t ended() const { return runs_before_ + (staged_ ? staged_->ended() : batch_.ended()); }

 private:
  enum class Phase { prepare, work, fold };
  void begin_batch(std::int64_t unit, std::int64_t policy);
  bool next_batch();
  void begin_staged(std::int64_t point);
  bool next_lap();
  bool step();
  void work();
  bool fold();
  void fold_runs(const Batch::Sibling& sibling, const Runs& runs);
  void fold_point(const Batch::Sibling& sibling, const Runs& runs);
  std::span<double> merged(const Batch::Sibling& sibling);

  const Plan& plan_;
  const Layout& layout_;
  RowMap map_;
  std::unique_ptr<KnownRuns> known_;
  Batch batch_;
  TallyShape shape_;
  std::optional<StagedBatch> staged_;  ///< with `plan.precision`, instead of the batch
  Tallier tallier_;
  Clock clock_;
  Range units_, rows_;
  FrameKind kind_ = FrameKind::rows;
  Phase phase_ = Phase::prepare;
  std::uint64_t steps_;     ///< of the engine at a time, worth a quarter of a slice
  std::size_t folded_ = 0;  ///< siblings of this batch
  std::int64_t runs_ = 0, failed_ = 0, runs_before_ = 0;
  std::vector<std::byte> payload_;
  std::optional<RowWriter> writer_;
  std::vector<double> point_;  ///< points of many chunks: tallies [member][policy] of the chunks so far
  Tally whole_;                ///< one of them, complete
};

}  // namespace truce
