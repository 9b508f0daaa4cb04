// A function with a stack of its own that gives up its turn in the middle: thousands of turns a millisecond, where
// threads would wait for the scheduler at each of them.
#pragma once

#include <ucontext.h>

#include <cstddef>
#include <functional>
#include <memory>

namespace truce::simulation {

/// Not to be left or entered within a catch block: the exceptions being handled belong to the thread.
class Fiber {
 public:
  /// `body` must not throw.
  explicit Fiber(std::function<void()> body);
  Fiber(const Fiber&) = delete;
  Fiber& operator=(const Fiber&) = delete;
  /// Runs it until it pauses or ends; not once it has ended.
  void resume();
  /// Called by the body: `resume` returns.
  void pause();
  bool ended() const { return ended_; }

 private:
  static void enter(unsigned high, unsigned low);

  std::function<void()> body_;
  std::unique_ptr<std::byte[]> stack_;
  ucontext_t here_{}, there_{};  ///< of the body; of who resumed it
  bool ended_ = false;
  const void* outer_stack_ = nullptr;  ///< of who resumed it, as the address sanitizer names it
  std::size_t outer_bytes_ = 0;
};

}  // namespace truce::simulation
