// What the runs of each point say about targets, read from a result file.
#pragma once

#include <Eigen/Core>
#include <span>
#include <string>
#include <vector>

#include "analysis/calibration/targets.hpp"
#include "analysis/data/moments_reader.hpp"

namespace truce::analysis {

/// "" if the file can be compared with the target, else why not.
std::string why_not_comparable(const Dataset& data, const Target& target);

/// Shares as the targets count them, at one policy and at the first member of each base point.
class TargetReader {
 public:
  struct Values {
    Block share;  ///< [base point][target]; NaN where no run tells
    Block runs;   ///< [base point][target]: runs behind it
  };

  /// Every target must be comparable. `data` must outlive the reader; targets are copied.
  TargetReader(const Dataset& data, std::vector<Target> targets, std::size_t policy);
  /// In rising order of base points; stays valid until the next call.
  const Values& read(Range bases);

 private:
  struct Curve {
    ColumnReader share, runs;
    std::vector<double> months;
  };
  void read_curve(Curve& curve, Compared compared, Range bases);
  void read_endings(Range bases);

  const Dataset& data_;
  std::vector<Target> targets_;
  std::size_t policy_;
  std::vector<Curve> war_, peace_;     ///< one, or none where no target needs it
  std::vector<ColumnReader> endings_;  ///< settlement, victory_a, victory_d, and the runs that have an ending; or none
  Values values_;
};

/// The curve at a month between those that are stored, on a line between its neighbours; 1 at month 0.
double on_curve(std::span<const double> months, std::span<const double> shares, double month);

}  // namespace truce::analysis
