// What a damaged result file has lost: columns and rows whose checksums fail or that are not what the study gives.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "sweep/base/units.hpp"
#include "sweep/store/result.hpp"
#include "sweep/study/plan.hpp"

namespace truce {

struct Damage {
  struct Piece {
    std::string column;
    Range rows;
    Range points{
        0, 0};  ///< base points whose runs it holds; none for inputs and fixed columns, which follow from the study
  };
  /// Not "": why nothing of the file can be used.
  std::string whole;
  /// What cannot be read, or is a fixed column with other values, in file order. Empty does not mean undamaged: a
  /// column of which number and checksum were changed together looks whole.
  std::vector<Piece> pieces;
};

/// Reads every column of the layout of `plan`.
Damage find_damage(Result& result, const Plan& plan);

/// The same of a file, in a child process that may crash. The plan is that of the file itself unless one is given.
Damage examine(const std::filesystem::path& file, const std::optional<Plan>& plan);

/// Throws Error(usage), saying what to name instead, of an analysis, a calibration or a ledger: these have no study of
/// their own. Looked at in a child process that may crash; nothing can be said of one that is damaged.
void require_no_answers(const std::filesystem::path& file);

/// Of base points 0..points-1 those that no piece touches, in order.
std::vector<Range> whole_points(std::int64_t points, const Damage& damage);

/// One line a piece, each after a line break: "war_months, rows 0 to 4095 (base points 0 to 4095)"; at most ten.
std::string damage_text(const Damage& damage);

}  // namespace truce
