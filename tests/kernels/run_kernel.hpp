// Runs a kernel's code on named inputs and gives the outcomes as tables, means and paired differences.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kernels/contract.hpp"
#include "kernels/philox.hpp"

namespace truce::testing {

using Changes = std::vector<std::pair<std::string_view, double>>;

inline std::vector<std::string> names_of_kernels() {
  std::vector<std::string> all;
  for (const auto& kernel : kernels()) all.emplace_back(kernel.name);
  return all;
}

/// Index of the item called `name`; throws if there is none.
template <class Items>
std::size_t index_of(const Items& items, std::string_view name) {
  for (std::size_t i = 0; i < items.size(); ++i)
    if (items[i].name == name) return i;
  throw std::invalid_argument("nothing is called " + std::string(name));
}

/// The defaults with `changes` made in order.
inline std::vector<double> inputs_of(const Kernel& kernel, const Changes& changes = {}) {
  std::vector<double> inputs;
  for (const auto& input : kernel.inputs) inputs.push_back(input.standard);
  for (const auto& [name, value] : changes) inputs[index_of(kernel.inputs, name)] = value;
  return inputs;
}

inline Changes joined(Changes first, const Changes& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

inline double unit_of(std::uint32_t point, std::size_t input) {
  return uniform(philox({point, static_cast<std::uint32_t>(input), 0, 0}, {3, 3})[0]);
}

/// A point inside all ranges; integers and listed values stay what they are.
inline std::vector<double> random_point(const Kernel& kernel, std::uint32_t point) {
  std::vector<double> inputs;
  for (std::size_t i = 0; i < kernel.inputs.size(); ++i) {
    const auto& input = kernel.inputs[i];
    const double u = unit_of(point, i);
    const double whole = input.kind == InputKind::real ? 0 : 1;  // the highest is one of them
    double x = input.range_lo + u * (input.range_hi - input.range_lo + whole);
    if (whole == 1) x = std::floor(x);
    if (!input.values.empty()) x = input.values[static_cast<std::size_t>(u * static_cast<double>(input.values.size()))];
    inputs.push_back(x);
  }
  return inputs;
}

/// Memory for one engine, aligned as it asks.
class Workspace {
 public:
  /// Not zero at first: a code must not depend on what the memory held.
  explicit Workspace(const Code& code) : bytes_(code.workspace + code.alignment, std::byte{0x5a}) {
    void* start = bytes_.data();
    std::size_t space = bytes_.size();
    aligned_ = std::align(code.alignment, code.workspace, start, space);
  }
  void* get() const { return aligned_; }

 private:
  std::vector<std::byte> bytes_;
  void* aligned_ = nullptr;
};

/// [run][outcome], NaN where missing.
struct Runs {
  std::size_t outcomes = 0;
  std::vector<double> values;
  std::vector<std::uint8_t> failed;
  std::size_t count() const { return failed.size(); }
  double at(std::size_t run, std::size_t outcome) const { return values[run * outcomes + outcome]; }
  bool same_bytes(const Runs& other) const {
    return values.size() == other.values.size() && failed == other.failed &&
           std::memcmp(values.data(), other.values.data(), values.size() * sizeof(double)) == 0;
  }
};

/// `replicates` runs at each of `points` (inputs), all in one pass of the engine; point i has stream i.
inline Runs run_points(const Code& code, const std::vector<std::vector<double>>& points, std::uint32_t replicates,
                       std::uint64_t seed = 861, std::uint64_t slice = 100000) {
  Runs runs{code.outcomes, std::vector<double>(points.size() * replicates * code.outcomes),
            std::vector<std::uint8_t>(points.size() * replicates)};
  std::vector<double> params(points.size() * code.params);
  std::vector<Task> tasks;
  for (std::size_t i = 0; i < points.size(); ++i) {
    code.prepare(points[i].data(), params.data() + i * code.params);
    tasks.push_back({params.data() + i * code.params, i, 0, replicates,
                     runs.values.data() + i * replicates * code.outcomes, runs.failed.data() + i * replicates});
  }
  const Workspace workspace(code);
  code.begin(workspace.get(), seed, tasks);
  while (!code.advance(workspace.get(), slice)) {
  }
  return runs;
}

/// Runs of the fastest code at the defaults with `changes`.
inline Runs run_with(const Kernel& kernel, const Changes& changes, std::uint32_t replicates, std::uint64_t seed = 861) {
  return run_points(fastest_code(kernel), {inputs_of(kernel, changes)}, replicates, seed);
}

struct Estimate {
  std::size_t count = 0;
  double mean = 0;
  double standard_error = 0;
};

/// Mean of value(run) over the runs where it is not NaN.
template <class Value>
Estimate estimate(std::size_t runs, const Value& value) {
  Estimate out;
  double squares = 0;  // Welford: sum of squared deviations
  for (std::size_t run = 0; run < runs; ++run) {
    const double x = value(run);
    if (std::isnan(x)) continue;
    ++out.count;
    const double step = x - out.mean;
    out.mean += step / static_cast<double>(out.count);
    squares += step * (x - out.mean);
  }
  const auto n = static_cast<double>(out.count);
  if (out.count > 1) out.standard_error = std::sqrt(squares / (n - 1) / n);
  return out;
}

inline Estimate estimate(const Runs& runs, std::size_t outcome) {
  return estimate(runs.count(), [&](std::size_t run) { return runs.at(run, outcome); });
}

}  // namespace truce::testing
