// Rows of one column, read a chunk of the file at a time.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sweep/base/units.hpp"
#include "sweep/store/result.hpp"

namespace truce::analysis {

/// Reads a variable in rising order of rows without decoding a chunk of the file twice; keeps one chunk (at most
/// 64 MiB) and the rows asked for last.
class ColumnReader {
 public:
  /// `result` must outlive the reader.
  ColumnReader(Result& result, std::size_t variable);
  /// Values of a row.
  std::size_t width() const { return width_; }
  /// Rows as doubles, row-major; stays valid until the next call.
  std::span<const double> rows(Range range);

 private:
  void load(std::int64_t chunk);

  Result& result_;
  std::size_t variable_, width_;
  std::int64_t step_;
  std::int64_t loaded_ = -1;  ///< number of the chunk in `chunk_`
  std::vector<double> chunk_, asked_;
};

}  // namespace truce::analysis
