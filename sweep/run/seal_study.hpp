// From a study whose blocks are all committed to its result file, manifest and codebook.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sweep/store/journal.hpp"
#include "sweep/store/seal.hpp"
#include "sweep/study/plan.hpp"

namespace truce {

StudyId study_id_of(const Plan& plan);

/// True if the result file exists, is whole and belongs to this study; false if there is none. Throws Error(usage) with
/// the difference if it belongs to another study, Error(corrupt) if it is no result file.
bool require_free_or_same(const Plan& plan);

/// The content hash that a sealed file states.
std::string content_hash_in(const std::string& file);

/// What the manifest says of the attempt that sealed; none of it is in the result file.
struct Circumstances {
  std::uint32_t attempt = 0;
  int ranks = 1;
  std::vector<std::string> hosts;  ///< of the ranks, each once
  double begun = 0;                ///< seconds since 1970
};

/// Scans, compares overlaps, seals, writes manifest and codebook, and removes the journals once all of that stands.
/// Throws Error(incomplete), naming what is missing, if anything is.
Sealed seal_study(const Plan& plan, const Circumstances& circumstances);

}  // namespace truce
