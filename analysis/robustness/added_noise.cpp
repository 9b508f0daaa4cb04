// Counter-based normal numbers, scaled by the stored variances.
#include "analysis/robustness/added_noise.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <string>

#include "analysis/fold/bootstrap.hpp"
#include "kernels/math.hpp"
#include "kernels/philox.hpp"
#include "sweep/crew/collective.hpp"

namespace truce::analysis {
namespace {

constexpr std::uint32_t noise_stream = 35;

double normal(std::uint64_t seed, std::int64_t base, std::size_t policy, int draw) {
  const auto pair = static_cast<std::uint32_t>(draw / 2);
  const Stream stream{seed, static_cast<std::uint64_t>(base), static_cast<std::uint32_t>(policy)};
  const double z = normal_quantile(uniform(stream.block(noise_stream, pair / 4)[pair % 4]));
  return draw % 2 == 0 ? z : -z;
}

/// Covariance of the means of a policy and of the first one: that of their runs in common, of which the variance of
/// the difference tells; 0 where fewer than two runs tell it.
double covariance(double run_0, double n_0, double run_q, double n_q, double difference, double common) {
  const double of_runs = (run_0 + run_q - difference) / 2 * common / (n_0 * n_q);
  const double most = std::sqrt(run_0 / n_0 * run_q / n_q);
  return std::isfinite(of_runs) ? std::clamp(of_runs, -most, most) : 0;
}

}  // namespace

AddedNoise::AddedNoise(const PartTask& task, std::size_t series) : seed_(task.data.plan().seed) {
  const Dataset& data = task.data;
  if (!data.series()[series].diff || data.plan().common_random_numbers) return;
  MomentsReader reader(data, series);
  const std::size_t policies = data.policies();
  const Groups groups(data.bases(), data.members());
  const GroupSums sums = fold_groups(task.crew, groups, 2 * policies, [&](Range bases, std::span<double> into) {
    const Moments& moments = reader.read(bases);
    for (std::int64_t b = 0; b < bases.count; ++b)
      for (std::size_t q = 0; q < policies; ++q) {
        const double variance = moments.var(b * data.members(), static_cast<Eigen::Index>(q));
        if (!std::isfinite(variance)) continue;
        into[2 * q] += variance;
        into[2 * q + 1] += 1;
      }
  });
  std::string bytes(2 * policies * sizeof(double), '\0');
  if (task.crew.rank() == 0) std::memcpy(bytes.data(), total(sums).eval().data(), bytes.size());
  bytes = broadcast(task.crew, std::move(bytes));
  std::vector<double> all(2 * policies);
  std::memcpy(all.data(), bytes.data(), bytes.size());
  known_ = true;
  for (std::size_t q = 0; q < policies; ++q) {
    variance_of_run_.push_back(all[2 * q] / all[2 * q + 1]);
    known_ = known_ && all[2 * q + 1] > 0;
  }
}

int AddedNoise::draws(std::int64_t bases) {
  return 2 * static_cast<int>(std::clamp<std::int64_t>(32768 / bases, 2, 16));
}

void AddedNoise::errors(const Moments& means, const Moments& differences, Eigen::Index row, std::int64_t base, int draw,
                        std::span<double> into) const {
  const auto of_run = [&](std::size_t q) {
    const double variance = means.var(row, static_cast<Eigen::Index>(q));
    return std::isfinite(variance) ? variance : variance_of_run_[q];
  };
  const double run_0 = of_run(0), n_0 = means.n(row, 0), variance_0 = run_0 / n_0;
  into[0] = std::sqrt(variance_0) * normal(seed_, base, 0, draw);
  for (std::size_t q = 1; q < into.size(); ++q) {
    const auto policy = static_cast<Eigen::Index>(q);
    const double run = of_run(q), n = means.n(row, policy);
    const double shared = covariance(run_0, n_0, run, n, differences.var(row, policy), differences.n(row, policy));
    const double slope = variance_0 > 0 ? shared / variance_0 : 0;
    const double own = std::sqrt(std::max(0.0, run / n - slope * shared));
    into[q] = slope * into[0] + own * normal(seed_, base, q, draw);
  }
}

}  // namespace truce::analysis
