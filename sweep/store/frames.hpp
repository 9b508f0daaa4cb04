// From units to rows: which journal frame holds which rows of the study, and whether overlaps agree.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sweep/store/journal.hpp"
#include "sweep/store/layout.hpp"

namespace truce {

/// How units map to rows of the file. With `rows = point` a rows frame covers whole base points; with
/// `rows = run` the rows of base point b, replicate r stand from (b * replicates + r) * members * policies.
struct RowMap {
  std::int64_t chunks = 1;  ///< units per base point
  std::int64_t members = 1;
  std::int64_t policies = 1;
  std::int64_t replicates = 1;
  bool rows_are_runs = false;

  /// First row of a unit; for the unit after the last: the number of rows.
  std::int64_t first_row(std::int64_t unit) const;
  /// Rows of a range of units.
  Range rows(Range units) const;
  /// True if a rows frame may cover this range: whole base points, or any chunks of runs.
  bool is_whole(Range units) const { return rows_are_runs || (units.first % chunks == 0 && units.count % chunks == 0); }
};

/// Reads rows of any Origin::row column from the frames of kind `rows`, wherever they lie. Of frames
/// that overlap the first in scan order serves; `check_overlaps` says whether that matters.
class FrameReader {
 public:
  /// Keeps references; all three must outlive the reader. Throws Error(corrupt) on a frame whose size does not fit.
  FrameReader(const Scan& scan, const Layout& layout, const RowMap& map);
  /// Copies rows [first, first + count) of column number `column` of the layout as far as frames cover
  /// them; returns the ranges of rows that none covers, in order (their bytes in `into` are left alone).
  std::vector<Range> read(std::size_t column, std::int64_t first, std::int64_t count, std::span<std::byte> into);
  /// All rows of the study that no frame of kind `rows` covers, in order.
  std::vector<Range> uncovered() const;

 private:
  struct Piece {
    Range rows;         ///< that this piece serves, disjoint from the others
    std::int64_t skip;  ///< rows of its frame before them
    std::int64_t frame_rows;
    const FrameRef* frame;
  };

  void add(const FrameRef& frame, std::int64_t& covered);
  int descriptor(std::size_t file);

  const Scan& scan_;
  const Layout& layout_;
  const RowMap& map_;
  std::vector<Piece> pieces_;        ///< by row
  std::vector<std::size_t> before_;  ///< Layout::bytes_before
  std::vector<Descriptor> open_;     ///< by file, opened when first needed
  std::size_t opened_ = 0;
};

/// Throws Error(conflict), naming points, attempts, ranks and column, where two frames disagree about the same rows:
/// the same range must have the same bytes; frames that overlap partly are compared row by row, and partial frames
/// (whose units all take the same bytes) unit by unit.
void check_overlaps(const Scan& scan, const Layout& layout, const RowMap& map, const Beat& beat = {});

}  // namespace truce
