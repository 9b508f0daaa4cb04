// Fibers by POSIX contexts.
#include "tests/simulation/fiber.hpp"

#include <cstdint>
#include <stdexcept>

namespace truce::simulation {
namespace {

constexpr std::size_t stack_bytes = std::size_t{256} << 10;

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
  self->body_();
  self->ended_ = true;
}

void Fiber::resume() { ::swapcontext(&there_, &here_); }
void Fiber::pause() { ::swapcontext(&here_, &there_); }

}  // namespace truce::simulation
