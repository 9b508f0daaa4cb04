// Rows are written after every stage and overwritten by the next: the last one stays.
#include "sweep/run/staged_batch.hpp"

#include <algorithm>
#include <numeric>

#include "sweep/base/no_number.hpp"
#include "sweep/run/precision_rule.hpp"

namespace truce {

namespace {

constexpr std::size_t runs_kept = 65536, most_siblings = 4096;  // of a batch of several points
constexpr int prepared_at_once = 16;
constexpr std::size_t runs_folded_at_once = 256;
constexpr std::uint8_t not_ended = 2;  // the engine writes 0 or 1

std::size_t siblings_of(const Plan& plan) { return static_cast<std::size_t>(plan.members * plan.policies()); }

std::size_t kept_of(const Plan& plan) { return std::min(plan.most_replicates(), chunk_replicates); }

/// Where no point outgrows a chunk, there is nothing to merge.
bool merges(const Plan& plan) { return plan.most_replicates() > chunk_replicates; }

}  // namespace

std::size_t StagedBatch::bytes_of_point(const Plan& plan, const TallyShape& shape) {
  const std::size_t run = plan.kernel->outcomes.size() * sizeof(double) + 1;
  return siblings_of(plan) * (kept_of(plan) * run + (merges(plan) ? shape.size() * sizeof(double) : 0));
}

StagedBatch::StagedBatch(const Plan& plan, const Design& design, const TallyShape& shape, const Code& code)
    : plan_(plan),
      shape_(shape),
      set_up_(plan, design, code),
      rule_(*plan.kernel),
      machine_(*plan.kernel, code),
      tallier_(shape, references_of(plan)),
      siblings_(siblings_of(plan)),
      kept_(kept_of(plan)),
      points_at_once_(static_cast<std::int64_t>(
          std::max<std::size_t>(1, std::min(runs_kept / (siblings_ * kept_), most_siblings / siblings_)))) {}

void StagedBatch::begin(Range points, RowWriter& writer, std::int64_t first_row) {
  points_ = points;
  writer_ = &writer;
  first_row_ = first_row;
  runs_ = failed_runs_ = 0;
  prepared_ = 0;
  undecided_.resize(static_cast<std::size_t>(points.count));
  std::iota(undecided_.begin(), undecided_.end(), std::size_t{0});
  const std::size_t count = undecided_.size() * siblings_;
  works_.resize(count);
  params_.resize(count * machine_.code().params);
  outcomes_.resize(count * kept_ * plan_.kernel->outcomes.size());
  failed_.resize(count * kept_);
  chunks_.assign(merges(plan_) ? count * shape_.size() : 0, 0.0);
  tasks_.clear();
  done_ = 0;
  stage_end_ = plan_.replicates;
}

bool StagedBatch::prepare() {
  const std::size_t count = undecided_.size() * siblings_;
  for (int i = 0; i < prepared_at_once && prepared_ < count; ++i, ++prepared_) {
    const Which w = which(prepared_);
    const auto sibling = static_cast<std::int64_t>(w.sibling);
    works_[prepared_] =
        set_up_(points_.first + static_cast<std::int64_t>(w.point), static_cast<int>(sibling % plan_.members),
                sibling / plan_.members, params_.data() + prepared_ * machine_.code().params)
            ? 1
            : 0;
  }
  if (prepared_ < count) return false;
  begin_lap();
  return true;
}

/// The runs of a sibling in this lap.
Task StagedBatch::task_of(const Which& w) {
  const std::size_t width = plan_.kernel->outcomes.size(), at = place(w);
  const auto member = static_cast<int>(w.sibling % static_cast<std::size_t>(plan_.members));
  const std::size_t first = at * kept_ + done_ % chunk_replicates;
  return {params_.data() + at * machine_.code().params,
          stream_of(plan_, points_.first + static_cast<std::int64_t>(w.point), member),
          done_,
          lap_end_ - done_,
          outcomes_.data() + first * width,
          failed_.data() + first};
}

void StagedBatch::begin_lap() {
  lap_end_ = std::min(stage_end_, (done_ / chunk_replicates + 1) * chunk_replicates);
  folded_ = 0;
  going_on_.clear();
  running_.clear();
  tasks_.clear();
  for (std::size_t number = 0; number < undecided_.size() * siblings_; ++number) {
    const Which w = which(number);
    const Task& task = tasks_.emplace_back(task_of(w));
    const bool works = works_[place(w)] != 0;
    std::fill_n(task.failed, task.replicates, works ? not_ended : std::uint8_t{1});
    if (works)
      running_.push_back(task);
    else
      std::fill_n(task.outcomes, task.replicates * plan_.kernel->outcomes.size(), no_number);
  }
  machine_.begin(plan_.seed, running_);
}

bool StagedBatch::next_lap() {
  undecided_ = going_on_;
  done_ = lap_end_;
  if (done_ == stage_end_) stage_end_ = std::min(2 * stage_end_, plan_.most_replicates());
  if (undecided_.empty()) {
    tasks_.clear();
    return false;
  }
  begin_lap();
  return true;
}

std::int64_t StagedBatch::ended() const {
  std::int64_t ended = runs_;
  for (std::size_t number = folded_; number < tasks_.size(); ++number) {
    const Task& task = tasks_[number];
    ended += std::count_if(task.failed, task.failed + task.replicates, [](auto f) { return f != not_ended; });
  }
  return ended;
}

bool StagedBatch::fold() {
  for (std::size_t runs_here = 0; folded_ < tasks_.size() && runs_here < runs_folded_at_once; ++folded_) {
    const Task& task = tasks_[folded_];
    const std::span<std::uint8_t> failed(task.failed, task.replicates);
    rule_.mark({task.outcomes, task.replicates * plan_.kernel->outcomes.size()}, failed);
    runs_ += task.replicates;
    failed_runs_ += std::count(failed.begin(), failed.end(), std::uint8_t{1});
    fold_one(which(folded_));
    runs_here += (lap_end_ - 1) % chunk_replicates + 1;
  }
  return folded_ == tasks_.size();
}

/// The runs of the chunk that this lap belongs to, up to the end of the lap.
Runs StagedBatch::chunk_so_far(const Which& w) {
  const std::size_t width = plan_.kernel->outcomes.size(), first = place(w) * kept_;
  const std::size_t count = (lap_end_ - 1) % chunk_replicates + 1;
  return {std::span<const double>(outcomes_).subspan(first * width, count * width),
          std::span<const std::uint8_t>(failed_).subspan(first, count)};
}

void StagedBatch::fold_one(const Which& w) {
  const Runs chunk = chunk_so_far(w);
  const Tally& tally = tally_so_far(w, chunk);
  if (lap_end_ == stage_end_) return decide(w, tally);
  if (w.sibling + 1 == siblings_) going_on_.push_back(w.point);
}

/// Of all replicates up to the end of the lap, and kept for the laps after it if a chunk is complete.
const Tally& StagedBatch::tally_so_far(const Which& w, const Runs& chunk) {
  const auto sibling = static_cast<std::int64_t>(w.sibling);
  const Tally& tally =
      tally_sibling(plan_, tallier_, chunk, sibling / plan_.members, static_cast<int>(sibling % plan_.members));
  if (!merges(plan_)) return tally;
  const auto complete = std::span(chunks_).subspan(place(w) * shape_.size(), shape_.size());
  if (lap_end_ < chunk_replicates) return tally;
  whole_.numbers.assign(complete.begin(), complete.end());
  merge(shape_, tally, whole_.numbers);
  if (lap_end_ % chunk_replicates == 0) std::ranges::copy(whole_.numbers, complete.begin());
  find_used(shape_, whole_);
  return whole_;
}

/// At the end of a stage: writes the sibling's part of the row; after the last sibling, whether the point goes on.
void StagedBatch::decide(const Which& w, const Tally& tally) {
  const auto members = static_cast<std::size_t>(plan_.members);
  writer_->point(first_row_ + static_cast<std::int64_t>(w.point * members + w.sibling % members),
                 static_cast<std::int64_t>(w.sibling / members), shape_, tally);
  precise_ = (w.sibling == 0 || precise_) && is_precise(shape_, *plan_.precision, tally.numbers);
  const bool last = w.sibling + 1 == siblings_;
  if (last && !precise_ && stage_end_ < plan_.most_replicates()) going_on_.push_back(w.point);
}

}  // namespace truce
