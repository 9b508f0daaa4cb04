// A machine that survives a kernel whose step throws: that run fails, and those beside it lose nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "sweep/run/machine.hpp"

namespace truce {

/// Used as Machine. After a throw nobody knows whose step it was: the tasks are run again one run at a time, in one
/// lane, which gives the same bits. Only std::bad_alloc, which is not the run's fault, is passed on.
class GuardedMachine {
 public:
  /// Both must outlive it; `code` is one of the kernel's.
  GuardedMachine(const Kernel& kernel, const Code& code)
      : machine_(code), plain_(&reference_code(kernel, code.arithmetic)) {}
  const Code& code() const { return machine_.code(); }
  /// Starts the tasks; they, and what they point to, must outlive the work.
  void begin(std::uint64_t seed, std::span<const Task> tasks);
  /// Works for about `steps` steps; true when every run has ended.
  bool advance(std::uint64_t steps);

 private:
  void begin_alone();
  bool next_alone();
  bool advance_alone(std::uint64_t steps);
  /// Steps of the run in hand, at least 1; it may have ended by then.
  std::uint64_t advance_one(std::uint64_t steps);

  Machine machine_;
  const Code* plain_;
  std::uint64_t seed_ = 0;
  std::span<const Task> tasks_;
  std::optional<Machine> alone_;  ///< while runs are made one at a time
  std::size_t task_ = 0;
  std::uint32_t replicate_ = 0;  ///< the next one
  Task one_;                     ///< the run in hand
  bool running_ = false;
};

}  // namespace truce
