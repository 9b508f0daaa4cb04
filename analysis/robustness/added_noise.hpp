// One more dose of the chance that the replicates left in an outcome's means, policy by policy.
#pragma once

#include <span>
#include <vector>

#include "analysis/data/moments_reader.hpp"
#include "analysis/parts.hpp"

namespace truce::analysis {

/// Normal errors of the means of all policies at a point, as large as those that the means have already, and as alike:
/// with v_q the variance of the mean of policy q and c_q its covariance with that of the first policy (from the stored
/// variances of both and of their paired differences),
///   e_0 = sqrt(v_0) z_0       e_q = (c_q / v_0) e_0 + sqrt(v_q - c_q^2 / v_0) z_q
/// Given the first policy the others are independent: what they share beside it is not stored. The z depend on (seed,
/// base point, policy, draw) alone. Draws 2k and 2k + 1 are each other's negatives, so that what is linear in the
/// errors averages to nothing. A mean of a single run has the mean variance of a run under its policy.
class AddedNoise {
 public:
  /// Collective: reads the variances once.
  AddedNoise(const PartTask& task, std::size_t series);
  /// Whether errors can be told: not where the file stores no differences (rows = run, `failed`), where no point has
  /// two runs, nor where points share their random numbers, as their errors go together then.
  bool known() const { return known_; }
  /// Draws that a mean over a study of so many base points needs: 32 of a small one, 4 of a large one.
  static int draws(std::int64_t bases);
  /// Errors of a draw at one base point: [policy]. `means` and `differences` hold its row; the outcome is defined there
  /// under every policy.
  void errors(const Moments& means, const Moments& differences, Eigen::Index row, std::int64_t base, int draw,
              std::span<double> into) const;

 private:
  std::uint64_t seed_;
  bool known_ = false;
  std::vector<double> variance_of_run_;  ///< [policy], mean over points
};

}  // namespace truce::analysis
