// Who works on a study, and on what: attempt numbers, the lock of the live run, the published plan.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "sweep/base/share.hpp"
#include "sweep/store/files.hpp"
#include "sweep/store/held_file.hpp"
#include "sweep/store/journal.hpp"

namespace truce {

/// `<file>.journal`.
std::filesystem::path journal_folder(const std::filesystem::path& file);
/// `<folder>/attempt-NNNN`, of a share `<folder>/attempt-NNNN.share-3-of-8`: so shares that were computed apart can be
/// copied into one folder.
std::filesystem::path attempt_folder(const std::filesystem::path& folder, std::uint32_t attempt,
                                     const std::optional<Share>& share = {});
/// The number of a folder with such a name, from 0 to 1,000,000, else empty.
std::optional<std::uint32_t> attempt_number(const std::filesystem::path& path);
/// Highest attempt number below `folder`, 0 if none.
std::uint32_t last_attempt(const std::filesystem::path& folder);

/// Another live job has what is asked for: Error(usage) naming host, process and age.
class LockedError : public Error {
 public:
  explicit LockedError(const std::string& text) : Error(Exit::usage, text) {}
};

/// Held by rank 0 of a live job. A whole run (or seal) holds flock on `<folder>/live` alone; shares hold it together,
/// and each its own `<folder>/live.share-3-of-8` alone. Each of these files tells host, process and start. Where flock
/// is not supported, the age of the same name with `.held` behind it decides: a holder must call `beat` at least every
/// 30 s. A sealed study's folder is removed, lock and all: look under the lock whether the study still needs anything.
class LiveLock {
 public:
  /// Makes the folder if there is none. Throws LockedError if a live job stands against it.
  explicit LiveLock(const std::filesystem::path& folder, LockBy by = LockBy::flock,
                    const std::optional<Share>& share = {});
  LiveLock(const LiveLock&) = delete;
  LiveLock& operator=(const LiveLock&) = delete;
  /// Renews the file's time every 10 s; cheap otherwise. Throws Error(io) if another run took the lock over.
  void beat() { own_.beat(); }
  /// Throws Error(io) if another run took the lock over: before what only its holder may do.
  void require_held() const { own_.require_held(); }

 private:
  bool take(const std::filesystem::path& folder, int tries);
  bool take_by_age(const std::filesystem::path& folder);
  std::optional<Share> share_;
  HeldFile together_;  ///< of a share: `live`, with the other shares
  HeldFile own_;
};

/// A whole run, or a share, that is at work. Jobs that joined hold no lock and are not seen.
struct LiveJob {
  Holder holder;
  std::optional<Share> share;
};
/// Those that work on `folder` now; looking changes nothing.
std::vector<LiveJob> live_jobs(const std::filesystem::path& folder);
bool is_live(const std::filesystem::path& folder);

/// What the first attempt decided for all later ones.
struct PublishedPlan {
  std::int64_t block = 0;  ///< units a block
  std::string study_id;    ///< hex
  std::string canonical;   ///< canonical study text
};

/// Publishes `plan` as `<folder>/plan` unless there is one; returns the one that stands.
/// Throws Error(usage), with the lines that differ, if it belongs to another study.
PublishedPlan publish_plan(const std::filesystem::path& folder, const PublishedPlan& plan);
/// Empty if none was published; Error(corrupt) if it cannot be read.
std::optional<PublishedPlan> read_plan(const std::filesystem::path& folder);
/// Throws Error(usage), with the lines that differ, unless both have the same study id. `where` names `there`.
void require_same_study(const std::string& where, const PublishedPlan& there, const PublishedPlan& ours);

}  // namespace truce
