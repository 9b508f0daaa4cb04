// Moments over replicates of one series, from either kind of rows.
#pragma once

#include <Eigen/Core>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "analysis/data/column_reader.hpp"
#include "analysis/data/dataset.hpp"

namespace truce::analysis {

/// [row of point][policy]
using Block = Eigen::Array<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using BlockView = Eigen::Map<const Block>;

/// Of some rows: mean over replicates (NaN where n = 0), sample variance between them (NaN where n < 2), and the number
/// n of runs in which the series is defined.
struct Moments {
  Block mean, var, n;
};

/// Reads a series in rising order of base points. With rows = run it folds the runs in the order of their replicates.
/// The series `failed` has the mean failed / replicates, over all replicates.
class MomentsReader {
 public:
  /// `data` must outlive the reader.
  MomentsReader(const Dataset& data, std::size_t series);
  /// Rows of `point` of whole base points; stays valid until the next call.
  const Moments& read(Range bases);

 private:
  void read_points(Range rows);
  void read_runs(Range rows);
  void fill_shares_of_failed();

  const Dataset& data_;
  const StoredSeries& series_;
  bool failed_;
  std::optional<ColumnReader> mean_, var_, n_;
  Moments moments_;
};

/// The means of the replicate-by-replicate differences that the file stores for a series (see FORMAT.md), in the same
/// form: mean, variance and number of the differences.
class DifferenceReader {
 public:
  /// Error(usage) if the file has none.
  DifferenceReader(const Dataset& data, std::size_t series);
  const Moments& read(Range bases);

 private:
  const Dataset& data_;
  ColumnReader diff_, diff_var_, diff_n_;
  Moments moments_;
};

/// Values of the varied inputs.
class InputReader {
 public:
  explicit InputReader(const Dataset& data);
  /// [row of point][varied input] of whole base points; stays valid until the next call.
  const Block& read(Range bases);

 private:
  const Dataset& data_;
  std::vector<ColumnReader> columns_;
  Block values_;
};

/// Rows of `point` of whole base points.
Range rows_of(const Dataset& data, Range bases);

}  // namespace truce::analysis
