// Draws errors for each point from a table, and counts who leads.
#include "analysis/robustness/best.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/data/moments_reader.hpp"
#include "kernels/math.hpp"
#include "kernels/philox.hpp"

namespace truce::analysis {
namespace {

constexpr std::uint32_t draw_stream = 34;
constexpr double decided_beyond = 3;  // standard errors

/// Columns of a group: points, then of each policy and goal the chance, then the decided.
std::size_t columns_of(std::size_t policies) { return 1 + 4 * policies; }

/// Whether every difference has a standard error; fills both.
bool read_point(const Moments& moments, Eigen::Index row, std::vector<double>& differences,
                std::vector<double>& errors) {
  differences[0] = errors[0] = 0;
  for (std::size_t q = 1; q < differences.size(); ++q) {
    const auto policy = static_cast<Eigen::Index>(q);
    differences[q] = moments.mean(row, policy);
    errors[q] = std::sqrt(moments.var(row, policy) / moments.n(row, policy));
    if (!std::isfinite(differences[q]) || !std::isfinite(errors[q])) return false;
  }
  return true;
}

}  // namespace

ErrorDraws::ErrorDraws(std::size_t policies) : policies_(policies), draws_(sets * per_point * policies, 0) {
  for (std::size_t set = 0; set < sets; ++set)
    for (std::size_t q = 1; q < policies; ++q) {
      const Stream stream{set, q};
      std::vector<std::pair<std::uint32_t, std::size_t>> order;  // a random permutation of the strata
      for (std::size_t j = 0; j < per_point; ++j)
        order.emplace_back(stream.block(draw_stream, static_cast<std::uint32_t>(j))[0], j);
      std::ranges::sort(order);
      for (std::size_t j = 0; j < per_point; ++j) {
        const double within = uniform(stream.block(draw_stream, static_cast<std::uint32_t>(j))[1]);
        const double u = (static_cast<double>(order[j].second) + within) / per_point;
        draws_[(set * per_point + j) * policies + q] = normal_quantile(u);
      }
    }
}

std::span<const double> ErrorDraws::of(std::int64_t base) const {
  const std::size_t size = per_point * policies_;
  return std::span(draws_).subspan(static_cast<std::size_t>(base % static_cast<std::int64_t>(sets)) * size, size);
}

void add_chances(std::span<const double> differences, std::span<const double> errors, std::span<const double> draws,
                 std::span<double> chance) {
  const std::size_t policies = differences.size(), count = draws.size() / policies;
  std::vector<double> drawn(policies);
  for (std::size_t j = 0; j < count; ++j) {
    for (std::size_t q = 0; q < policies; ++q) drawn[q] = differences[q] + errors[q] * draws[j * policies + q];
    const auto [lowest, highest] = std::ranges::minmax(drawn);
    for (std::size_t goal = 0; goal < 2; ++goal) {
      const double best = goal == 0 ? highest : lowest;
      const auto equals = static_cast<double>(std::ranges::count(drawn, best) * static_cast<std::ptrdiff_t>(count));
      for (std::size_t q = 0; q < policies; ++q)
        if (drawn[q] == best) chance[2 * q + goal] += 1 / equals;
    }
  }
}

std::optional<std::size_t> decided_best(std::span<const double> differences, std::span<const double> errors,
                                        bool higher) {
  const auto [lowest, highest] = std::ranges::minmax_element(differences);
  const auto best = static_cast<std::size_t>((higher ? highest : lowest) - differences.begin());
  for (std::size_t q = 0; q < differences.size(); ++q) {
    if (q == best) continue;
    if (std::abs(differences[best] - differences[q]) <= decided_beyond * (errors[best] + errors[q])) return {};
  }
  return best;
}

std::optional<BestPolicies> best_policies(const Task& task, std::size_t series, const GroupSums& weights) {
  const Dataset& data = task.data;
  const std::size_t policies = data.policies();
  if (!data.series()[series].diff) return {};
  DifferenceReader reader(data, series);
  const ErrorDraws draws(policies);
  std::vector<double> differences(policies), errors(policies);
  const Groups groups(data.bases(), data.members());
  const GroupSums sums = fold_groups(task.crew, groups, columns_of(policies), [&](Range bases, std::span<double> into) {
    const Moments& moments = reader.read(bases);
    for (std::int64_t b = 0; b < bases.count; ++b) {
      if (!read_point(moments, b * data.members(), differences, errors)) continue;
      into[0] += 1;
      add_chances(differences, errors, draws.of(bases.first + b), into.subspan(1, 2 * policies));
      for (std::size_t goal = 0; goal < 2; ++goal)
        if (const auto best = decided_best(differences, errors, goal == 0))
          into[1 + 2 * (policies + *best) + goal] += 1;
    }
  });
  BestPolicies told;
  if (task.crew.rank() != 0) return told;
  const Eigen::ArrayXd all = total(sums);
  const GroupSums drawn = resampled(weights, sums);
  told.points = std::llround(all(0));
  for (std::size_t q = 0; q < policies; ++q) {
    auto& chance = told.chance.emplace_back();
    auto& decided = told.decided.emplace_back();
    for (std::size_t goal = 0; goal < 2; ++goal) {
      const auto share_of = [&](std::size_t column) {
        return estimate(all, drawn, task.settings.level, [column](auto s) { return s[column] / s[0]; });
      };
      chance.push_back(share_of(1 + 2 * q + goal));
      decided.push_back(share_of(1 + 2 * (policies + q) + goal));
    }
  }
  return told;
}

}  // namespace truce::analysis
