// Asks the environment first and squeue second; a squeue that is missing, fails or hangs costs a warning only.
#include "sweep/run/time_left.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <csignal>
#include <thread>

#include "sweep/run/block_run.hpp"
#include "sweep/study/values.hpp"

namespace truce {
namespace {

std::optional<double> whole_number(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (fault != std::errc{} || end != text.data() + text.size() || value < 0) return std::nullopt;
  return static_cast<double>(value);
}

/// A child process whose standard output is read, in a process group of its own.
class Child {
 public:
  /// `words` end with a nullptr.
  explicit Child(const char* const* words) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) return;
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
    if (::posix_spawnp(&pid_, words[0], &actions, &attributes, const_cast<char* const*>(words), environ) != 0) pid_ = 0;
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    ::close(ends[1]);
    out_ = ends[0];
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  /// Ends the child's whole group. Whoever cannot even be killed is not waited for.
  ~Child() {
    if (out_ >= 0) ::close(out_);
    if (pid_ <= 0) return;
    ::kill(-pid_, SIGKILL);
    for (int tries = 0; tries < 100 && ::waitpid(pid_, nullptr, WNOHANG) == 0; ++tries)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  bool started() const { return pid_ > 0; }

  /// What it says until it closes its output; nothing if that takes longer than `seconds`.
  std::optional<std::string> output(double seconds) const {
    std::string text;
    for (const double end = steady_seconds() + seconds; steady_seconds() < end;) {
      pollfd wanted{out_, POLLIN, 0};
      if (::poll(&wanted, 1, 100) <= 0) continue;
      char buffer[256];
      const auto got = ::read(out_, buffer, sizeof buffer);
      if (got == 0) return text;
      if (got > 0 && text.size() < sizeof buffer) text.append(buffer, static_cast<std::size_t>(got));
    }
    return std::nullopt;
  }

 private:
  pid_t pid_ = 0;
  int out_ = -1;
};

/// As squeue takes it; by its number alone the last task of an array would stand for all of them.
std::string job_name(const Environment& environment) {
  const char *array = environment("SLURM_ARRAY_JOB_ID"), *task = environment("SLURM_ARRAY_TASK_ID");
  if (array != nullptr && task != nullptr) return std::string(array) + "_" + task;
  return environment("SLURM_JOB_ID");
}

TimeLeft limit(double seconds) {
  constexpr double least = 5, most = 45;
  return {std::max(0.0, seconds - std::clamp(seconds / 10, least, most)), "the time limit of the Slurm job", ""};
}

TimeLeft unknown(const std::string& job, const std::string& why) {
  return {std::numeric_limits<double>::infinity(), "",
          "the time left to Slurm job " + job + " is not known (" + why +
              "); the run does not stop by itself: give --max-seconds, or let Slurm send SIGUSR1 before the end "
              "(#SBATCH --signal)"};
}

}  // namespace

std::optional<double> parse_time_left(std::string_view text) {
  text = trim(text);
  if (text == "UNLIMITED") return std::numeric_limits<double>::infinity();
  if (text == "INVALID") return 0.0;
  double seconds = 0;
  const std::size_t dash = text.find('-');
  if (dash != std::string_view::npos) {
    const auto days = whole_number(text.substr(0, dash));
    if (!days) return std::nullopt;
    seconds = *days * 24;
    text.remove_prefix(dash + 1);
  }
  int parts = 0;
  for (bool more = true; more; ++parts) {
    const std::size_t colon = text.find(':');
    more = colon != std::string_view::npos;
    const auto part = whole_number(text.substr(0, colon));
    if (!part || (parts > 0 && *part >= 60)) return std::nullopt;
    seconds = parts == 0 ? seconds + *part : seconds * 60 + *part;
    if (more) text.remove_prefix(colon + 1);
  }
  const bool whole = dash == std::string_view::npos ? parts == 2 || parts == 3 : parts == 3;
  return whole ? std::optional(seconds) : std::nullopt;
}

TimeLeft slurm_time_left(const Environment& environment, double now, double patience) {
  if (environment("SLURM_JOB_ID") == nullptr) return {};
  const std::string job = job_name(environment);
  if (const char* end = environment("SLURM_JOB_END_TIME"))
    if (const auto seconds = whole_number(end)) return limit(*seconds - now);
  const char* const words[] = {"squeue", "-h", "-j", job.c_str(), "-o", "%L", nullptr};
  const Child squeue(words);
  if (!squeue.started()) return unknown(job, "squeue cannot be started");
  const auto said = squeue.output(patience);
  if (!said) return unknown(job, "squeue did not answer within " + spell(patience) + " s");
  const auto seconds = parse_time_left(*said);
  if (!seconds) return unknown(job, "squeue says '" + std::string(trim(*said)) + "'");
  return *seconds == std::numeric_limits<double>::infinity() ? TimeLeft{} : limit(*seconds);
}

}  // namespace truce
