// Units are gathered into batches so that the engine's lanes stay full; tallies are folded in unit order.
#include "sweep/run/block_run.hpp"

#include <algorithm>
#include <cstring>
#include <limits>
#include <new>

#include "sweep/run/rows.hpp"

namespace truce {

namespace {
constexpr std::int64_t runs_a_batch = 2048;
constexpr std::uint64_t slice_steps = 2048;  // 1 ms at 2 M steps/s
}  // namespace

void Machine::Free::operator()(std::byte* memory) const { ::operator delete(memory, std::align_val_t(alignment)); }

Machine::Machine(const Code& code)
    : code_(&code),
      memory_(static_cast<std::byte*>(::operator new(code.workspace, std::align_val_t(code.alignment))),
              Free{code.alignment}) {}

Batch::Batch(const Plan& plan, const Design& design, const Code& code) : plan_(plan), design_(design), machine_(code) {
  const std::int64_t siblings = plan.members * plan.policies();
  const std::int64_t runs = siblings * std::min<std::int64_t>(plan.replicates, chunk_replicates);
  capacity_ = std::max<std::int64_t>(1, runs_a_batch / runs);
}

std::size_t Batch::task_of(std::int64_t unit, int member, std::int64_t policy) const {
  return static_cast<std::size_t>(((unit - units_.first) * plan_.members + member) * plan_.policies() + policy);
}

Runs Batch::runs(std::int64_t unit, int member, std::int64_t policy) const {
  const Task& task = tasks_[task_of(unit, member, policy)];
  return {{task.outcomes, task.replicates * plan_.kernel->outcomes.size()}, {task.failed, task.replicates}};
}

void Batch::begin(Range units) {
  units_ = units;
  const Code& code = machine_.code();
  const std::size_t width = plan_.kernel->outcomes.size();
  const auto siblings = static_cast<std::size_t>(plan_.members * plan_.policies());
  const std::size_t count = static_cast<std::size_t>(units.count) * siblings;
  const std::uint32_t most = std::min(plan_.replicates, chunk_replicates);
  tasks_.assign(count, Task{});
  running_.clear();
  params_.resize(count * code.params);
  outcomes_.assign(count * most * width, std::numeric_limits<double>::quiet_NaN());
  failed_.assign(count * most, 0);
  std::vector<double> inputs(plan_.kernel->inputs.size());
  for (std::int64_t unit = units.first; unit < units.end(); ++unit) {
    const std::int64_t base = unit / plan_.chunks(), chunk = unit % plan_.chunks();
    for (int member = 0; member < plan_.members; ++member) {
      design_.point(base, member, inputs);
      for (std::int64_t policy = 0; policy < plan_.policies(); ++policy) {
        design_.policy(policy, inputs);
        const std::size_t t = task_of(unit, member, policy);
        double* params = &params_[t * code.params];
        const std::int64_t s = plan_.common_random_numbers ? 0 : base * plan_.members;
        tasks_[t] = Task{params,
                         static_cast<std::uint64_t>(s),
                         static_cast<std::uint32_t>(chunk) * chunk_replicates,
                         replicates_of(plan_, chunk),
                         &outcomes_[t * most * width],
                         &failed_[t * most]};
        try {
          code.prepare(inputs.data(), params);
          running_.push_back(tasks_[t]);
        } catch (const std::exception&) {
          std::fill_n(tasks_[t].failed, tasks_[t].replicates, std::uint8_t{1});
        }
      }
    }
  }
  machine_.begin(plan_.seed, running_);
}

bool Batch::advance() {
  if (!machine_.advance(slice_steps)) return false;
  const std::size_t width = plan_.kernel->outcomes.size();
  for (const Task& task : tasks_)
    mark_failures(*plan_.kernel, {task.outcomes, task.replicates * width}, {task.failed, task.replicates});
  return true;
}

BlockRun::BlockRun(const Plan& plan, const Design& design, const Layout& layout, const Code& code)
    : plan_(plan),
      layout_(layout),
      batch_(plan, design, code),
      shape_(*plan.kernel, plan.policies() * plan.members > 1) {}

void BlockRun::begin(Range units) {
  units_ = units;
  next_ = units.first;
  runs_ = failed_ = 0;
  const std::int64_t chunks = plan_.chunks();
  const bool whole = units.first % chunks == 0 && units.count % chunks == 0;
  kind_ = plan_.rows == Rows::run || whole ? FrameKind::rows : FrameKind::partial;
  const auto siblings = static_cast<std::size_t>(plan_.members * plan_.policies());
  chunk_.assign(siblings * shape_.size(), 0);
  point_.assign(siblings * shape_.size(), 0);
  const std::size_t bytes =
      kind_ == FrameKind::rows
          ? layout_.row_bytes() * static_cast<std::size_t>(rows_of(plan_, units.first, units.count).count)
          : static_cast<std::size_t>(units.count) * chunk_.size() * sizeof(double);
  payload_.assign(bytes, std::byte{0});
  batch_.begin({next_, std::min(batch_.capacity(), units.count)});
}

bool BlockRun::advance() {
  if (!batch_.advance()) return false;
  fold();
  next_ = batch_.units().end();
  if (next_ == units_.end()) return true;
  batch_.begin({next_, std::min(batch_.capacity(), units_.end() - next_)});
  return false;
}

void BlockRun::fold() {
  for (std::int64_t unit = batch_.units().first; unit < batch_.units().end(); ++unit) {
    for (int member = 0; member < plan_.members; ++member)
      for (std::int64_t policy = 0; policy < plan_.policies(); ++policy) {
        const Runs runs = batch_.runs(unit, member, policy);
        runs_ += static_cast<std::int64_t>(runs.failed.size());
        failed_ += std::count(runs.failed.begin(), runs.failed.end(), std::uint8_t{1});
      }
    plan_.rows == Rows::run ? fold_runs(unit) : fold_point(unit);
  }
}

void BlockRun::fold_runs(std::int64_t unit) {
  const RowRange block = rows_of(plan_, units_.first, units_.count);
  RowWriter writer(layout_, block.count, payload_);
  std::int64_t row = rows_of(plan_, unit, 1).first - block.first;
  const std::size_t width = plan_.kernel->outcomes.size();
  const std::uint32_t replicates = replicates_of(plan_, unit % plan_.chunks());
  for (std::uint32_t replicate = 0; replicate < replicates; ++replicate)
    for (int member = 0; member < plan_.members; ++member)
      for (std::int64_t policy = 0; policy < plan_.policies(); ++policy) {
        const Runs runs = batch_.runs(unit, member, policy);
        writer.run(row++, *plan_.kernel, runs.outcomes.subspan(replicate * width, width), runs.failed[replicate] != 0);
      }
}

void BlockRun::fold_point(std::int64_t unit) {
  const std::int64_t chunk = unit % plan_.chunks(), policies = plan_.policies();
  for (int member = 0; member < plan_.members; ++member)
    for (std::int64_t policy = 0; policy < policies; ++policy) {
      const auto sibling = static_cast<std::size_t>(member * policies + policy);
      const Runs first = plan_.members > 1 ? batch_.runs(unit, 0, policy) : batch_.runs(unit, member, 0);
      tally(shape_, batch_.runs(unit, member, policy), first,
            std::span(chunk_).subspan(sibling * shape_.size(), shape_.size()));
    }
  if (kind_ == FrameKind::partial) {
    const std::size_t bytes = chunk_.size() * sizeof(double);
    std::memcpy(payload_.data() + static_cast<std::size_t>(unit - units_.first) * bytes, chunk_.data(), bytes);
    return;
  }
  if (chunk == 0) std::fill(point_.begin(), point_.end(), 0.0);
  for (std::size_t at = 0; at < point_.size(); at += shape_.size())
    merge(shape_, std::span(chunk_).subspan(at, shape_.size()), std::span(point_).subspan(at, shape_.size()));
  if (chunk + 1 < plan_.chunks()) return;
  const RowRange block = rows_of(plan_, units_.first, units_.count);
  RowWriter writer(layout_, block.count, payload_);
  const auto row_size = static_cast<std::size_t>(policies) * shape_.size();
  const std::int64_t row = unit / plan_.chunks() * plan_.members - block.first;
  for (int member = 0; member < plan_.members; ++member)
    writer.point(row + member, shape_,
                 std::span(point_).subspan(static_cast<std::size_t>(member) * row_size, row_size));
}

}  // namespace truce
