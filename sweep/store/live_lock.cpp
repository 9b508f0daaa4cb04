// The lock of the live run: flock, which the kernel drops when the process dies in any way.
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <ctime>

#include "sweep/store/attempt.hpp"

namespace truce {
namespace {

constexpr std::time_t stale_seconds = 60;

enum class Taken { yes, no, unsupported };

Taken take_lock(int fd) {
  int result = 0;
  do {
    result = ::flock(fd, LOCK_EX | LOCK_NB);
  } while (result != 0 && errno == EINTR);
  if (result == 0) return Taken::yes;
  return errno == EWOULDBLOCK ? Taken::no : Taken::unsupported;
}

std::string age_text(std::time_t age) {
  if (age < 120) return std::to_string(age) + " s";
  return age < 7200 ? std::to_string(age / 60) + " min" : std::to_string(age / 3600) + " h";
}

/// Without flock: a file that tells a holder and was renewed within the last minute.
bool is_fresh(const std::filesystem::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return false;
  return status.st_size > 0 && std::time(nullptr) - status.st_mtime < stale_seconds;
}

[[noreturn]] void refuse(const std::filesystem::path& path) {
  const std::string holder = read_text(path);
  const std::size_t end = holder.find(" started ");
  std::string age = "an unknown time";
  if (end != std::string::npos) {
    age = age_text(std::time(nullptr) - static_cast<std::time_t>(std::strtoll(holder.c_str() + end + 9, nullptr, 10)));
  }
  throw Error(Exit::usage, "another run works on " + path.parent_path().string() + " (" + holder.substr(0, end) +
                               ", for " + age + "); wait for it or end it, then run the same command again");
}

}  // namespace

LiveLock::LiveLock(const std::filesystem::path& folder) : path_(folder / "live") {
  make_folder(folder);
  file_ = Descriptor(path_, O_RDWR | O_CREAT);
  const Taken taken = take_lock(file_.get());
  if (taken == Taken::no || (taken == Taken::unsupported && is_fresh(path_))) refuse(path_);
  const std::string holder = "host " + host_name() + ", process " + std::to_string(::getpid()) + " started " +
                             std::to_string(std::time(nullptr)) + "\n";
  if (::ftruncate(file_.get(), 0) != 0) throw_write_error(path_.string(), holder.size(), errno);
  write_all(file_.get(), path_.string(), std::as_bytes(std::span(holder)), 0);
  sync_data(file_.get(), path_.string());
}

LiveLock::~LiveLock() {
  // An empty file tells file systems without flock that nobody is live; a failure only delays the next run.
  if (file_) static_cast<void>(!::ftruncate(file_.get(), 0));
}

void LiveLock::beat() {
  if (::futimens(file_.get(), nullptr) != 0) throw_write_error(path_.string(), 0, errno);
}

bool is_live(const std::filesystem::path& folder) {
  const std::filesystem::path path = folder / "live";
  if (!std::filesystem::exists(path)) return false;
  const Descriptor file(path, O_RDONLY);
  int result = 0;
  do {
    result = ::flock(file.get(), LOCK_SH | LOCK_NB);
  } while (result != 0 && errno == EINTR);
  if (result == 0) return false;
  return errno == EWOULDBLOCK || is_fresh(path);
}

}  // namespace truce
