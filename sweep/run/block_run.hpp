// Runs one block of a plan in slices: inputs from the design, outcomes from the kernel, rows for the store.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "sweep/run/tally.hpp"
#include "sweep/store/journal.hpp"
#include "sweep/store/layout.hpp"
#include "sweep/study/design.hpp"
#include "sweep/study/plan.hpp"

namespace truce {

/// Memory of a kernel's engine, and the slices in which it works.
class Machine {
 public:
  explicit Machine(const Code& code);
  const Code& code() const { return *code_; }
  void begin(std::uint64_t seed, std::span<const Task> tasks) { code_->begin(memory_.get(), seed, tasks); }
  bool advance(std::uint64_t steps) { return code_->advance(memory_.get(), steps); }
  std::uint64_t steps() const { return code_->steps(memory_.get()); }
  void state(std::span<double> into) const { code_->state_of(memory_.get(), into.data()); }

 private:
  struct Free {
    std::size_t alignment;
    void operator()(std::byte* memory) const;
  };
  const Code* code_;
  std::unique_ptr<std::byte, Free> memory_;
};

/// Outcomes of all siblings (members x policies) of consecutive units, [task][replicate][outcome].
/// Tasks are ordered (unit, member, policy).
class Batch {
 public:
  Batch(const Plan& plan, const Design& design, const Code& code);
  /// Most units that one batch should hold.
  std::int64_t capacity() const { return capacity_; }
  /// Prepares `units`; a point whose set-up throws fails as a whole.
  void begin(Range units);
  /// Works about a millisecond; true when all outcomes are there and failures are marked.
  bool advance();
  const Range& units() const { return units_; }
  Runs runs(std::int64_t unit, int member, std::int64_t policy) const;

 private:
  std::size_t task_of(std::int64_t unit, int member, std::int64_t policy) const;
  const Plan& plan_;
  const Design& design_;
  Machine machine_;
  std::int64_t capacity_;
  Range units_;
  std::vector<Task> tasks_, running_;
  std::vector<double> params_, outcomes_;
  std::vector<std::uint8_t> failed_;
};

/// One block from first unit to payload.
class BlockRun {
 public:
  BlockRun(const Plan& plan, const Design& design, const Layout& layout, const Code& code);
  void begin(Range units);
  bool advance();
  FrameKind kind() const { return kind_; }
  Range units() const { return units_; }
  /// Columns of Layout's row columns one after the other, or tallies [chunk][member][policy].
  std::span<const std::byte> payload() const { return payload_; }
  std::int64_t runs() const { return runs_; }
  std::int64_t failed() const { return failed_; }

 private:
  void fold();
  void fold_runs(std::int64_t unit);
  void fold_point(std::int64_t unit);
  const Plan& plan_;
  const Layout& layout_;
  Batch batch_;
  TallyShape shape_;
  Range units_;
  FrameKind kind_ = FrameKind::rows;
  std::int64_t next_ = 0, runs_ = 0, failed_ = 0;
  std::vector<std::byte> payload_;
  std::vector<double> chunk_, point_;  ///< tallies [member][policy] of this chunk and of the point so far
};

}  // namespace truce
