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

RowMap row_map_of(const Plan& plan);

/// Needs a scan in which nothing is missing. All arguments must outlive it.
class RowSource {
 public:
  RowSource(const Plan& plan, const Layout& layout, const RowMap& map, const Scan& scan);
  /// As FillPiece (seal.hpp).
  void fill(std::size_t column, std::int64_t first, std::int64_t count, std::span<std::byte> into);

 private:
  void merge_point(std::int64_t base, const Scan& scan);
  const Plan& plan_;
  const Layout& layout_;
  Computed computed_;
  FrameReader frames_;
  std::map<std::int64_t, std::vector<std::byte>> merged_;  ///< base point -> its rows, in the form of a frame
  std::vector<std::size_t> before_;                        ///< bytes a row of the row columns before each column
};

}  // namespace truce
