// A repair between its beginning and its end: what the damaged file is, and what the new one must become.
#pragma once

#include <optional>
#include <string>

#include "sweep/store/manifest.hpp"
#include "sweep/study/plan.hpp"

namespace truce {

/// Where the damaged file is kept until a new one is there.
std::string damaged_path(const std::string& file);

/// What is known of the rows that a repair took from the damaged file.
enum class KeptRows {
  trusted,  ///< their checksums hold; only the content hash can tell more
  refused,  ///< with them the content hash was not the stated one
  none,     ///< nothing was taken
};

/// A repair of `file`, written as the manifest of `damaged_path(file)`.
struct PendingRepair {
  Manifest stated;           ///< of the damaged file; content_hash is "" if nothing states it
  std::string damaged_hash;  ///< SHA-256 of the damaged file as it is now: proves that a repair moved it there
  KeptRows kept = KeptRows::trusted;
};

/// Empty if no repair of `file` has begun. Error(usage) if something else stands where it would be noted.
std::optional<PendingRepair> noted_repair(const std::string& file);
/// Replaces the note durably.
void note_repair(const std::string& file, PendingRepair repair);

/// The noted repair, if the damaged file has been moved; else empty. Never throws because of foreign files.
std::optional<PendingRepair> pending_repair(const std::string& file);
/// The file at `damaged_path` is the one that `repair` moved there. Reads it in full.
bool moved_by(const PendingRepair& repair, const std::string& file);

/// "X is being repaired (...)" if it is, else "".
std::string repair_note(const std::string& file);

/// Of a new result that has no manifest yet, under the study's lock. If a pending repair of the study took rows and
/// states another content hash: removes the new file, notes that the rows are refused, and throws Error(corrupt).
void require_good_rows(const Plan& plan, const std::string& content_hash);

/// Ends a pending repair of the study, whose result is sealed: removes the damaged file if the content hash is the
/// stated one. Otherwise that stays; then returns a warning that says so, else "".
std::string end_repair(const Plan& plan, const std::string& content_hash);

}  // namespace truce
