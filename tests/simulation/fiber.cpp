// Fibers by POSIX contexts.
#include "tests/simulation/fiber.hpp"

#include <cstdint>
#include <stdexcept>

// The address sanitizer must be told when the stack changes; without it these are null.
extern "C" {
[[gnu::weak]] void __sanitizer_start_switch_fiber(void** fake_stack, const void* bottom, std::size_t size);
[[gnu::weak]] void __sanitizer_finish_switch_fiber(void* fake_stack, const void** bottom, std::size_t* size);
}

namespace truce::simulation {
namespace {

constexpr std::size_t stack_bytes = std::size_t{512} << 10;

void leave_for(void** fake_stack, const void* bottom, std::size_t size) {
  if (__sanitizer_start_switch_fiber != nullptr) __sanitizer_start_switch_fiber(fake_stack, bottom, size);
}

void arrive(void* fake_stack, const void** bottom, std::size_t* size) {
  if (__sanitizer_finish_switch_fiber != nullptr) __sanitizer_finish_switch_fiber(fake_stack, bottom, size);
}

}  // namespace

Fiber::Fiber(std::function<void()> body)
    : body_(std::move(body)), stack_(std::make_unique_for_overwrite<std::byte[]>(stack_bytes)) {
  if (::getcontext(&here_) != 0) throw std::runtime_error("no context for a fiber");
  here_.uc_stack.ss_sp = stack_.get();
  here_.uc_stack.ss_size = stack_bytes;
  here_.uc_link = &there_;
  const auto self = reinterpret_cast<std::uintptr_t>(this);  // contexts pass whole numbers only
  ::makecontext(&here_, reinterpret_cast<void (*)()>(&Fiber::enter), 2, static_cast<unsigned>(self >> 32),
                static_cast<unsigned>(self));
}

void Fiber::enter(unsigned high, unsigned low) {
  auto* self = reinterpret_cast<Fiber*>(static_cast<std::uintptr_t>(high) << 32 | low);
  arrive(nullptr, &self->outer_stack_, &self->outer_bytes_);
  self->body_();
  self->ended_ = true;
  leave_for(nullptr, self->outer_stack_, self->outer_bytes_);
}

void Fiber::resume() {
  void* fake_stack = nullptr;
  leave_for(&fake_stack, stack_.get(), stack_bytes);
  ::swapcontext(&there_, &here_);
  arrive(fake_stack, nullptr, nullptr);
}

void Fiber::pause() {
  void* fake_stack = nullptr;
  leave_for(&fake_stack, outer_stack_, outer_bytes_);
  ::swapcontext(&here_, &there_);
  arrive(fake_stack, &outer_stack_, &outer_bytes_);
}

}  // namespace truce::simulation
