// The points of one outcome that robustness counts, measured under every policy, as they are or with noise added.
#pragma once

#include <functional>
#include <vector>

#include "analysis/fold/groups.hpp"
#include "analysis/robustness/added_noise.hpp"
#include "analysis/robustness/baseline.hpp"
#include "analysis/robustness/policy_sums.hpp"

namespace truce::analysis {

/// [policy][quantity], over all ranks.
using Histograms = std::vector<std::vector<Histogram>>;

/// A point counts where the outcome is defined under every policy; of a design with members the first member alone.
class MeasuredPoints {
 public:
  /// With a draw of `noise` added to every mean, if there is one; a share stays one of n runs, so that ties, with each
  /// other and with the threshold, stay as frequent as they are. What is named must outlive this.
  MeasuredPoints(const PartTask& task, std::size_t series, const Baseline& baseline, const AddedNoise* noise = nullptr,
                 int draw = 0);
  using Visit = std::function<void(std::int64_t base, std::span<const Measured> measured, std::span<double> sums)>;
  /// Collective: calls `visit` for each point that counts; as of fold_groups.
  GroupSums fold(std::size_t columns, const Visit& visit) const;
  /// Collective: two passes.
  Histograms histograms() const;

 private:
  /// f of all policies at a row of what a reader read, [policy].
  void values(const Moments& means, const Moments* differences, Eigen::Index row, std::int64_t base,
              std::span<double> f) const;

  const PartTask& task_;
  std::size_t series_;
  const AddedNoise* noise_;
  int draw_;
  std::vector<double> at_baseline_;  ///< [policy], NaN where not defined
};

}  // namespace truce::analysis
