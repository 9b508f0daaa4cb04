// The journal's commits and the seal beside the runs whose rows they keep, as one rank does it.
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>
#include <memory>

#include "sweep/run/seal_study.hpp"
#include "sweep/store/attempt.hpp"
#include "sweep/store/files.hpp"
#include "tests/bench/overhead.hpp"

namespace truce::bench {

namespace {

constexpr int rounds = 5;

struct Spent {
  double work = 0, commit = 0, seal = 0;
  std::string content;
};

/// A whole study in blocks of about a second, and what each part took.
Spent keep(const Plan& plan, Rowed& rowed, std::int64_t block) {
  Spent spent;
  const auto folder = journal_folder(plan.file);
  auto lock = std::make_unique<LiveLock>(folder);
  const std::uint32_t attempt = begin_attempt(folder);
  {
    Journal journal(folder, attempt, 0, study_id_of(plan));
    for (std::int64_t unit = 0; unit < plan.units(); unit += block) {
      const BlockRun* done = nullptr;
      spent.work += seconds_of([&] { done = &rowed.run({unit, std::min(block, plan.units() - unit)}); });
      spent.commit += seconds_of([&] { journal.commit(done->kind(), done->units(), done->payload()); });
    }
  }
  spent.seal = seconds_of([&] {
    spent.content = seal_study(plan, {attempt, 1, {host_name()}, {}, 0}, std::move(lock), [](auto) {}).content_hash;
  });
  std::filesystem::remove(plan.file);
  return spent;
}

}  // namespace

void compare_store(const std::string& name, double seconds, int replicates, double runs) {
  const Folder folder;
  const std::int64_t forts = forts_for(seconds);
  const double per_run = seconds_per_run(forts, 65536);
  const auto points = static_cast<std::int64_t>(runs / replicates);
  const Plan plan = plan_of({forts, points, replicates, false}, folder.path());
  const auto block = std::max<std::int64_t>(1, std::lround(1 / per_run / replicates));
  Rowed rowed(plan);
  std::vector<double> commit, seal, rows;
  std::string content;
  for (int round = 0; round < rounds; ++round) {
    const Spent spent = keep(plan, rowed, block);
    commit.push_back(100 * spent.commit / spent.work);
    seal.push_back(100 * spent.seal / spent.work);
    rows.push_back(static_cast<double>(plan.rows_of_point()) / spent.seal);
    content = spent.content;
  }
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  std::vector<double> both;
  for (std::size_t i = 0; i < commit.size(); ++i) both.push_back(commit[i] + seal[i]);
  print({name + ".commit", median(commit), "% of run time", none, content});
  print({name + ".seal", median(seal), "% of run time", none, content});
  print({name + ".commit_and_seal", median(both), "% of run time", replicates >= 64 ? 2 : none, content});
  print({name + ".sealed_rows", median(rows), "rows/s", none, content});
}

}  // namespace truce::bench
