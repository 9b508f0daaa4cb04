// What a damaged file still is: of which study, with which rows, and whether it may be taken for a result at all.
#pragma once

#include <filesystem>
#include <optional>

#include "sweep/run/damage.hpp"
#include "sweep/run/pending_repair.hpp"
#include "sweep/store/attempt.hpp"
#include "sweep/store/result.hpp"
#include "sweep/study/plan.hpp"

namespace truce {

/// Throws Error(usage) if `file` is there and is no ordinary file: a folder, a link, a device.
void require_ordinary(const std::filesystem::path& file);

/// The manifest beside a file; empty if there is none that can be read.
std::optional<Manifest> readable_manifest(const std::filesystem::path& file);

/// A damaged file and its manifest, as far as they can be read.
class Salvage {
 public:
  /// Reads the file and changes nothing; says on the standard error what is damaged. `study` is needed where the file
  /// does not tell its own. Errors: Error(corrupt) if neither tells the study; Error(usage) if the file is of another
  /// study, or nothing shows that it ever was a result: no manifest names this study, the file does not either, and it
  /// is not what is left of an HDF5 file (the signature, or nothing at all).
  Salvage(const std::filesystem::path& file, const std::optional<Plan>& study);

  /// Its `file` is the damaged one.
  const Plan& plan() const { return plan_; }
  /// The note of a repair that begins with this file; reads it in full.
  PendingRepair to_repair() const;
  /// Commits the rows that are good, and not in the journals of `plan.file` yet, as an attempt of their own. Only under
  /// its lock.
  void import_into(const Plan& plan, LiveLock& lock);

 private:
  void require_same_study();
  std::vector<Range> good_points() const;

  std::filesystem::path file_;
  std::optional<Manifest> manifest_;
  Damage damage_;
  std::optional<Result> result_;
  std::string named_;  ///< study id that the file states, "" if it does not call itself a result
  Plan plan_;
};

}  // namespace truce
