// Counts, logs, and decides which call goes wrong.
#include "tests/faults/shim/fault.hpp"

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <climits>
#include <csignal>
#include <cstdlib>
#include <filesystem>

namespace truce::faults {
namespace {

std::string setting(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

struct Orders {
  std::string folder = setting("FAULT_FOLDER"), kind = setting("FAULT_KIND"), on = setting("FAULT_ON"),
              name = setting("FAULT_NAME"), path = setting("FAULT_PATH"), rank = setting("FAULT_RANK");
  long call = std::atol(setting("FAULT_CALL").c_str());
  int log = -1;
  std::atomic<long> calls{0};
  std::string fallen{};  ///< name of the call that went wrong

  Orders() {
    const std::string file = setting("FAULT_LOG");
    constexpr int flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC;
    if (!file.empty()) {
      const auto low = static_cast<int>(::syscall(SYS_openat, AT_FDCWD, file.c_str(), flags, 0666));
      log = static_cast<int>(::syscall(SYS_fcntl, low, F_DUPFD_CLOEXEC, 500));  // the low numbers stay as they were
      ::syscall(SYS_close, low);
    }
    if (!rank.empty() && rank != setting("OMPI_COMM_WORLD_RANK")) call = 0;
  }
};

Orders& orders() {
  static Orders state;
  return state;
}

Fault fault_of(const std::string& kind) {
  if (kind == "crash") return Fault::crash;
  if (kind == "torn") return Fault::torn;
  if (kind == "after") return Fault::after;
  if (kind == "stop") return Fault::stop;
  if (kind == "lost") return Fault::lost;
  return kind == "short" ? Fault::brief : Fault::error;
}

}  // namespace

std::string absolute(int folder, const char* path) {
  const std::filesystem::path given(path);
  char here[PATH_MAX] = "";
  if (given.is_relative() && folder == AT_FDCWD && ::syscall(SYS_getcwd, here, sizeof here) < 0) return path;
  const std::filesystem::path base = folder == AT_FDCWD ? std::string(here) : path_of(folder);
  std::string all = (base / given).lexically_normal().string();
  if (all.size() > 1 && all.ends_with('/')) all.pop_back();
  return all;
}

std::string path_of(int fd) {
  char path[PATH_MAX];
  const std::string link = "/proc/self/fd/" + std::to_string(fd);
  const long size = ::syscall(SYS_readlinkat, AT_FDCWD, link.c_str(), path, sizeof path);
  return size > 0 ? std::string(path, static_cast<std::size_t>(size)) : std::string();
}

bool is_watched(const Call& call) {
  const std::string& folder = orders().folder;
  return !folder.empty() && (call.path == folder || call.path.starts_with(folder + "/"));
}

Fault judge(const Call& call, int& code) {
  Orders& all = orders();
  code = std::atoi(all.kind.c_str());
  if (!all.fallen.empty() && !all.on.empty() && (all.on == "all" || all.fallen == call.name)) return fault_of(all.kind);
  if (!all.name.empty() && all.name != call.name) return Fault::none;
  if (!all.path.empty() && call.path.find(all.path) == std::string::npos) return Fault::none;
  if (++all.calls != all.call) return Fault::none;
  all.fallen = call.name;
  return fault_of(all.kind);
}

void log(const Call& call, long result) {
  if (orders().log < 0) return;
  constexpr std::string_view digits = "0123456789abcdef";
  std::string line(call.name);
  line.append("\t").append(call.path).append("\t").append(call.other);
  line.append("\t").append(std::to_string(call.offset)).append("\t").append(std::to_string(result)).append("\t");
  if (call.writes && result > 0) {
    const auto* bytes = static_cast<const unsigned char*>(call.bytes);
    for (long i = 0; i < result; ++i) (line += digits[bytes[i] >> 4]) += digits[bytes[i] & 15];
  }
  line += '\n';
  ::syscall(SYS_write, orders().log, line.data(), line.size());
}

void crash() {
  ::syscall(SYS_kill, ::syscall(SYS_getpid), SIGKILL);
  std::abort();
}

void stop() { ::syscall(SYS_kill, ::syscall(SYS_getpid), SIGSTOP); }

}  // namespace truce::faults
