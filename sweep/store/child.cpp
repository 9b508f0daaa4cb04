// fork, a pipe for the answer, and a time limit.
#include "sweep/store/child.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>

#include "sweep/store/files.hpp"

namespace truce {
namespace {

double now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

[[noreturn]] void answer(const std::function<std::string()>& task, int out) {
  // A crash here is expected: neither a core file nor the caller's handlers.
  const rlimit none{0, 0};
  static_cast<void>(::setrlimit(RLIMIT_CORE, &none));
  for (const int number : {SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL}) std::signal(number, SIG_DFL);
  try {
    const std::string text = task();
    for (std::size_t at = 0; at < text.size();) {
      const auto put = ::write(out, text.data() + at, text.size() - at);
      if (put > 0) at += static_cast<std::size_t>(put);
      if (put < 0 && errno != EINTR) ::_exit(1);
    }
  } catch (...) {
    ::_exit(1);
  }
  ::_exit(0);
}

/// All that comes until the other side closes; false if that takes too long.
bool read_until(int in, double end, std::string& text) {
  while (now() < end) {
    pollfd wanted{in, POLLIN, 0};
    if (::poll(&wanted, 1, 100) <= 0) continue;
    char buffer[4096];
    const auto got = ::read(in, buffer, sizeof buffer);
    if (got == 0) return true;
    if (got > 0) text.append(buffer, static_cast<std::size_t>(got));
  }
  return false;
}

}  // namespace

std::optional<std::string> in_child(const std::function<std::string()>& task, double seconds) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) throw FileError("no pipe could be made (too many open files?)", errno);
  const pid_t child = ::fork();
  if (child < 0) throw FileError("no child process could be made (too many processes?)", errno);
  if (child == 0) {
    ::close(ends[0]);
    answer(task, ends[1]);
  }
  ::close(ends[1]);
  std::string text;
  if (!read_until(ends[0], now() + seconds, text)) ::kill(child, SIGKILL);
  ::close(ends[0]);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) return std::nullopt;
  return text;
}

}  // namespace truce
