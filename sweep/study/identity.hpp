// Identity of a study: the canonical text of all that decides bytes, and its SHA-256 with the numeric fingerprint.
#pragma once

#include <string>

#include "sweep/study/plan.hpp"

namespace truce {

/// Version of the canonical text and of the result file.
inline constexpr int format_version = 1;

/// Fills canonical, row_canonical, study_id and row_id from the other members.
void set_identity(Plan& plan);

/// The canonical text: a study file that plan_from_canonical reads back. Every input is spelled out, so that the
/// kernel's defaults may change without changing what the text means. `rows_only` leaves out what says how many
/// points and replicates there are.
std::string canonical_text(const Plan& plan, bool rows_only);

/// SHA-256 (hex) over 4,096 results of each math function and of each marginal's quantile (beta: 256 for each of two
/// shapes): two builds of equal fingerprint give the same designs.
std::string numeric_fingerprint();

/// What differs between two canonical texts, one key a line: "study.seed: 1 against 2". "" if nothing does.
std::string identity_difference(const std::string& canonical_a, const std::string& canonical_b);

}  // namespace truce
