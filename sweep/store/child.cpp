// fork or posix_spawn, a pipe for the answer, and a time limit.
#include "sweep/store/child.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <limits>
#include <thread>

#include "sweep/base/steady_seconds.hpp"
#include "sweep/store/files.hpp"

namespace truce {
namespace {

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

struct Pipe {
  Pipe() {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) throw FileError("no pipe could be made (too many open files?)", errno);
    out = Descriptor(ends[0]);
    in = Descriptor(ends[1]);
  }
  Descriptor out, in;  ///< to read from, to write to
};

/// A process whose output is read; it is ended with the object.
class Child {
 public:
  explicit Child(const std::function<std::string()>& task) : pid_(::fork()) {
    if (pid_ < 0) throw FileError("no child process could be made (too many processes?)", errno);
    if (pid_ == 0) {
      pipe_.out.reset();
      answer(task, pipe_.in.get());
    }
    pipe_.in.reset();
  }
  /// In a process group of its own, so that what it starts in turn is ended, too.
  explicit Child(std::vector<std::string> words) : group_(true) {
    std::vector<char*> pointers;
    for (std::string& word : words) pointers.push_back(word.data());
    pointers.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, pipe_.in.get(), 1);
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
    const int fault = ::posix_spawnp(&pid_, pointers[0], &actions, &attributes, pointers.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    if (fault != 0) throw FileError(words[0] + " cannot be started (is it on PATH?)", fault);
    pipe_.in.reset();
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  /// Whoever cannot even be killed is not waited for.
  ~Child() {
    pipe_.out.reset();
    if (pid_ == 0) return;
    ::kill(group_ ? -pid_ : pid_, SIGKILL);
    for (int tries = 0; tries < 100 && ::waitpid(pid_, nullptr, WNOHANG) == 0; ++tries)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }

  /// The first `most` bytes of all that it says until it closes its output; nothing if that takes too long.
  std::optional<std::string> output(double seconds, std::size_t most) const {
    std::string text;
    for (const double end = steady_seconds() + seconds; steady_seconds() < end;) {
      pollfd wanted{pipe_.out.get(), POLLIN, 0};
      if (::poll(&wanted, 1, 100) <= 0) continue;
      char buffer[4096];
      const auto got = ::read(pipe_.out.get(), buffer, sizeof buffer);
      if (got == 0) return text;
      if (got > 0) text.append(buffer, std::min(static_cast<std::size_t>(got), most - text.size()));
    }
    return std::nullopt;
  }

  /// Waits for its end; whether that was exit code 0.
  bool succeeds() {
    int status = 0;
    while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    pid_ = 0;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
  }

 private:
  Pipe pipe_;
  bool group_ = false;
  pid_t pid_ = 0;  ///< 0 once it has been waited for
};

}  // namespace

std::optional<std::string> in_child(const std::function<std::string()>& task, double seconds) {
  Child child(task);
  auto text = child.output(seconds, std::numeric_limits<std::size_t>::max());
  return text && child.succeeds() ? text : std::nullopt;
}

std::optional<std::string> output_of(std::vector<std::string> words, double seconds) {
  constexpr std::size_t most = 256;
  return Child(std::move(words)).output(seconds, most);
}

}  // namespace truce
