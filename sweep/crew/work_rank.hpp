// The two sides of the work loop and the block in hand that both have; internal to work().
#pragma once

#include <optional>

#include "sweep/crew/work_loop.hpp"

namespace truce {

/// The block that this rank computes now, if any.
class BlockInHand {
 public:
  explicit BlockInHand(const Worker& worker) : worker_(worker) {}

  bool busy() const { return block_.has_value(); }
  Range block() const { return block_.value(); }
  void begin(Range block) {
    worker_.begin(block);
    block_ = block;
  }
  /// One slice; what the block held once it is committed.
  std::optional<Committed> advance() {
    if (!worker_.advance()) return std::nullopt;
    const Committed committed = worker_.finish();
    block_.reset();
    return committed;
  }
  /// After the worker threw, or when nobody waits for the block any more.
  void drop() { block_.reset(); }

 private:
  const Worker& worker_;
  std::optional<Range> block_;
};

/// Rank 0.
WorkResult lead(Crew& crew, const WorkPlan& plan, const Worker& worker, const Watch& watch);
/// Any other rank.
WorkResult follow(Crew& crew, const Worker& worker, const Watch& watch);

}  // namespace truce
