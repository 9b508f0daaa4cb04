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

}  // namespace

Dispatcher::Dispatcher(std::vector<Range> missing, std::int64_t block, std::int64_t chunks)
    : missing_(std::move(missing)), block_(block), chunks_(chunks) {
  std::int64_t end = 0;
  bool good = block >= 1 && chunks >= 1;
  for (const Range& range : missing_) {
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
  Range& range = missing_[at_];
  const Range block{range.first, cut(range, block_, chunks_)};
  range = {block.end(), range.count - block.count};
  if (range.count == 0) ++at_;
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

void Dispatcher::stop(std::string reason) {
  if (stopped_) return;
  stopped_ = true;
  reason_ = std::move(reason);
}

std::int64_t Dispatcher::blocks_left() const {
  return stopped_ ? 0 : units_left_ / block_ + (units_left_ % block_ != 0 ? 1 : 0);
}

}  // namespace truce
