// What the sweep adds to the engine: the same runs bare, summed, as rows of points and with quantiles, in alternation.
#include "tests/bench/overhead.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "sweep/base/sha256.hpp"

namespace truce::bench {
namespace {

constexpr int rounds = 9;
constexpr double trial_seconds = 0.25;  ///< of the bare engine

void compare(const std::string& name, double seconds, int replicates) {
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  const std::int64_t forts = forts_for(seconds);
  const double per_run = seconds_per_run(forts, std::clamp<std::int64_t>(std::lround(0.1 / seconds), 64, 65536));
  const std::int64_t points = std::max<std::int64_t>(2, std::lround(trial_seconds / per_run / replicates));
  const Folder folder;
  const Plan plan = plan_of({forts, points, replicates, false}, folder.path());
  const Plan with = plan_of({forts, points, replicates, true}, folder.path());
  Bare bare(plan);
  Rowed rowed(plan), quantiled(with);
  Sha256 outcomes;
  bare.run([&](auto batch) { outcomes.update(std::as_bytes(batch)); });
  std::array<double, 2> sums{};
  const auto sum = [&](std::span<const double> batch) {
    for (std::size_t i = 0; i < batch.size(); i += 2) sums[0] += batch[i], sums[1] += batch[i + 1];
  };
  const std::array<std::function<void()>, 4> variants{[&] { bare.run([](auto) {}); }, [&] { bare.run(sum); },
                                                      [&] { rowed.run(); }, [&] { quantiled.run(); }};
  std::array<std::vector<double>, 4> taken;
  for (int round = 0; round < rounds; ++round)
    for (std::size_t v = 0; v < variants.size(); ++v) taken[v].push_back(processor_seconds_of(variants[v]));
  const auto over = [&](std::size_t a, std::size_t b) {
    std::vector<double> ratios;
    for (int i = 0; i < rounds; ++i)
      ratios.push_back(taken[a][static_cast<std::size_t>(i)] / taken[b][static_cast<std::size_t>(i)] - 1);
    return 100 * median(ratios);
  };
  const double runs = static_cast<double>(plan.runs());
  const std::string checksum = hex(outcomes.digest()), rows = hex(sha256(rowed.run()));
  const std::string full = hex(sha256(quantiled.run()));
  const auto nanoseconds = [&](std::size_t v) { return median(taken[v]) / runs * 1e9; };
  print({name + ".engine", nanoseconds(0), "ns/run", none, checksum});
  print({name + ".engine_and_sum", nanoseconds(1), "ns/run", none, checksum + (sums[0] > 0 ? "" : "?")});
  print({name + ".rows", nanoseconds(2), "ns/run", none, rows});
  print({name + ".rows_and_quantiles", nanoseconds(3), "ns/run", none, full});
  print({name + ".rows_over_engine", over(2, 0), "%", 2, rows});
  print({name + ".rows_over_sum", over(2, 1), "%", 10, rows});
  print({name + ".quantiles_over_sum", over(3, 1), "%", 10, full});
}

}  // namespace
}  // namespace truce::bench

/// All parts, or those that are named.
int main(int count, char** words) {
  const std::vector<std::string> named(words + 1, words + count);
  const auto wanted = [&](const char* part) { return named.empty() || std::ranges::count(named, part) > 0; };
  if (wanted("1us")) truce::bench::compare("1us", 1e-6, 64);
  if (wanted("1us_1024")) truce::bench::compare("1us_1024", 1e-6, 1024);
  if (wanted("10us")) truce::bench::compare("10us", 1e-5, 64);
  if (wanted("1ms")) truce::bench::compare("1ms", 1e-3, 64);
  if (wanted("store_64")) truce::bench::compare_store("store_64", 1e-6, 64, 4e6);
  if (wanted("store_1")) truce::bench::compare_store("store_1", 1e-6, 1, 1e6);
}
