// flock on a file that tells its holder; or a file whose time its holder renews.
#include "sweep/store/held_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <span>

namespace truce {
namespace {

constexpr std::time_t stale_seconds = 60, beat_seconds = 10;

using Taken = HeldFile::Taken;

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

bool is_same(const struct stat& a, const struct stat& b) { return a.st_dev == b.st_dev && a.st_ino == b.st_ino; }

/// False if `path` no longer names the open file: a run that ended well has removed it, lock and all.
bool names(const std::filesystem::path& path, int fd) {
  struct stat open {
  }, named{};
  return ::fstat(fd, &open) == 0 && ::stat(path.c_str(), &named) == 0 && is_same(open, named);
}

std::string this_holder() {
  return "host " + host_name() + ", process " + std::to_string(::getpid()) + " started " +
         std::to_string(std::time(nullptr)) + "\n";
}

/// Tells one file at one renewal from all others in that place, also where inode numbers are used again; empty: no file.
std::string incarnation_of(const std::filesystem::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return "";
  return std::to_string(status.st_ino) + "." + std::to_string(status.st_mtim.tv_sec) + "." +
         std::to_string(status.st_mtim.tv_nsec);
}

/// Removes a stale holder's file, unless another starter does. Between a look at it and its removal another may have put its
/// own there: so whoever removes it holds a claim named after what it judged, and looks again under the claim. A claim is
/// held for an instant; a stale one is of a process that died in that instant.
void drop_stale(const std::filesystem::path& path) {
  const std::string judged = incarnation_of(path);
  if (judged.empty() || is_fresh(path)) return;
  const std::filesystem::path claim = path.string() + ".stale." + judged;
  if (publish_once(claim, this_holder())) {
    if (incarnation_of(path) == judged) ::unlink(path.c_str());
  } else if (is_fresh(claim)) {
    return;
  }
  ::unlink(claim.c_str());
}

}  // namespace

HeldFile::Taken HeldFile::take(const std::filesystem::path& path, Use use) {
  path_ = path;
  by_age_ = told_ = false;
  file_ = Descriptor(path, O_RDWR | O_CREAT);
  const Taken taken = take_flock(file_.get(), use == Use::alone ? LOCK_EX : LOCK_SH);
  if (taken == Taken::unsupported) return taken;
  return names(path, file_.get()) ? taken : Taken::moved;
}

void HeldFile::tell_holder() {
  const std::string holder = this_holder();
  if (::ftruncate(file_.get(), 0) != 0) throw_write_error(path_.string(), holder.size(), errno);
  told_ = true;
  write_all(file_.get(), path_.string(), std::as_bytes(std::span(holder)), 0);
  sync_data(file_.get(), path_.string());
  beaten_ = std::time(nullptr);
}

// Temporary and link: of many that start at once one wins, and no file without a holder's name is ever seen.
HeldFile::Taken HeldFile::take_by_age(const std::filesystem::path& path) {
  file_.reset();
  path_ = path;
  if (!publish_once(path, this_holder())) {
    if (is_fresh(path)) return Taken::no;
    drop_stale(path);
    return Taken::moved;
  }
  file_ = Descriptor(path, O_RDWR);
  by_age_ = true;
  beaten_ = std::time(nullptr);
  return Taken::yes;
}

void HeldFile::release() {
  if (file_ && by_age_ && names(path_, file_.get())) ::unlink(path_.c_str());
  // An empty file tells hosts without flock that nobody is live; a failure only delays the next run.
  if (file_ && told_) static_cast<void>(!::ftruncate(file_.get(), 0));
  file_.reset();
  by_age_ = told_ = false;
}

void HeldFile::require_held() const {
  if (!file_ || names(path_, file_.get())) return;
  throw Error(Exit::io, "another run took over " + path_.parent_path().string() +
                            " (this one was silent for more than a minute); what it committed is kept: wait for the "
                            "other, or run the same command again");
}

void HeldFile::beat() {
  const std::time_t now = std::time(nullptr);
  if (now - beaten_ < beat_seconds) return;
  beaten_ = now;
  if (by_age_) require_held();
  if (::futimens(file_.get(), nullptr) != 0) throw_write_error(path_.string(), 0, errno);
}

bool is_fresh(const std::filesystem::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return false;
  return status.st_size > 0 && std::time(nullptr) - status.st_mtime < stale_seconds;
}

bool is_held(const std::filesystem::path& path) {
  if (path.extension() == ".held") return is_fresh(path);
  if (!std::filesystem::exists(path)) return false;
  const Descriptor file(path, O_RDONLY);
  const Taken taken = take_flock(file.get(), LOCK_SH);
  return taken == Taken::no || (taken == Taken::unsupported && is_fresh(path));
}

Holder holder_of(const std::filesystem::path& path) {
  const std::string text = read_text(path);
  const auto after = [&](std::string_view mark, char end) {
    const std::size_t at = text.find(mark);
    if (at == std::string::npos) return std::string();
    return text.substr(at + mark.size(), text.find(end, at + mark.size()) - at - mark.size());
  };
  return {after("host ", ','), std::strtoll(after(", process ", ' ').c_str(), nullptr, 10),
          static_cast<std::time_t>(std::strtoll(after(" started ", '\n').c_str(), nullptr, 10))};
}

std::string to_text(const Holder& holder) {
  if (holder.started == 0) return "for an unknown time";
  return "host " + holder.host + ", process " + std::to_string(holder.process) + ", for " +
         age_text(std::time(nullptr) - holder.started);
}

}  // namespace truce
