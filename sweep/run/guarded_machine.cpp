// Two ways through the tasks: all together, and after a throw each run alone.
#include "sweep/run/guarded_machine.hpp"

#include <algorithm>
#include <new>

#include "sweep/base/no_number.hpp"

namespace truce {

void GuardedMachine::begin(std::uint64_t seed, std::span<const Task> tasks) {
  seed_ = seed;
  tasks_ = tasks;
  alone_.reset();
  machine_.begin(seed, tasks);
}

bool GuardedMachine::advance(std::uint64_t steps) {
  if (alone_) return advance_alone(steps);
  try {
    return machine_.advance(steps);
  } catch (const std::bad_alloc&) {
    throw;
  } catch (...) {
    begin_alone();
    return false;
  }
}

void GuardedMachine::begin_alone() {
  alone_.emplace(*plain_);
  task_ = 0;
  replicate_ = 0;
  running_ = false;
}

/// False if every run has been made.
bool GuardedMachine::next_alone() {
  for (; task_ < tasks_.size() && replicate_ == tasks_[task_].replicates; ++task_) replicate_ = 0;
  if (task_ == tasks_.size()) return false;
  const Task& whole = tasks_[task_];
  one_ = {whole.params,
          whole.stream,
          whole.first_replicate + replicate_,
          1,
          whole.outcomes + replicate_ * plain_->outcomes,
          whole.failed + replicate_};
  ++replicate_;
  alone_->begin(seed_, {&one_, 1});
  return true;
}

std::uint64_t GuardedMachine::advance_one(std::uint64_t steps) {
  const std::uint64_t before = alone_->steps();
  try {
    running_ = !alone_->advance(steps);
  } catch (const std::bad_alloc&) {
    throw;
  } catch (...) {
    running_ = false;
    *one_.failed = 1;
    std::fill_n(one_.outcomes, plain_->outcomes, no_number);
  }
  return std::max<std::uint64_t>(1, alone_->steps() - before);
}

bool GuardedMachine::advance_alone(std::uint64_t steps) {
  while (steps > 0) {
    if (!running_) running_ = next_alone();
    if (!running_) return true;
    steps -= std::min(steps, advance_one(steps));
  }
  return false;
}

}  // namespace truce
