// What the kernels of the catalogue must keep beside each other: nothing they declare is idle, and words mean the same.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "tests/kernels/run_kernel.hpp"

namespace truce::testing {
namespace {

class EachKernel : public ::testing::TestWithParam<std::string> {
 protected:
  const Kernel& kernel() const { return *find_kernel(GetParam()); }
};

/// Points anywhere in the ranges; whole and listed values stay what they are.
std::vector<std::vector<double>> points_in_ranges(const Kernel& kernel, std::uint32_t count) {
  std::vector<std::vector<double>> points;
  for (std::uint32_t i = 0; i < count; ++i) points.push_back(random_point(kernel, i));
  return points;
}

std::vector<std::vector<double>> with(std::vector<std::vector<double>> points, std::size_t input, double value) {
  for (auto& point : points) point[input] = value;
  return points;
}

constexpr std::uint32_t looked_at = 1000, runs_each = 8;

TEST_P(EachKernel, EveryInputActs) {
  const auto& code = fastest_code(kernel());
  const auto points = points_in_ranges(kernel(), looked_at);
  for (std::size_t i = 0; i < kernel().inputs.size(); ++i) {
    const auto& input = kernel().inputs[i];
    const auto low = run_points(code, with(points, i, input.range_lo), runs_each);
    const bool idle = low.same_bytes(run_points(code, with(points, i, input.range_hi), runs_each)) &&
                      low.same_bytes(run_points(code, points, runs_each));  // test functions are symmetric
    EXPECT_EQ(idle, input.name == "inert") << input.name;
  }
}

TEST_P(EachKernel, EveryMechanismActsUntilItIsSwitchedOff) {
  const auto& code = fastest_code(kernel());
  const auto points = points_in_ranges(kernel(), looked_at);
  const auto all_on = run_points(code, points, runs_each);
  for (const auto& mechanism : kernel().mechanisms) {
    auto off = points;
    for (const auto& one : mechanism.off) off = with(std::move(off), index_of(kernel().inputs, one.input), one.value);
    EXPECT_FALSE(all_on.same_bytes(run_points(code, off, runs_each))) << mechanism.name;
  }
}

INSTANTIATE_TEST_SUITE_P(All, EachKernel, ::testing::ValuesIn(names_of_kernels()),
                         [](const auto& instance) { return instance.param; });

TEST(Catalogue, OneNameHasOneMeaningInAllKernels) {
  std::map<std::string_view, const Input*> inputs;
  std::map<std::string_view, const Outcome*> outcomes;
  for (const auto& kernel : kernels()) {
    for (const auto& input : kernel.inputs) {
      const auto* first = inputs.emplace(input.name, &input).first->second;
      EXPECT_EQ(first->meaning, input.meaning) << kernel.name << " " << input.name;
      EXPECT_EQ(first->unit, input.unit) << kernel.name << " " << input.name;
      EXPECT_EQ(std::pair(first->range_lo, first->range_hi), std::pair(input.range_lo, input.range_hi)) << input.name;
    }
    for (const auto& outcome : kernel.outcomes) {
      const auto* first = outcomes.emplace(outcome.name, &outcome).first->second;
      EXPECT_EQ(first->meaning, outcome.meaning) << kernel.name << " " << outcome.name;
      EXPECT_EQ(first->defined.when, outcome.defined.when) << kernel.name << " " << outcome.name;
    }
  }
}

/// What the memo claims must not hang on one model. Kernels give some mechanisms forms of their own, under other names.
TEST(Catalogue, EveryMechanismOfTheMemoStandsInTwoKernels) {
  const std::map<std::string_view, std::string_view> form_of = {
      {"indivisibility", "all_or_nothing"}, {"casualties", "patron_fatigue"}, {"known_shift", "shifting_balance"}};
  std::map<std::string_view, std::set<std::string_view>> kernels_of;
  for (const auto& kernel : kernels())
    for (const auto& mechanism : kernel.mechanisms) {
      const auto form = form_of.find(mechanism.name);
      if (!mechanism.memo.empty())
        kernels_of[form == form_of.end() ? mechanism.name : form->second].insert(kernel.name);
    }
  EXPECT_GE(kernels_of.size(), 14U);
  for (const auto& [mechanism, names] : kernels_of) EXPECT_GE(names.size(), 2U) << mechanism;
}

/// A rival has a stage of durability. `describe` says what is missing in it, and where settlements ignore the option to
/// wait.
TEST(Catalogue, RivalsSayWhatTheyLeaveOut) {
  const std::set<std::string_view> earliest = {"crisis_offer", "forts", "shifting_power"};
  int rivals = 0;
  for (const auto& kernel : kernels()) {
    const auto has = [&](std::string_view text) { return kernel.notes.find(text) != std::string::npos; };
    const auto has_input = [&](std::string_view name) {
      return std::any_of(kernel.inputs.begin(), kernel.inputs.end(), [&](const Input& i) { return i.name == name; });
    };
    if (!has_input("durability")) continue;
    ++rivals;
    for (const auto* text : {"no second war", "does not anticipate", "this project's own forms"})
      EXPECT_TRUE(has(text)) << kernel.name << ": " << text;
    EXPECT_EQ(has("at the table alone"), has_input("office_stakes")) << kernel.name;
    EXPECT_EQ(has("EARLIEST"), earliest.contains(kernel.name)) << kernel.name;
  }
  EXPECT_EQ(rivals, 5);
}

}  // namespace
}  // namespace truce::testing
