// Renews the lock; says what takes long.
#include "sweep/run/phases.hpp"

#include "sweep/base/steady_seconds.hpp"
#include "sweep/run/stop.hpp"
#include "sweep/store/attempt.hpp"

namespace truce {

namespace {

constexpr double moment_seconds = 1;

}  // namespace

void Phases::operator()(std::string_view phase) {
  if (lock_ != nullptr) lock_->beat();
  stop_if_urgent(phase);
  if (out_ == nullptr) return;
  if (phase != phase_) {
    phase_ = phase;
    begun_ = steady_seconds();
    said_ = false;
  } else if (!said_ && steady_seconds() - begun_ > moment_seconds) {
    said_ = true;
    *out_ << phase_ << std::endl;
  }
}

}  // namespace truce
