// The lock of the live run: flock, which the kernel drops when the process dies in any way; else a file with an age.
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <ctime>
#include <thread>

#include "sweep/store/attempt.hpp"

namespace truce {
namespace {

constexpr std::time_t stale_seconds = 60, beat_seconds = 10;
constexpr int most_tries = 1000, patient_tries = 5;  // 1 ms apart

enum class Taken { yes, no, unsupported };

Taken take_flock(int fd, int how) {
  int result = 0;
  do {
    result = ::flock(fd, how | LOCK_NB);
  } while (result != 0 && errno == EINTR);
  if (result == 0) return Taken::yes;
  return errno == EWOULDBLOCK ? Taken::no : Taken::unsupported;
}

std::string age_text(std::time_t age) {
  if (age < 120) return std::to_string(age) + " s";
  return age < 7200 ? std::to_string(age / 60) + " min" : std::to_string(age / 3600) + " h";
}

/// A file that tells a holder and was renewed within the last minute.
bool is_fresh(const std::filesystem::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return false;
  return status.st_size > 0 && std::time(nullptr) - status.st_mtime < stale_seconds;
}

bool is_same(const struct stat& a, const struct stat& b) { return a.st_dev == b.st_dev && a.st_ino == b.st_ino; }

/// False if `path` no longer names the open file: a run that ended well has removed it, lock and all.
bool names(const std::filesystem::path& path, int fd) {
  struct stat open {
  }, named{};
  return ::fstat(fd, &open) == 0 && ::stat(path.c_str(), &named) == 0 && is_same(open, named);
}

/// Removes a stale holder's file. Should it be renewed by another starter meanwhile, it is put back.
void drop_stale(const std::filesystem::path& path) {
  struct stat judged {
  }, moved{};
  if (::stat(path.c_str(), &judged) != 0 || is_fresh(path)) return;
  const std::string aside = path.string() + ".stale." + host_name() + "." + std::to_string(::getpid());
  if (::rename(path.c_str(), aside.c_str()) != 0) return;
  const bool other = ::stat(aside.c_str(), &moved) == 0 && !is_same(judged, moved);
  if (other) static_cast<void>(!::link(aside.c_str(), path.c_str()));  // its holder looks for it at every beat
  ::unlink(aside.c_str());
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

std::string this_holder() {
  return "host " + host_name() + ", process " + std::to_string(::getpid()) + " started " +
         std::to_string(std::time(nullptr)) + "\n";
}

std::filesystem::path held_path(const std::filesystem::path& folder) { return folder / "live.held"; }

}  // namespace

LiveLock::LiveLock(const std::filesystem::path& folder, LockBy by) {
  for (int tries = 0; tries < most_tries; ++tries) {
    try {
      make_folder(folder);
      if (by == LockBy::flock ? take(folder, tries) : take_file(folder)) return;
    } catch (const FileError& error) {
      if (error.code() != ENOENT) throw;  // else the last run is just removing the folder
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  throw Error(Exit::io, "the lock in " + folder.string() +
                            " cannot be taken (its file changes all the time); see who works there, then run again");
}

bool LiveLock::take(const std::filesystem::path& folder, int tries) {
  path_ = folder / "live";
  file_ = Descriptor(path_, O_RDWR | O_CREAT);
  const Taken taken = take_flock(file_.get(), LOCK_EX);
  if (taken == Taken::unsupported) return take_file(folder);
  // A look of `status` holds the lock for a moment, too.
  if (!names(path_, file_.get()) || (taken == Taken::no && tries < patient_tries)) return false;
  if (taken == Taken::no) refuse(path_);
  if (is_fresh(held_path(folder))) refuse(held_path(folder));
  const std::string holder = this_holder();
  if (::ftruncate(file_.get(), 0) != 0) throw_write_error(path_.string(), holder.size(), errno);
  write_all(file_.get(), path_.string(), std::as_bytes(std::span(holder)), 0);
  sync_data(file_.get(), path_.string());
  beaten_ = std::time(nullptr);
  return true;
}

// Temporary and link: of many that start at once one wins, and no file without a holder's name is ever seen.
bool LiveLock::take_file(const std::filesystem::path& folder) {
  if (is_fresh(folder / "live")) refuse(folder / "live");
  path_ = held_path(folder);
  if (!publish_once(path_, this_holder())) {
    if (is_fresh(path_)) refuse(path_);
    drop_stale(path_);
    return false;
  }
  file_ = Descriptor(path_, O_RDWR);
  by_age_ = true;
  beaten_ = std::time(nullptr);
  return true;
}

LiveLock::~LiveLock() {
  if (!file_) return;
  if (by_age_) {
    if (names(path_, file_.get())) ::unlink(path_.c_str());
  } else {
    // An empty file tells hosts without flock that nobody is live; a failure only delays the next run.
    static_cast<void>(!::ftruncate(file_.get(), 0));
  }
}

void LiveLock::beat() {
  const std::time_t now = std::time(nullptr);
  if (now - beaten_ < beat_seconds) return;
  beaten_ = now;
  if (by_age_ && !names(path_, file_.get())) {
    throw Error(Exit::io, "another run took over " + path_.parent_path().string() +
                              " (this one was silent for more than a minute); what it committed is kept: wait for the "
                              "other, or run the same command again");
  }
  if (::futimens(file_.get(), nullptr) != 0) throw_write_error(path_.string(), 0, errno);
}

bool is_live(const std::filesystem::path& folder) {
  const std::filesystem::path path = folder / "live";
  if (is_fresh(held_path(folder))) return true;
  if (!std::filesystem::exists(path)) return false;
  const Descriptor file(path, O_RDONLY);
  const Taken taken = take_flock(file.get(), LOCK_SH);
  return taken == Taken::no || (taken == Taken::unsupported && is_fresh(path));
}

}  // namespace truce
