// What the sweep adds to the engine: the same runs bare, summed, as rows of points and with quantiles, in alternation.
#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <limits>
#include <string>
#include <vector>

#include "sweep/base/sha256.hpp"
#include "sweep/run/block_run.hpp"

namespace truce {
namespace {

constexpr int rounds = 9;
constexpr double trial_seconds = 0.25;  ///< of the bare engine
constexpr std::int64_t runs_at_once = 4096;

const Code& code_of(const Plan& plan) { return plan.kernel->codes.front(); }

/// Fair wars over `forts` forts, so that a run lasts (forts / 2)^2 months.
Plan plan_of(std::int64_t forts, std::int64_t points, int replicates, bool quantiles) {
  std::string name = (std::filesystem::temp_directory_path() / "truce-overhead-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder can be made in " + name);
  const std::filesystem::path file = std::filesystem::path(name) / "overhead.ini";
  std::ofstream(file) << "[study]\nkernel = gamblers_ruin\nseed = 861\nreplicates = " << replicates
                      << "\n[design]\nmethod = sobol\npoints = " << points
                      << "\n[inputs]\nwin_probability = uniform(0.4999, 0.5001)\nforts = " << forts
                      << "\nforts_a = " << forts / 2 << "\n[store]\nquantiles = " << (quantiles ? "yes\n" : "no\n");
  Plan plan = load_plan(file, {}, kernels());
  std::filesystem::remove_all(name);
  return plan;
}

double seconds_of(const std::function<void()>& work) {
  const auto begun = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
}

/// The bare engine on all runs of a plan, with parameters prepared in advance.
class Bare {
 public:
  explicit Bare(const Plan& plan)
      : plan_(plan),
        machine_(code_of(plan)),
        params_(static_cast<std::size_t>(plan.points) * code_of(plan).params),
        outcomes_(runs_at_once * code_of(plan).outcomes),
        failed_(runs_at_once) {
    const Design design(plan);
    std::vector<double> inputs(plan.kernel->inputs.size());
    for (std::int64_t point = 0; point < plan.points; ++point) {
      design.point(point, 0, inputs);
      code_of(plan).prepare(inputs.data(), params_.data() + static_cast<std::size_t>(point) * code_of(plan).params);
    }
  }

  /// Calls `each(outcomes)` after every batch.
  template <class Each>
  void run(Each each) {
    const std::int64_t at_once = runs_at_once / plan_.replicates;
    for (std::int64_t first = 0; first < plan_.points; first += at_once) {
      const std::int64_t count = std::min(at_once, plan_.points - first);
      tasks_.clear();
      for (std::int64_t i = 0; i < count; ++i) {
        const auto run = static_cast<std::size_t>(i) * plan_.replicates;
        tasks_.push_back({params_.data() + static_cast<std::size_t>(first + i) * code_of(plan_).params,
                          static_cast<std::uint64_t>(first + i), 0, plan_.replicates,
                          outcomes_.data() + run * code_of(plan_).outcomes, failed_.data() + run});
      }
      machine_.begin(plan_.seed, tasks_);
      while (!machine_.advance(std::uint64_t{1} << 20)) {
      }
      each(std::span<const double>(outcomes_).first(static_cast<std::size_t>(count) * plan_.replicates *
                                                    code_of(plan_).outcomes));
    }
  }

 private:
  const Plan& plan_;
  Machine machine_;
  std::vector<double> params_, outcomes_;
  std::vector<std::uint8_t> failed_;
  std::vector<Task> tasks_;
};

/// Whole rows of points, as a rank makes them of a block.
class Rowed {
 public:
  explicit Rowed(const Plan& plan)
      : plan_(plan), design_(plan), layout_(layout_of(plan)), block_(plan, design_, layout_, code_of(plan)) {}
  std::span<const std::byte> run() {
    block_.begin({0, plan_.units()});
    while (!block_.advance()) {
    }
    return block_.payload();
  }

 private:
  const Plan& plan_;
  Design design_;
  Layout layout_;
  BlockRun block_;
};

double median(std::vector<double> values) {
  std::ranges::nth_element(values, values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2));
  return values[values.size() / 2];
}

/// `target`: the most that is wanted; NaN if nothing is.
void print(const std::string& name, double value, const std::string& unit, double target, const std::string& checksum) {
  std::cout << "{\"name\": \"overhead." << name << "\", \"value\": " << value << ", \"unit\": \"" << unit
            << "\", \"target\": ";
  if (std::isnan(target)) {
    std::cout << "null";
  } else {
    std::cout << target;
  }
  std::cout << ", \"command\": \"overhead\", \"checksum\": \"" << checksum.substr(0, 12) << "\"}" << std::endl;
}

double seconds_per_run(std::int64_t forts, std::int64_t runs) {
  const Plan plan = plan_of(forts, std::max<std::int64_t>(1, runs / 64), 64, false);
  Bare bare(plan);
  const double seconds =
      std::min(seconds_of([&] { bare.run([](auto) {}); }), seconds_of([&] { bare.run([](auto) {}); }));
  return seconds / static_cast<double>(plan.runs());
}

/// Forts that make a run last about `seconds`, as far as the kernel's limit of 1,000 goes.
std::int64_t forts_for(double seconds) {
  const double per_month = seconds_per_run(100, 4096) / 2500;
  return std::clamp<std::int64_t>(2 * std::lround(std::sqrt(seconds / per_month)), 4, 1000);
}

void compare(const std::string& name, double seconds, int replicates) {
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  const std::int64_t forts = forts_for(seconds);
  const double per_run = seconds_per_run(forts, std::clamp<std::int64_t>(std::lround(0.1 / seconds), 64, 65536));
  const std::int64_t points = std::max<std::int64_t>(2, std::lround(trial_seconds / per_run / replicates));
  const Plan plan = plan_of(forts, points, replicates, false), with = plan_of(forts, points, replicates, true);
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
    for (std::size_t v = 0; v < variants.size(); ++v) taken[v].push_back(seconds_of(variants[v]));
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
  print(name + ".engine", nanoseconds(0), "ns/run", none, checksum);
  print(name + ".engine_and_sum", nanoseconds(1), "ns/run", none, checksum + (sums[0] > 0 ? "" : "?"));
  print(name + ".rows", nanoseconds(2), "ns/run", none, rows);
  print(name + ".rows_and_quantiles", nanoseconds(3), "ns/run", none, full);
  print(name + ".rows_over_engine", over(2, 0), "%", 2, rows);
  print(name + ".rows_over_sum", over(2, 1), "%", 10, rows);
  print(name + ".quantiles_over_sum", over(3, 1), "%", 10, full);
}

}  // namespace
}  // namespace truce

int main() {
  truce::compare("1us", 1e-6, 64);
  truce::compare("1us_1024", 1e-6, 1024);
  truce::compare("10us", 1e-5, 64);
  truce::compare("1ms", 1e-3, 64);
}
