// Which policy is best at a point, as far as the noise of its replicates lets us tell.
#pragma once

#include <optional>
#include <vector>

#include "analysis/fold/bootstrap.hpp"
#include "analysis/parts.hpp"

namespace truce::analysis {

/// By policy and goal: the share of points where the policy is the best one.
using BestShares = std::vector<std::vector<Estimate>>;

/// `counts` of MeasuredSums::best, or what has its columns; intervals by `weights` of the groups.
BestShares best_shares(const GroupSums& counts, const GroupSums& weights, double level);

/// Over the points at which the differences of all policies from the first one have a standard error.
struct DecidedPolicies {
  std::int64_t points = 0;
  /// Share of the points at which its lead over every other policy is more than 3 standard errors (of two policies that
  /// are not the first: more than 3 times the sum of both, an upper bound), each difference from ten runs or more. At
  /// the other points nothing is decided.
  BestShares shares;
};

/// Collective; on rank 0. Nothing where the file stores no differences of the series (rows = run, `failed`).
std::optional<DecidedPolicies> decided_policies(const PartTask& task, std::size_t series, const GroupSums& weights);

/// The policy that is decidedly the best of all; none if there is no such policy.
std::optional<std::size_t> decided_best(std::span<const double> differences, std::span<const double> errors,
                                        bool higher);

}  // namespace truce::analysis
