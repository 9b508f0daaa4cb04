// A block goes through its batches in order: prepare, work, fold; the clock is asked between small pieces of each.
#include "sweep/run/block_run.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include "sweep/base/error.hpp"

namespace truce {

namespace {

constexpr double slice_seconds = 1e-3;
constexpr std::size_t runs_folded_at_once = 256;
constexpr std::size_t most_bytes = 150'000'000;

/// What a rank holds of the smallest block beside the runs in hand.
void require_memory(const Plan& plan, const Layout& layout, const TallyShape& shape) {
  const auto siblings = static_cast<std::size_t>(plan.members * plan.policies());
  const bool runs = plan.rows == Rows::run;
  const auto rows = static_cast<std::size_t>(row_map_of(plan).rows({0, 1}).count);
  const std::size_t tallies = !runs && plan.chunks() > 1 ? siblings * shape.size() * sizeof(double) : 0;
  const std::size_t kept = plan.precision ? StagedBatch::bytes_of_point(plan, shape) : 0;
  const std::size_t bytes =
      layout.row_bytes() * (runs ? rows : static_cast<std::size_t>(plan.members)) + tallies + kept;
  if (bytes <= most_bytes) return;
  throw Error(Exit::usage, "study: one point needs " + std::to_string(bytes / 1'000'000) + " MB on every rank (" +
                               (plan.members > 1 ? std::to_string(plan.members) + " members x " : "") +
                               std::to_string(plan.policies()) + " policies" +
                               (runs          ? ", a row for each of their runs"
                                : kept > 0    ? ", up to 1,024 runs of each kept until it is precise enough"
                                : tallies > 0 ? ", tallies of more than 1,024 replicates"
                                              : "") +
                               "; at most " + std::to_string(most_bytes / 1'000'000) +
                               " MB are allowed); split the levers over several studies" +
                               (runs          ? ", or use store.rows = point"
                                : kept > 0    ? std::string(", or use a lower study.replicates_max")
                                : tallies > 0 ? std::string(", or use at most 1,024 replicates") +
                                                    (plan.quantiles ? ", or leave out the quantiles" : "")
                                              : ""));
}

/// A block that the study asks for is held whole until it is committed; one that is chosen is far smaller.
void require_block_memory(const Plan& plan, const Layout& layout) {
  if (!plan.block) return;
  const std::int64_t units = std::min(*plan.block, plan.units());
  const bool partial = plan.rows == Rows::point && units < plan.chunks();
  const double bytes = static_cast<double>(units) * bytes_of_unit(plan, layout, partial);
  if (bytes <= static_cast<double>(most_bytes)) return;
  throw Error(Exit::usage, "store.block: a block of " + std::to_string(units) + " needs " +
                               std::to_string(static_cast<std::int64_t>(bytes / 1e6)) + " MB on every rank (at most " +
                               std::to_string(most_bytes / 1'000'000) +
                               " MB are allowed); use a smaller block, or auto");
}

}  // namespace

BlockRun::BlockRun(const Plan& plan, const Design& design, const Layout& layout, const Code& code, Clock clock)
    : plan_(plan),
      layout_(layout),
      map_(row_map_of(plan)),
      batch_(plan, design, code),
      shape_(tally_shape_of(plan)),
      tallier_(shape_, references_of(plan)),
      clock_(std::move(clock)),
      steps_(256) {
  require_memory(plan, layout, shape_);
  require_block_memory(plan, layout);
  if (plan.precision) staged_.emplace(plan, design, shape_, code);
}

void BlockRun::reuse(std::unique_ptr<KnownRuns> known) {
  known_ = std::move(known);
  batch_.reuse(known_.get());
}

void BlockRun::begin(Range units) {
  units_ = units;
  rows_ = map_.rows(units);
  runs_ = failed_ = 0;
  kind_ = map_.is_whole(units) ? FrameKind::rows : FrameKind::partial;
  const auto siblings = static_cast<std::size_t>(plan_.members * plan_.policies());
  const std::size_t tallies = siblings * shape_.size();
  const bool rows = kind_ == FrameKind::rows;
  payload_.assign(rows ? layout_.row_bytes() * static_cast<std::size_t>(rows_.count)
                       : static_cast<std::size_t>(units.count) * tallies * sizeof(double),
                  std::byte{0});
  writer_.reset();
  if (rows) writer_.emplace(layout_, rows_.count, payload_);
  if (rows && plan_.rows == Rows::point && plan_.chunks() > 1) point_.resize(tallies);
  staged_ ? begin_staged(units.first) : begin_batch(units.first, 0);
}

void BlockRun::begin_staged(std::int64_t point) {
  runs_before_ = runs_;
  phase_ = Phase::prepare;
  staged_->begin({point, std::min(staged_->points_at_once(), units_.end() - point)}, *writer_,
                 point * plan_.members - rows_.first);
}

/// After a lap is folded; false when the block has no more.
bool BlockRun::next_lap() {
  phase_ = Phase::work;
  if (staged_->next_lap()) return true;
  runs_ += staged_->runs();
  failed_ += staged_->failed();
  if (staged_->points().end() == units_.end()) return false;
  begin_staged(staged_->points().end());
  return true;
}

void BlockRun::begin_batch(std::int64_t unit, std::int64_t policy) {
  runs_before_ = runs_;
  folded_ = 0;
  phase_ = Phase::prepare;
  batch_.begin({unit, std::min(batch_.units_at_once(), units_.end() - unit)},
               {policy, std::min(batch_.policies_at_once(), plan_.policies() - policy)});
}

/// False when the block has no more.
bool BlockRun::next_batch() {
  if (batch_.policies().end() < plan_.policies()) {
    begin_batch(batch_.units().first, batch_.policies().end());
    return true;
  }
  if (batch_.units().end() == units_.end()) return false;
  begin_batch(batch_.units().end(), 0);
  return true;
}

bool BlockRun::advance() {
  const double end = clock_() + slice_seconds;
  do {
    if (step()) return true;
  } while (clock_() < end);
  return false;
}

/// A small piece of work; true when the block is complete.
bool BlockRun::step() {
  switch (phase_) {
    case Phase::prepare:
      if (staged_ ? staged_->prepare() : batch_.prepare()) phase_ = Phase::work;
      return false;
    case Phase::work:
      work();
      return false;
    case Phase::fold:
      return staged_ ? staged_->fold() && !next_lap() : fold() && !next_batch();
  }
  return false;
}

void BlockRun::work() {
  const double begun = clock_();
  if (staged_ ? staged_->advance(steps_) : batch_.advance(steps_)) {
    phase_ = Phase::fold;
    return;
  }
  const double taken = clock_() - begun;
  const bool short_of_it = taken < slice_seconds / 4;
  steps_ = std::clamp<std::uint64_t>(short_of_it ? steps_ + steps_ / 2 : steps_ / 2, 16, 1 << 20);
}

/// Some siblings of the batch; true when all are folded.
bool BlockRun::fold() {
  for (std::size_t runs_here = 0; folded_ < batch_.siblings() && runs_here < runs_folded_at_once; ++folded_) {
    const Batch::Sibling sibling = batch_.sibling(folded_);
    const Runs runs = batch_.runs(folded_);
    runs_here += runs.failed.size();
    const auto made = runs.failed.subspan(batch_.known(sibling.unit));
    runs_ += static_cast<std::int64_t>(made.size());
    failed_ += std::count(made.begin(), made.end(), std::uint8_t{1});
    plan_.rows == Rows::run ? fold_runs(sibling, runs) : fold_point(sibling, runs);
  }
  return folded_ == batch_.siblings();
}

void BlockRun::fold_runs(const Batch::Sibling& sibling, const Runs& runs) {
  const std::size_t width = plan_.kernel->outcomes.size();
  const std::int64_t first = map_.first_row(sibling.unit) - rows_.first, policies = plan_.policies();
  for (std::size_t replicate = 0; replicate < runs.failed.size(); ++replicate) {
    const std::int64_t before = static_cast<std::int64_t>(replicate) * plan_.members + sibling.member;
    writer_->run(first + before * policies + sibling.policy, runs.outcomes.subspan(replicate * width, width),
                 runs.failed[replicate] != 0);
  }
}

/// The place of a sibling in `point_`.
std::span<double> BlockRun::merged(const Batch::Sibling& sibling) {
  const auto number = static_cast<std::size_t>(sibling.member * plan_.policies() + sibling.policy);
  return std::span(point_).subspan(number * shape_.size(), shape_.size());
}

void BlockRun::fold_point(const Batch::Sibling& sibling, const Runs& runs) {
  const Tally& tally = tally_sibling(plan_, tallier_, runs, sibling.policy, sibling.member);
  if (kind_ == FrameKind::partial) {
    const std::int64_t siblings = plan_.members * plan_.policies();
    const std::int64_t number =
        (sibling.unit - units_.first) * siblings + sibling.member * plan_.policies() + sibling.policy;
    const std::size_t bytes = shape_.size() * sizeof(double);
    std::memcpy(payload_.data() + static_cast<std::size_t>(number) * bytes, tally.numbers.data(), bytes);
    return;
  }
  const std::int64_t chunks = plan_.chunks(), chunk = sibling.unit % chunks;
  const std::int64_t row = sibling.unit / chunks * plan_.members + sibling.member - rows_.first;
  if (chunks == 1) return writer_->point(row, sibling.policy, shape_, tally);
  const std::span<double> so_far = merged(sibling);
  if (chunk == 0) std::fill(so_far.begin(), so_far.end(), 0.0);
  merge(shape_, tally, so_far);
  if (chunk + 1 < chunks) return;
  whole_.numbers.assign(so_far.begin(), so_far.end());
  find_used(shape_, whole_);
  writer_->point(row, sibling.policy, shape_, whole_);
}

}  // namespace truce
