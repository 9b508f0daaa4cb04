// The known runs of a unit stand together in the file; they are read once and given sibling by sibling.
#include "sweep/run/known_runs.hpp"

#include <algorithm>

#include "sweep/run/rows.hpp"

namespace truce {

KnownRuns::KnownRuns(const std::string& file, const Plan& plan) : opened_(file), plan_(plan) {
  for (const Outcome& outcome : plan.kernel->outcomes) variables_.push_back(opened_.result().index(outcome.name));
  variables_.push_back(opened_.result().index("status"));
  columns_.resize(variables_.size());
}

std::uint32_t KnownRuns::count(std::int64_t unit) const {
  const std::int64_t chunk = unit % plan_.chunks();
  const std::int64_t left = opened_.plan().replicates - chunk * chunk_replicates;
  return static_cast<std::uint32_t>(std::clamp<std::int64_t>(left, 0, replicates_of(plan_, chunk)));
}

/// Of each sibling, in the units before `unit`.
std::int64_t KnownRuns::replicates_before(std::int64_t unit) const {
  const std::int64_t all = opened_.plan().replicates, chunk = unit % plan_.chunks();
  return unit / plan_.chunks() * all + std::min(chunk * chunk_replicates, all);
}

std::int64_t KnownRuns::runs(Range units) const {
  return (replicates_before(units.end()) - replicates_before(units.first)) * plan_.members * plan_.policies();
}

void KnownRuns::load(std::int64_t unit) {
  const std::int64_t siblings = plan_.members * plan_.policies();
  const std::int64_t before = replicates_before(unit);
  const std::int64_t rows = count(unit) * siblings;
  for (std::size_t v = 0; v < variables_.size(); ++v) {
    columns_[v].resize(static_cast<std::size_t>(rows));
    opened_.result().read(variables_[v], before * siblings, rows, columns_[v]);
  }
  loaded_ = unit;
}

void KnownRuns::copy(std::int64_t unit, std::int64_t policy, int member, std::span<double> outcomes,
                     std::span<std::uint8_t> failed) {
  if (loaded_ != unit) load(unit);
  const std::size_t width = variables_.size() - 1;
  for (std::size_t replicate = 0; replicate < failed.size(); ++replicate) {
    const std::int64_t point = static_cast<std::int64_t>(replicate) * plan_.members + member;
    const auto run = static_cast<std::size_t>(point * plan_.policies() + policy);
    for (std::size_t o = 0; o < width; ++o) outcomes[replicate * width + o] = columns_[o][run];
    failed[replicate] = columns_[width][run] != 0 ? 1 : 0;
  }
}

std::unique_ptr<KnownRuns> known_runs(const std::string& file, const Plan& plan) {
  if (file.empty() || plan.rows != Rows::run) return nullptr;
  auto known = std::make_unique<KnownRuns>(file, plan);
  return known->are_fewer() ? std::move(known) : nullptr;
}

}  // namespace truce
