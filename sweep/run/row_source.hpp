// Every column of the result file, piece by piece: inputs from the design, rows from journal frames, long points
// merged.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "sweep/run/rows.hpp"
#include "sweep/store/frames.hpp"
#include "sweep/store/journal.hpp"

namespace truce {

/// Needs a scan in which nothing is missing. All arguments must outlive it.
class RowSource {
 public:
  /// Keeps at most `most_bytes` of merged points; beyond that they are merged again for each column.
  RowSource(const Plan& plan, const Layout& layout, const RowMap& map, const Scan& scan,
            std::size_t most_bytes = std::size_t{64} << 20);
  /// As FillPiece (seal.hpp).
  void fill(std::size_t column, std::int64_t first, std::int64_t count, std::span<std::byte> into);

 private:
  /// Units that a frame of tallies serves, disjoint from the others.
  struct Piece {
    Range units;
    const FrameRef* frame;
  };
  /// Throws Error(corrupt) unless a frame of tallies holds what its units should give.
  void require_size(const FrameRef& frame) const;
  const std::vector<std::byte>& merged(std::int64_t base);
  void merge_point(std::int64_t base, std::span<std::byte> rows) const;
  void read_tally(std::int64_t unit, std::int64_t sibling, std::span<double> into) const;
  const Plan& plan_;
  const Layout& layout_;
  const Scan& scan_;
  Computed computed_;
  FrameReader frames_;
  TallyShape shape_;
  std::vector<Piece> pieces_;                              ///< by unit
  std::map<std::int64_t, std::vector<std::byte>> merged_;  ///< base point -> its rows, in the form of a frame
  std::int64_t last_ = 0;                                  ///< the base point merged last
  std::size_t most_points_;
  std::vector<std::size_t> before_;  ///< Layout::bytes_before
};

}  // namespace truce
