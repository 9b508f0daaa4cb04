// Cutting missing ranges into blocks, and the books of what is out.
#include "sweep/crew/dispatch.hpp"

#include <algorithm>

#include "sweep/base/error.hpp"

namespace truce {
namespace {

/// Units of the first block of `range`.
std::int64_t cut(Range range, std::int64_t block, std::int64_t chunks) {
  const std::int64_t into_point = range.first % chunks;
  const bool whole_points = block >= chunks && into_point == 0 && range.count >= chunks;
  if (whole_points) return std::min(block, range.count) / chunks * chunks;
  return std::min({block, range.count, chunks - into_point});
}

/// Units of the last block of `range`.
std::int64_t cut_back(Range range, std::int64_t block, std::int64_t chunks) {
  const std::int64_t into_point = range.end() % chunks;
  const bool whole_points = block >= chunks && into_point == 0 && range.count >= chunks;
  if (whole_points) return std::min(block, range.count) / chunks * chunks;
  return std::min({block, range.count, into_point == 0 ? chunks : into_point});
}

}  // namespace

Dispatcher::Dispatcher(const std::vector<Range>& missing, std::int64_t block, std::int64_t chunks, Order order)
    : left_(missing.begin(), missing.end()), block_(block), chunks_(chunks), order_(order) {
  std::int64_t end = 0;
  bool good = block >= 1 && chunks >= 1;
  for (const Range& range : left_) {
    good = good && range.count > 0 && range.first >= end;
    end = range.end();
    units_left_ += range.count;
  }
  if (!good) {
    throw Error(Exit::internal,
                "the missing ranges, block or chunks are wrong (out of order, empty or below 1); please report this");
  }
}

std::optional<Range> Dispatcher::next() {
  if (!has_next()) return std::nullopt;
  const bool front = order_ == Order::front;
  Range& range = front ? left_.front() : left_.back();
  const std::int64_t count = front ? cut(range, block_, chunks_) : cut_back(range, block_, chunks_);
  const Range block{front ? range.first : range.end() - count, count};
  range = {front ? block.end() : range.first, range.count - count};
  if (range.count == 0) front ? left_.pop_front() : left_.pop_back();
  units_left_ -= block.count;
  units_out_ += block.count;
  outstanding_.emplace(block.first, block.count);
  return block;
}

void Dispatcher::report(Range block) {
  const auto found = outstanding_.find(block.first);
  if (found == outstanding_.end() || found->second != block.count) {
    throw Error(Exit::internal, "units " + std::to_string(block.first) + " to " + std::to_string(block.end()) +
                                    " are reported as done (but are not handed out); please report this");
  }
  units_out_ -= block.count;
  outstanding_.erase(found);
}

std::int64_t Dispatcher::committed(Range range) {
  const auto from = std::ranges::upper_bound(left_, range.first, {}, [](const Range& r) { return r.end(); });
  const auto to = std::ranges::lower_bound(left_, range.end(), {}, &Range::first);
  if (from >= to) return 0;
  const Range head{from->first, range.first - from->first}, tail{range.end(), (to - 1)->end() - range.end()};
  std::int64_t taken = 0;
  for (auto each = from; each != to; ++each) taken += each->count;
  auto at = left_.erase(from, to);
  for (const Range& kept : {tail, head}) {
    if (kept.count <= 0) continue;
    at = left_.insert(at, kept);
    taken -= kept.count;
  }
  units_left_ -= taken;
  return taken;
}

void Dispatcher::stop(std::string reason) {
  if (stopped_) return;
  stopped_ = true;
  reason_ = std::move(reason);
}

std::int64_t Dispatcher::blocks_left() const {
  return stopped_ ? 0 : units_left_ / block_ + (units_left_ % block_ != 0 ? 1 : 0);
}

}  // namespace truce
