// One flag, set by the handler and read between slices of work.
#include "sweep/run/stop.hpp"

#include <csignal>

#include "sweep/base/error.hpp"

namespace truce {
namespace {

// A handler has no argument of ours and may touch nothing but such a flag: the one variable of the whole process.
volatile std::sig_atomic_t signal_seen = 0;

void remember(int number) {
  // Whoever asks twice is in a hurry; USR1 only ever asks.
  if (number != SIGUSR1 && (signal_seen == SIGTERM || signal_seen == SIGINT)) {
    std::signal(number, SIG_DFL);
    std::raise(number);
  }
  signal_seen = number;
}

}  // namespace

void catch_stop_signals() {
  sigset_t caught;
  ::sigemptyset(&caught);
  for (const int number : {SIGUSR1, SIGTERM, SIGINT}) {
    struct sigaction now {};
    const bool ignored = ::sigaction(number, nullptr, &now) == 0 && now.sa_handler == SIG_IGN;
    if (ignored && number != SIGUSR1) continue;
    struct sigaction ours {};
    ours.sa_handler = remember;
    ours.sa_flags = SA_RESTART;
    ::sigemptyset(&ours.sa_mask);
    ::sigaction(number, &ours, nullptr);
    ::sigaddset(&caught, number);
  }
  ::sigprocmask(SIG_UNBLOCK, &caught, nullptr);
}

void stop_if_urgent(std::string_view doing) {
  if (signal_seen != SIGTERM && signal_seen != SIGINT) return;
  throw Error(Exit::incomplete,
              "stopped (" + stop_signal() + ") while " + std::string(doing) + "; the same command continues");
}

std::string stop_signal() {
  switch (signal_seen) {
    case 0:
      return "";
    case SIGUSR1:
      return "signal SIGUSR1";
    case SIGTERM:
      return "signal SIGTERM";
    default:
      return "signal SIGINT";
  }
}

}  // namespace truce
