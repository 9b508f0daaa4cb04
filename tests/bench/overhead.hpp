// Shared by the benches of the sweep: studies of fair wars of any length, seconds, medians, and the lines they print.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "sweep/run/block_run.hpp"

namespace truce::bench {

inline constexpr std::int64_t runs_at_once = 4096;

/// What is run: the fastest code of a plan's kernel.
const Code& code_of(const Plan& plan);

/// Fair wars over `forts` forts, so that a run lasts (forts / 2)^2 months. Its result file would stand in `folder`.
struct Wars {
  std::int64_t forts = 10, points = 1;
  int replicates = 1;
  bool quantiles = false;
};
Plan plan_of(const Wars& wars, const std::string& folder);

/// A folder of its own below the system's for temporary files; removed with it.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

double seconds_of(const std::function<void()>& work);
/// Of this process: what others do on the machine disturbs it less.
double processor_seconds_of(const std::function<void()>& work);
double median(std::vector<double> values);

/// One JSON line; `target` NaN where there is none.
struct Line {
  std::string name;
  double value;
  std::string unit;
  double target;
  std::string checksum;
};
void print(const Line& line);

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
  const BlockRun& run(Range units) {
    block_.begin(units);
    while (!block_.advance()) {
    }
    return block_;
  }
  std::span<const std::byte> run() { return run({0, plan_.units()}).payload(); }

 private:
  const Plan& plan_;
  Design design_;
  Layout layout_;
  BlockRun block_;
};

/// Seconds of the bare engine a run, from about so many runs.
double seconds_per_run(std::int64_t forts, std::int64_t runs);
/// Forts that make a run of the bare engine last about `seconds`, as far as the kernel's limit of 1,000 goes.
std::int64_t forts_for(double seconds);
/// Journal and seal against the runs themselves.
void compare_store(const std::string& name, double seconds, int replicates, double runs);

}  // namespace truce::bench
