// Who computes which block. Self-scheduling by two-sided messages: rank 0 hands out the blocks in order, each rank gets
// the next as it finishes one. Histories of war have heavy-tailed lengths, so any split in advance leaves ranks idle;
// stealing or one-sided counters would also balance, but one-sided windows do not work over TCP in common builds of
// Open MPI, and a two-sided request costs 0.5-17 microseconds, nothing beside a block of milliseconds to seconds. One
// place that knows what is handed out also makes stopping, failing and counting simple.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "sweep/base/units.hpp"

namespace truce {

/// The end of what is left that the next block is taken from. Two jobs on one study start at different ends and meet.
enum class Order { front, back };

/// What is left of a study, cut into blocks. A block covers whole base points, or lies within one: where `block` is at
/// least `chunks`, blocks are whole points except at ranges that begin or end within a point. No clock, no messages;
/// memory grows with the number of ranges and ranks only, and no call takes longer because more blocks are out.
class Dispatcher {
 public:
  /// `missing`: in order, disjoint; `block`: units a block, at least 1; `chunks`: units a base point, at least 1.
  Dispatcher(const std::vector<Range>& missing, std::int64_t block, std::int64_t chunks, Order order = Order::front);

  /// The next block, or nothing if all are handed out or `stop` was called.
  std::optional<Range> next();
  /// The block is committed. Throws Error(internal) if it was not handed out or is reported twice.
  void report(Range block);
  /// Another job has committed these units: what is not handed out of them is not left any more. Returns how many
  /// units that were.
  std::int64_t committed(Range range);
  /// Hands out nothing more; the first reason is kept.
  void stop(std::string reason);

  bool stopped() const { return stopped_; }
  const std::string& reason() const { return reason_; }
  /// `next` would return a block.
  bool has_next() const { return !stopped_ && units_left_ > 0; }
  /// A lower bound of the blocks not yet handed out, exact unless ranges are cut; 0 once stopped.
  std::int64_t blocks_left() const;
  /// Units not yet committed: not handed out or not reported.
  std::int64_t units_open() const { return units_left_ + units_out_; }
  /// Every unit is committed.
  bool complete() const { return units_open() == 0; }

 private:
  std::deque<Range> left_;  ///< not handed out, in order
  std::int64_t block_, chunks_;
  Order order_;
  std::int64_t units_left_ = 0, units_out_ = 0;                 ///< not handed out; handed out and not reported
  std::unordered_map<std::int64_t, std::int64_t> outstanding_;  ///< first unit of a block -> count
  bool stopped_ = false;
  std::string reason_;
};

}  // namespace truce
