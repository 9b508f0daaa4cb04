// Counts who leads, and where the lead is decided.
#include "analysis/robustness/best.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "analysis/data/moments_reader.hpp"
#include "analysis/robustness/metrics.hpp"
#include "sweep/study/claim.hpp"

namespace truce::analysis {
namespace {

struct Point {
  std::vector<double> differences, errors;  ///< [policy] from the first one, 0 for that
  double fewest = 0;                        ///< runs behind one of the differences
};

/// Whether every difference has a standard error.
bool read_point(const Moments& moments, Eigen::Index row, Point& point) {
  auto& [differences, errors, fewest] = point;
  differences[0] = errors[0] = 0;
  fewest = std::numeric_limits<double>::infinity();
  for (std::size_t q = 1; q < differences.size(); ++q) {
    const auto policy = static_cast<Eigen::Index>(q);
    differences[q] = moments.mean(row, policy);
    errors[q] = std::sqrt(moments.var(row, policy) / moments.n(row, policy));
    fewest = std::min(fewest, moments.n(row, policy));
    if (!std::isfinite(differences[q]) || !std::isfinite(errors[q])) return false;
  }
  return true;
}

}  // namespace

std::optional<std::size_t> decided_best(std::span<const double> differences, std::span<const double> errors,
                                        bool higher) {
  const auto [lowest, highest] = std::ranges::minmax_element(differences);
  const auto best = static_cast<std::size_t>((higher ? highest : lowest) - differences.begin());
  for (std::size_t q = 0; q < differences.size(); ++q) {
    if (q == best) continue;
    if (std::abs(differences[best] - differences[q]) <= errors_of_a_verdict * (errors[best] + errors[q])) return {};
  }
  return best;
}

BestShares best_shares(const GroupSums& counts, const GroupSums& weights, double level) {
  const Eigen::ArrayXd all = total(counts);
  const GroupSums drawn = resampled(weights, counts);
  BestShares shares(static_cast<std::size_t>(counts.cols() / 2));
  for (std::size_t column = 1; column < static_cast<std::size_t>(counts.cols()); ++column)
    shares[(column - 1) / 2].push_back(
        estimate(all, drawn, level, [column](auto sums) { return sums[column] / sums[0]; }));
  return shares;
}

std::optional<DecidedPolicies> decided_policies(const PartTask& task, std::size_t series, const GroupSums& weights) {
  const Dataset& data = task.data;
  const std::size_t policies = data.policies();
  if (!data.series()[series].diff) return {};
  DifferenceReader reader(data, series);
  Point point{std::vector<double>(policies), std::vector<double>(policies)};
  const Groups groups(data.bases(), data.members());
  const GroupSums counts = fold_groups(task.crew, groups, 1 + 2 * policies, [&](Range bases, std::span<double> into) {
    const Moments& moments = reader.read(bases);
    for (std::int64_t b = 0; b < bases.count; ++b) {
      if (!read_point(moments, b * data.members(), point)) continue;
      into[0] += 1;
      for (std::size_t g = 0; g < 2 && point.fewest >= replicates_of_a_verdict; ++g)
        if (const auto best = decided_best(point.differences, point.errors, goals[g] == Goal::higher))
          into[1 + 2 * *best + g] += 1;
    }
  });
  if (task.crew.rank() != 0) return DecidedPolicies{};
  return DecidedPolicies{std::llround(total(counts)(0)), best_shares(counts, weights, task.settings.level)};
}

}  // namespace truce::analysis
