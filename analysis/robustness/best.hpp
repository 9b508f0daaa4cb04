// Which policy is best at a point, as far as the noise of its replicates lets us tell.
#pragma once

#include <optional>
#include <vector>

#include "analysis/fold/bootstrap.hpp"
#include "analysis/parts.hpp"

namespace truce::analysis {

/// Over the points at which the differences of all policies from the first one have a standard error; [policy][goal].
struct BestPolicies {
  std::int64_t points = 0;
  /// Share of the points at which the policy is the best one, with what noise does to that share taken off to first
  /// order. The share by the stored differences d has their noise once. That of d + e, e normal with the stored
  /// standard errors, has it twice (as has the chance that d - e is best, so the mean chance under a flat prior is no
  /// cure). What the second dose changes is taken as what the first one did: 2 share(d) - mean share(d + e),
  /// simulation-extrapolation as of metrics_with_noise. Raw: it can leave [0, 1]. Errors of several policies are taken
  /// as independent: what they share through the first policy is not stored.
  std::vector<std::vector<Estimate>> chance;
  /// Share of the points at which its lead over every other policy is more than 3 standard errors (of two policies that
  /// are not the first: more than 3 times the sum of both, an upper bound), each difference from ten runs or more. At
  /// the other points nothing is decided.
  std::vector<std::vector<Estimate>> decided;
};

/// Collective; on rank 0. Nothing where the file stores no differences of the series (rows = run, `failed`).
std::optional<BestPolicies> best_policies(const PartTask& task, std::size_t series, const GroupSums& weights);

/// Normal draws of the policies' errors, the same for all series: point b uses `per_point` of them from a place that
/// depends on b. Each of these sets has one draw in every stratum of equal probability of each policy (McKay, Beckman &
/// Conover 1979), so that a mean over it is near the expected value.
class ErrorDraws {
 public:
  static constexpr std::size_t per_point = 64, sets = 64;
  explicit ErrorDraws(std::size_t policies);
  /// [draw][policy], row-major; the first policy is 0.
  std::span<const double> of(std::int64_t base) const;

 private:
  std::size_t policies_;
  std::vector<double> draws_;
};

/// Adds to `chance` [policy][goal] twice the share by `differences` less that by differences + errors * draws; equals
/// share one.
void add_chances(std::span<const double> differences, std::span<const double> errors, std::span<const double> draws,
                 std::span<double> chance);

/// The policy that is decidedly the best of all; none if there is no such policy.
std::optional<std::size_t> decided_best(std::span<const double> differences, std::span<const double> errors,
                                        bool higher);

}  // namespace truce::analysis
