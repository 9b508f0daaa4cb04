// Draws errors for each point from a table, and counts who leads.
#include "analysis/robustness/best.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "analysis/data/moments_reader.hpp"
#include "kernels/math.hpp"
#include "kernels/philox.hpp"

namespace truce::analysis {
namespace {

constexpr std::uint32_t draw_stream = 34;
constexpr double decided_beyond = 3;  // standard errors
constexpr double fewest_runs = 10;    // of every difference, as a claim needs them

/// Columns of a group: points, then of each policy and goal the chance, then the decided.
std::size_t columns_of(std::size_t policies) { return 1 + 4 * policies; }

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

/// Adds `weight` to the best policy by each goal, [policy][goal]; equals share it.
void add_shares(std::span<const double> values, double weight, std::span<double> into) {
  const auto [lowest, highest] = std::ranges::minmax(values);
  for (std::size_t goal = 0; goal < 2; ++goal) {
    const double best = goal == 0 ? highest : lowest;
    const double share = weight / static_cast<double>(std::ranges::count(values, best));
    for (std::size_t q = 0; q < values.size(); ++q)
      if (values[q] == best) into[2 * q + goal] += share;
  }
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
  add_shares(differences, 2, chance);
  for (std::size_t j = 0; j < count; ++j) {
    for (std::size_t q = 0; q < policies; ++q) drawn[q] = differences[q] + errors[q] * draws[j * policies + q];
    add_shares(drawn, -1 / static_cast<double>(count), chance);
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

std::optional<BestPolicies> best_policies(const PartTask& task, std::size_t series, const GroupSums& weights) {
  const Dataset& data = task.data;
  const std::size_t policies = data.policies();
  if (!data.series()[series].diff) return {};
  DifferenceReader reader(data, series);
  const ErrorDraws draws(policies);
  Point point{std::vector<double>(policies), std::vector<double>(policies)};
  const Groups groups(data.bases(), data.members());
  const GroupSums sums = fold_groups(task.crew, groups, columns_of(policies), [&](Range bases, std::span<double> into) {
    const Moments& moments = reader.read(bases);
    for (std::int64_t b = 0; b < bases.count; ++b) {
      if (!read_point(moments, b * data.members(), point)) continue;
      into[0] += 1;
      add_chances(point.differences, point.errors, draws.of(bases.first + b), into.subspan(1, 2 * policies));
      for (std::size_t goal = 0; goal < 2 && point.fewest >= fewest_runs; ++goal)
        if (const auto best = decided_best(point.differences, point.errors, goal == 0))
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
