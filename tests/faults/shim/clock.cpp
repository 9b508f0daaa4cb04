// Clocks that jump: FAULT_CLOCK = "real SECONDS EVERY" or "steady SECONDS EVERY" moves that clock at every so-manieth
// look.
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <ctime>
#include <sstream>
#include <string>

namespace {

struct Jumps {
  std::string clock;
  long seconds = 0, every = 0;
  std::atomic<long> looks{0};

  Jumps() {
    const char* orders = std::getenv("FAULT_CLOCK");
    if (orders) std::istringstream(orders) >> clock >> seconds >> every;
  }
};

/// Seconds that `which` is ahead at this look: the jumps go there, back, there, back, ...; of "steady" only ever
/// forward.
long ahead(clockid_t which) {
  static Jumps jumps;
  const bool real = which == CLOCK_REALTIME || which == CLOCK_REALTIME_COARSE;
  if (jumps.every == 0 || jumps.clock != (real ? "real" : "steady")) return 0;
  const long times = ++jumps.looks / jumps.every;
  return jumps.seconds * (real ? times % 2 : times);
}

}  // namespace

extern "C" {

int clock_gettime(clockid_t which, timespec* into) noexcept {
  const auto result = static_cast<int>(::syscall(SYS_clock_gettime, which, into));
  if (result == 0) into->tv_sec += ahead(which);
  return result;
}

std::time_t time(std::time_t* into) noexcept {
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  if (into) *into = now.tv_sec;
  return now.tv_sec;
}

}  // extern "C"
