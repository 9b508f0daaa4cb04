// Float against double with the same counters: every outcome's mean, and every share of a flag, for every kernel.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

#include "kernels/philox.hpp"
#include "tests/kernels/run_kernel.hpp"

namespace truce::testing {
namespace {

/// Sums over the runs of one quantity, NaN where it is missing.
struct Sums {
  double count = 0, sum = 0, squares = 0;
  void add(double x) {
    if (std::isnan(x)) return;
    ++count;
    sum += x;
    squares += x * x;
  }
  double mean() const { return count > 0 ? sum / count : 0; }
  double standard_error() const {
    return count > 1 ? std::sqrt(std::max(0.0, squares / count - mean() * mean()) / (count - 1)) : 0;
  }
};

/// A real outcome, or the share of one meaning of a flag.
struct Quantity {
  std::string name;
  std::size_t outcome = 0;
  double meaning = -1;  ///< code of the flag, -1: the outcome itself
  double range = 1;
  Sums in_double, in_float, difference;

  double value(const Runs& runs, std::size_t run) const {
    const double x = runs.at(run, outcome);
    if (meaning < 0 || std::isnan(x)) return x;
    return x == meaning ? 1 : 0;
  }
  double deviation() const { return std::abs(in_float.mean() - in_double.mean()); }
  /// The standard error is that of one mean: both see the same random numbers, so that their difference has less.
  double bound() const { return std::max(4 * in_double.standard_error(), 1e-3 * range); }
};

std::vector<Quantity> quantities_of(const Kernel& kernel) {
  std::vector<Quantity> all;
  for (std::size_t i = 0; i < kernel.outcomes.size(); ++i) {
    const auto& outcome = kernel.outcomes[i];
    const std::string name(outcome.name);
    if (outcome.kind != OutcomeKind::flag) {
      all.push_back({name, i, -1, outcome.hi - outcome.lo, {}, {}, {}});
      continue;
    }
    for (std::size_t k = 0; k < outcome.meanings.size(); ++k)
      all.push_back({name + "_" + std::string(outcome.meanings[k]), i, static_cast<double>(k), 1, {}, {}, {}});
    if (outcome.meanings.empty()) all.push_back({name, i, 1, 1, {}, {}, {}});
  }
  return all;
}

/// A point anywhere in the ranges, by the kind of each input.
std::vector<double> point_in_ranges(const Kernel& kernel, std::uint32_t number) {
  std::vector<double> point;
  for (std::uint32_t i = 0; i < kernel.inputs.size(); ++i) {
    const auto& input = kernel.inputs[i];
    const double u = uniform(philox({number, i, 0, 0}, {6, 6})[0]);
    double x = input.range_lo + u * (input.range_hi - input.range_lo);
    if (input.kind != InputKind::real) x = std::floor(input.range_lo + u * (input.range_hi - input.range_lo + 1));
    if (!input.values.empty()) x = input.values[static_cast<std::size_t>(u * static_cast<double>(input.values.size()))];
    point.push_back(x);
  }
  return point;
}

/// Points whose `prepare` throws have no runs to compare.
bool can_run(const Kernel& kernel, const std::vector<double>& point) {
  std::vector<double> params(reference_code(kernel).params);
  try {
    reference_code(kernel).prepare(point.data(), params.data());
  } catch (const std::exception&) {
    return false;
  }
  return true;
}

void compare(std::vector<Quantity>& all, const Runs& in_double, const Runs& in_float) {
  for (std::size_t run = 0; run < in_double.count(); ++run) {
    EXPECT_EQ(in_double.failed[run], in_float.failed[run]);
    for (auto& quantity : all) {
      const double exact = quantity.value(in_double, run), rough = quantity.value(in_float, run);
      quantity.in_double.add(exact);
      quantity.in_float.add(rough);
      quantity.difference.add(rough - exact);
    }
  }
}

void expect_agreement(const std::string& where, const std::vector<Quantity>& all) {
  const Quantity* worst = &all[0];
  for (const auto& quantity : all) {
    EXPECT_LE(quantity.deviation(), quantity.bound())
        << where << " " << quantity.name << ": " << quantity.in_float.mean() << " in float, "
        << quantity.in_double.mean() << " in double";
    if (quantity.deviation() / quantity.range > worst->deviation() / worst->range) worst = &quantity;
  }
  std::printf("%s: largest deviation %.2g of the range, of %s: %.3g (bound %.3g, standard error %.2g, paired %.2g)\n",
              where.c_str(), worst->deviation() / worst->range, worst->name.c_str(), worst->deviation(), worst->bound(),
              worst->in_double.standard_error(), worst->difference.standard_error());
}

/// Half of the runs at the defaults, half at `points` points of the ranges.
void expect_float_means_of_double(std::uint32_t runs, std::uint32_t points) {
  for (const auto& kernel : kernels()) {
    const auto& in_double = fastest_code(kernel);
    const auto& in_float = fastest_code(kernel, Arithmetic::in_float);
    auto at_defaults = quantities_of(kernel), in_ranges = at_defaults;
    constexpr std::uint32_t piece = 50000;
    for (std::uint32_t done = 0; done < runs / 2; done += piece)  // each piece with random numbers of its own
      compare(at_defaults, run_points(in_double, {inputs_of(kernel)}, piece, done),
              run_points(in_float, {inputs_of(kernel)}, piece, done));
    const std::string name(kernel.name);
    expect_agreement(name + " at the defaults", at_defaults);
    for (std::uint32_t number = 0, found = 0; found < points; ++number) {
      const auto point = point_in_ranges(kernel, number);
      if (!can_run(kernel, point)) continue;
      ++found;
      compare(in_ranges, run_points(in_double, {point}, runs / 2 / points, number),
              run_points(in_float, {point}, runs / 2 / points, number));
    }
    expect_agreement(name + " over its ranges", in_ranges);
  }
}

TEST(FloatAgainstDouble, MeansAgreeAt200000RunsOfEachKernel) { expect_float_means_of_double(200000, 100); }

TEST(FloatAgainstDouble, LongMeansAgreeAtTenMillionRunsOfEachKernel) { expect_float_means_of_double(10000000, 2000); }

}  // namespace
}  // namespace truce::testing
