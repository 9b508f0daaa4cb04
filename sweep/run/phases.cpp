// Renews the lock; says what takes long.
#include "sweep/run/phases.hpp"

#include <chrono>

#include "sweep/run/stop.hpp"
#include "sweep/store/attempt.hpp"

namespace truce {

namespace {

constexpr double moment_seconds = 1;

double now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

}  // namespace

void Phases::operator()(std::string_view phase) {
  if (lock_ != nullptr) lock_->beat();
  stop_if_urgent(phase);
  if (out_ == nullptr) return;
  if (phase != phase_) {
    phase_ = phase;
    begun_ = now();
    said_ = false;
  } else if (!said_ && now() - begun_ > moment_seconds) {
    said_ = true;
    *out_ << phase_ << std::endl;
  }
}

}  // namespace truce
