// Who may work on a study beside whom: a whole run alone, shares beside each other, each share once.
#include <algorithm>
#include <cerrno>
#include <chrono>
#include <thread>
#include <vector>

#include "sweep/store/attempt.hpp"

namespace truce {
namespace {

namespace fs = std::filesystem;
using Taken = HeldFile::Taken;
using Use = HeldFile::Use;

constexpr int most_tries = 1000, patient_tries = 5;  // 1 ms apart

/// The file that a whole run, or a share, holds alone.
fs::path own_path(const fs::path& folder, const std::optional<Share>& share) {
  return folder / (share ? "live." + name_of(*share) : "live");
}
fs::path by_age(const fs::path& path) { return path.string() + ".held"; }

/// The share that a file of either kind belongs to; empty for `live` and for what is no lock.
std::optional<Share> share_of_file(const fs::path& path) {
  const std::string name = path.filename().string();
  if (!name.starts_with("live.")) return std::nullopt;
  const std::string_view rest = std::string_view(name).substr(5);
  return share_of(rest.ends_with(".held") ? rest.substr(0, rest.size() - 5) : rest);
}

std::vector<fs::path> share_files(const fs::path& folder) {
  std::vector<fs::path> paths;
  std::error_code vanished;
  for (const auto& entry : fs::directory_iterator(folder, vanished))
    if (share_of_file(entry.path())) paths.push_back(entry.path());
  return paths;
}

[[noreturn]] void refuse(const fs::path& path) {
  const std::optional<Share> share = share_of_file(path);
  const std::string holder = holder_of(path);
  throw LockedError("another run" + (share ? " (share " + to_text(*share) + ")" : "") + " works on " +
                    path.parent_path().string() + " (" + (holder.empty() ? "for an unknown time" : holder) +
                    "); wait for it or end it, then run the same command again, or help it with truce run --join");
}

/// Throws if a job that may not be live beside this one holds by age. A host without flock cannot ask those that have
/// it: for it their files count by age too. This job's own file stands already, so that of two that start at once at
/// least one sees the other.
void refuse_if_any_is_fresh(const fs::path& folder, const std::optional<Share>& share, LockBy by) {
  const fs::path own = own_path(folder, share);
  std::vector<fs::path> rivals{folder / "live", by_age(folder / "live"), own, by_age(own)};
  if (!share) {
    const auto shares = share_files(folder);
    rivals.insert(rivals.end(), shares.begin(), shares.end());
  }
  for (const fs::path& path : rivals) {
    const bool counts = by == LockBy::age ? path != by_age(own) : path.extension() == ".held";
    if (counts && is_fresh(path)) refuse(path);
  }
}

/// After `live` was refused to a whole run: to name the share that holds it, if it is one.
[[noreturn]] void refuse_for_shares(const fs::path& folder) {
  for (const fs::path& path : share_files(folder))
    if (is_held(path)) refuse(path);
  refuse(folder / "live");
}

}  // namespace

LiveLock::LiveLock(const fs::path& folder, LockBy by, const std::optional<Share>& share) : share_(share) {
  for (int tries = 0; tries < most_tries; ++tries) {
    try {
      make_folder(folder);
      if (by == LockBy::flock ? take(folder, tries) : take_by_age(folder)) return;
    } catch (const FileError& error) {
      if (error.code() != ENOENT) throw;  // else the last run is just removing the folder
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  throw Error(Exit::io, "the lock in " + folder.string() +
                            " cannot be taken (its file changes all the time); see who works there, then run again");
}

bool LiveLock::take(const fs::path& folder, int tries) {
  const bool patient = tries < patient_tries;  // a look of `status` holds a lock for a moment, too
  if (share_) {
    const Taken taken = together_.take(folder / "live", Use::together);
    if (taken == Taken::unsupported) return take_by_age(folder);
    if (taken == Taken::moved || (taken == Taken::no && patient)) return false;
    if (taken == Taken::no) refuse(folder / "live");
  }
  const fs::path path = own_path(folder, share_);
  const Taken taken = own_.take(path, Use::alone);
  if (taken == Taken::unsupported) return take_by_age(folder);
  if (taken == Taken::moved || (taken == Taken::no && patient)) return false;
  if (taken == Taken::no) share_ ? refuse(path) : refuse_for_shares(folder);
  own_.tell_holder();
  refuse_if_any_is_fresh(folder, share_, LockBy::flock);
  return true;
}

bool LiveLock::take_by_age(const fs::path& folder) {
  together_.release();
  const fs::path path = by_age(own_path(folder, share_));
  const Taken taken = own_.take_by_age(path);
  if (taken == Taken::no) refuse(path);
  if (taken != Taken::yes) return false;
  refuse_if_any_is_fresh(folder, share_, LockBy::age);
  return true;
}

bool is_live(const fs::path& folder) {
  if (!fs::is_directory(folder)) return false;
  if (is_held(by_age(folder / "live")) || is_held(folder / "live")) return true;
  const std::vector<fs::path> shares = share_files(folder);
  return std::any_of(shares.begin(), shares.end(), is_held);
}

}  // namespace truce
