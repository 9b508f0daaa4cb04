// Who works on a study, and on what: attempt numbers, the lock of the live run, the published plan.
#pragma once

#include <cstdint>
#include <ctime>
#include <filesystem>
#include <optional>
#include <string>

#include "sweep/store/files.hpp"
#include "sweep/store/journal.hpp"

namespace truce {

/// `<file>.journal`.
std::filesystem::path journal_folder(const std::filesystem::path& file);
/// `<folder>/attempt-NNNN`.
std::filesystem::path attempt_folder(const std::filesystem::path& folder, std::uint32_t attempt);
/// The number of a folder named attempt-NNNN, else empty.
std::optional<std::uint32_t> attempt_number(const std::filesystem::path& path);
/// Highest attempt number below `folder`, 0 if none.
std::uint32_t last_attempt(const std::filesystem::path& folder);

/// How a live run is told from a dead one: by flock where it works, else by the age of a file.
enum class LockBy { flock, age };

/// Held by rank 0 of a live run: flock on `<folder>/live`, which tells host, process and start. Where flock is not
/// supported, the age of `<folder>/live.held` decides: a holder must call `beat` at least every 30 s. A sealed study's
/// folder is removed, lock and all: look under the lock whether the study still needs anything.
class LiveLock {
 public:
  /// Makes the folder if there is none. Throws Error(usage) naming host, process and age if another run is live.
  explicit LiveLock(const std::filesystem::path& folder, LockBy by = LockBy::flock);
  ~LiveLock();
  LiveLock(const LiveLock&) = delete;
  LiveLock& operator=(const LiveLock&) = delete;
  /// Renews the file's time every 10 s; cheap otherwise. Throws Error(io) if another run took the lock over.
  void beat();

 private:
  bool take(const std::filesystem::path& folder, int tries);
  bool take_file(const std::filesystem::path& folder);
  Descriptor file_;
  std::filesystem::path path_;
  bool by_age_ = false;
  std::time_t beaten_ = 0;
};

/// True if a run holds `<folder>/live` now; looking changes nothing.
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
