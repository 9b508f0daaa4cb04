// Memory of a kernel's engine, and the slices in which it works.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <span>

#include "kernels/contract.hpp"

namespace truce {

/// One engine of one instruction set.
class Machine {
 public:
  /// `code` must outlive the machine.
  explicit Machine(const Code& code)
      : code_(&code),
        memory_(static_cast<std::byte*>(::operator new(code.workspace, std::align_val_t(code.alignment))),
                Free{code.alignment}) {}
  const Code& code() const { return *code_; }
  /// Starts the tasks; they, and what they point to, must outlive the work.
  void begin(std::uint64_t seed, std::span<const Task> tasks) { code_->begin(memory_.get(), seed, tasks); }
  /// The same, but a run that fails by an exception throws it.
  void begin_throwing(std::uint64_t seed, std::span<const Task> tasks) {
    code_->begin_throwing(memory_.get(), seed, tasks);
  }
  /// Works for about `steps` steps; true when every run has ended. Throws what a step throws (see GuardedMachine).
  bool advance(std::uint64_t steps) { return code_->advance(memory_.get(), steps); }
  std::uint64_t steps() const { return code_->steps(memory_.get()); }
  /// The state of lane 0.
  void state(std::span<double> into) const { code_->state_of(memory_.get(), into.data()); }

 private:
  struct Free {
    std::size_t alignment;
    void operator()(std::byte* memory) const { ::operator delete(memory, std::align_val_t(alignment)); }
  };
  const Code* code_;
  std::unique_ptr<std::byte, Free> memory_;
};

}  // namespace truce
