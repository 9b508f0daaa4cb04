// Shared by the tests of indices: result files in which an outcome is a known function of inputs that are uniform in
// [0, 1], with chance of a known spread.
#pragma once

#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <numbers>

#include "analysis/analyze.hpp"
#include "kernels/philox.hpp"
#include "sweep/study/design.hpp"
#include "tests/analysis/made_result.hpp"

namespace truce::test {

/// Of the values of the four inputs.
using OfInputs = std::function<double(std::span<const double>)>;

/// A study of `screening` with four uniform inputs, and further lines of text.
inline std::string four_inputs(const std::string& design, int replicates, const std::string& more = "") {
  return "[study]\nkernel = screening\nseed = 861\nreplicates = " + std::to_string(replicates) +
         "\n[design]\nmethod = " + design +
         "\n[inputs]\nautocracy_a = uniform(0, 1)\ncynicism = uniform(0, 1)\npatron_support = uniform(0, 1)\n"
         "patron_floor = uniform(0, 1)\n" +
         more;
}
inline const std::vector<std::string> four_names{"autocracy_a", "cynicism", "patron_support", "patron_floor"};

/// The numbers of one made outcome.
class MadeOutcome {
 public:
  MadeOutcome(const Plan& plan, OfInputs mean, OfInputs deviation)
      : plan_(plan), design_(plan), mean_(std::move(mean)), deviation_(std::move(deviation)) {
    for (const auto& name : four_names)
      for (std::size_t i = 0; i < plan.inputs.size(); ++i)
        if (plan.kernel->inputs[i].name == name) columns_.push_back(i);
  }
  std::vector<double> inputs(std::int64_t row) const {
    std::vector<double> values;
    for (const std::size_t i : columns_)
      values.push_back(design_.value(row / plan_.members, static_cast<int>(row % plan_.members), i));
    return values;
  }
  /// Value of a replicate: normal chance from the stream of the test's own.
  double run(std::int64_t row, std::uint32_t replicate) const {
    const auto x = inputs(row);
    const double spread = deviation_ ? deviation_(x) : 0;
    if (spread == 0) return mean_(x);
    const Words words = Stream{12, static_cast<std::uint64_t>(row), replicate}.block(99, 0);
    return mean_(x) + spread * quantile(boost::math::normal(), uniform(words[0]));
  }
  /// Mean over replicates, and their sample variance.
  std::pair<double, double> moments(std::int64_t row) const {
    double sum = 0, squares = 0;
    for (std::uint32_t r = 0; r < plan_.replicates; ++r) sum += run(row, r);
    const double mean = sum / plan_.replicates;
    for (std::uint32_t r = 0; r < plan_.replicates; ++r) squares += (run(row, r) - mean) * (run(row, r) - mean);
    return {mean, plan_.replicates > 1 ? squares / (plan_.replicates - 1) : NAN};
  }

 private:
  const Plan& plan_;
  Design design_;
  OfInputs mean_, deviation_;
  std::vector<std::size_t> columns_;
};

/// A result whose outcome welfare_a is made, and in which no run failed; `change` may replace numbers.
inline std::filesystem::path made_function(
    const Plan& plan, OfInputs mean, OfInputs deviation = {},
    const std::function<double(const std::string&, std::int64_t, double)>& change = {}) {
  const MadeOutcome made(plan, std::move(mean), std::move(deviation));
  return made_result(plan, [&](const std::string& column, std::int64_t row, std::size_t) {
    double value = 0;
    if (column == "welfare_a") value = made.moments(row).first;
    if (column == "welfare_a_var") value = made.moments(row).second;
    if (column.ends_with("_n") || column == "replicates") value = plan.replicates;
    return change ? change(column, row, value) : value;
  });
}

/// Analyses welfare_a of a file by some parts, alone.
inline analysis::Analysis analyzed(const std::filesystem::path& file, std::vector<std::string> parts,
                                   std::vector<std::string> outcomes = {"welfare_a"}) {
  const auto crew = make_local_crew();
  const analysis::Dataset data(file);
  return analysis::analyze(*crew, data, {std::move(outcomes), std::move(parts), 1000, {}, {}});
}

/// A number of a table, by the labels of its axes.
inline double number(const analysis::Analysis& analysis, const std::string& answer,
                     const std::vector<std::string>& labels) {
  for (const auto& table : analysis.tables)
    for (const auto& each : table.answers) {
      if (each.name != answer) continue;
      std::size_t place = 0;
      for (std::size_t a = 0; a < table.axes.size(); ++a) {
        const auto& all = table.axes[a].labels;
        const auto at = std::ranges::find(all, labels.at(a));
        if (at == all.end()) throw Error(Exit::internal, answer + " has no " + labels[a]);
        place = place * all.size() + static_cast<std::size_t>(at - all.begin());
      }
      return each.values[place];
    }
  throw Error(Exit::internal, "there is no answer " + answer);
}

/// Ishigami & Homma 1990, a = 7, b = 0.1, of the first three inputs.
inline double ishigami(std::span<const double> u) {
  const auto x = [&](std::size_t i) { return std::numbers::pi * (2 * u[i] - 1); };
  return std::sin(x(0)) + 7 * std::pow(std::sin(x(1)), 2) + 0.1 * std::pow(x(2), 4) * std::sin(x(0));
}
/// Its variance and indices, from the closed forms (the fourth input is inert).
struct Ishigami {
  static constexpr double pi4 = 97.40909103400244, pi8 = 9488.531016070574;
  static constexpr double v1 = (1 + 0.1 * pi4 / 5) * (1 + 0.1 * pi4 / 5) / 2, v2 = 49.0 / 8,
                          v13 = 0.01 * pi8 * (1.0 / 18 - 1.0 / 50), variance = v1 + v2 + v13;
  static constexpr double first[4] = {v1 / variance, v2 / variance, 0, 0};
  static constexpr double total[4] = {(v1 + v13) / variance, v2 / variance, v13 / variance, 0};
};

/// Of the made outcome under all policies.
inline double index_of(const analysis::Analysis& a, const std::string& answer, const std::string& input,
                       const std::string& reading) {
  return number(a, answer, {"welfare_a", "all", input, reading});
}

}  // namespace truce::test
