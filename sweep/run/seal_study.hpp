// From a study whose blocks are all committed to its result file, manifest and codebook.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sweep/run/phases.hpp"
#include "sweep/store/attempt.hpp"
#include "sweep/store/journal.hpp"
#include "sweep/store/seal.hpp"
#include "sweep/study/plan.hpp"

namespace truce {

StudyId study_id_of(const Plan& plan);

/// Root attributes of the result file, but for its content hash.
std::vector<Attribute> root_attributes(const Plan& plan);

/// Compares a result file with its manifest, where both exist, before anything of it is parsed: HDF5 may crash or hang
/// on a damaged file. Throws Error(corrupt) if it was changed after it was sealed.
void require_stated_bytes(const std::filesystem::path& file, const Tell& tell);

/// True if the result file exists, is whole and belongs to this study; false if there is none. Throws Error(usage) with
/// the difference if it belongs to another study, or if a link to nothing has its name; Error(corrupt) if it is no
/// result file or was changed.
bool require_free_or_same(const Plan& plan, const Tell& tell);

/// As require_stated_bytes; then opens the file and compares its columns with the content hash. Throws Error(corrupt)
/// if it was changed after it was sealed.
void require_whole(const std::filesystem::path& file, const Tell& tell);

/// What the manifest says of the attempt that sealed; none of it is in the result file.
struct Circumstances {
  std::uint32_t attempt = 0;
  int ranks = 1;
  std::vector<std::string> hosts;  ///< of the ranks, each once
  std::vector<std::string> codes;  ///< that they ran, each once; none if it only sealed
  double begun = 0;                ///< seconds since 1970
};

/// A study that is sealed, verified and has nothing left to do.
struct Finished {
  std::string content_hash;
  std::uint64_t bytes = 0;
  std::string warning;  ///< "" unless journals could not be removed or a damaged file stays; the result is good
};

/// Removes what earlier attempts on this study left half written. Only under its lock.
void remove_leftovers(const Plan& plan);

/// Scans, compares overlaps, seals, writes manifest and codebook, and removes the journals (with the lock, which ends
/// here) once all of that stands; ends a pending repair. Throws Error(incomplete), naming what is missing, if anything
/// is; Error(corrupt), and keeps the journals, if rows that a repair kept are not good.
Finished seal_study(const Plan& plan, const Circumstances& circumstances, std::unique_ptr<LiveLock> lock,
                    const Tell& tell);

/// For a study whose result file is there: compares it with its manifest, and makes what a seal that was cut off did
/// not come to: manifest, codebook, removal of the journals, end of a repair. Empty if there is no result file. Takes
/// the lock only if something is to be made and `lock` is null. Errors as require_free_or_same; Error(corrupt) if the
/// file is not what its manifest or its own content hash says.
std::optional<Finished> finish_sealed(const Plan& plan, const Circumstances& circumstances,
                                      std::unique_ptr<LiveLock>& lock, const Tell& tell);

}  // namespace truce
