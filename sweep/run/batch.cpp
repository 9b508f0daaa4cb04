// Runs are gathered across units so that the engine's lanes stay full, and cut by policy so that memory is bounded.
#include "sweep/run/batch.hpp"

#include <algorithm>

#include "sweep/base/no_number.hpp"
#include "sweep/run/rows.hpp"

namespace truce {

namespace {
constexpr std::int64_t runs_at_once = 4096;
constexpr int prepared_at_once = 16;
constexpr std::uint8_t not_ended = 2;  // the engine writes 0 or 1
}  // namespace

Batch::Batch(const Plan& plan, const Design& design, const Code& code)
    : plan_(plan),
      set_up_(plan, design, code),
      rule_(*plan.kernel),
      machine_(*plan.kernel, code),
      policies_at_once_(plan.policies()) {
  const std::int64_t runs = plan.members * std::min<std::int64_t>(plan.replicates, chunk_replicates);
  units_at_once_ = std::max<std::int64_t>(1, runs_at_once / (runs * policies_at_once_));
  if (units_at_once_ == 1) policies_at_once_ = std::clamp<std::int64_t>(runs_at_once / runs, 1, policies_at_once_);
}

Batch::Sibling Batch::sibling(std::size_t number) const {
  const auto n = static_cast<std::int64_t>(number);
  return {units_.first + n / (policies_.count * plan_.members), policies_.first + n / plan_.members % policies_.count,
          static_cast<int>(n % plan_.members)};
}

void Batch::begin(Range units, Range policies) {
  units_ = units;
  policies_ = policies;
  const auto count = static_cast<std::size_t>(units.count * policies.count * plan_.members);
  const std::uint32_t most = std::min(plan_.replicates, chunk_replicates);
  prepared_ = 0;
  tasks_.resize(count);
  running_.clear();
  params_.resize(count * machine_.code().params);
  outcomes_.resize(count * most * plan_.kernel->outcomes.size());
  failed_.assign(count * most, not_ended);
}

void Batch::prepare_one() {
  const Code& code = machine_.code();
  const std::size_t number = prepared_++, width = plan_.kernel->outcomes.size();
  const Sibling which = sibling(number);
  const std::int64_t base = which.unit / plan_.chunks(), chunk = which.unit % plan_.chunks();
  const std::size_t most = std::min(plan_.replicates, chunk_replicates);
  Task& task = tasks_[number];
  double* params = params_.data() + number * code.params;
  task = {params,
          stream_of(plan_, base, which.member),
          static_cast<std::uint32_t>(chunk) * chunk_replicates,
          replicates_of(plan_, chunk),
          outcomes_.data() + number * most * width,
          failed_.data() + number * most};
  if (set_up_(base, which.member, which.policy, params)) {
    run_the_rest(which, task);
  } else {
    std::fill_n(task.failed, task.replicates, std::uint8_t{1});
    std::fill_n(task.outcomes, task.replicates * width, no_number);
  }
}

/// The task without the runs that are known.
void Batch::run_the_rest(const Sibling& which, Task task) {
  const std::uint32_t known = this->known(which.unit);
  const std::size_t values = known * plan_.kernel->outcomes.size();
  if (known > 0) known_->copy(which.unit, which.policy, which.member, {task.outcomes, values}, {task.failed, known});
  task.first_replicate += known;
  task.replicates -= known;
  task.outcomes += values;
  task.failed += known;
  if (task.replicates > 0) running_.push_back(task);
}

bool Batch::prepare() {
  for (int i = 0; i < prepared_at_once && prepared_ < tasks_.size(); ++i) prepare_one();
  if (prepared_ < tasks_.size()) return false;
  machine_.begin(plan_.seed, running_);
  return true;
}

std::int64_t Batch::ended() const {
  const std::size_t most = std::min(plan_.replicates, chunk_replicates);
  std::int64_t ended = 0;
  for (std::size_t number = 0; number < prepared_; ++number) {
    const std::uint8_t* failed = failed_.data() + number * most;
    ended += std::count_if(failed, failed + tasks_[number].replicates, [](auto f) { return f != not_ended; });
  }
  return ended;
}

Runs Batch::runs(std::size_t number) {
  const Task& task = tasks_[number];
  const std::span<const double> outcomes(task.outcomes, task.replicates * plan_.kernel->outcomes.size());
  const std::span<std::uint8_t> failed(task.failed, task.replicates);
  rule_.mark(outcomes, failed);
  return {outcomes, failed};
}

}  // namespace truce
