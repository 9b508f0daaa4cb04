// What every kernel of the catalogue must keep: names, ranges, sizes, definitions, and runs at all corners.
#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "kernels/philox.hpp"
#include "tests/kernels/run_kernel.hpp"

namespace truce::testing {
namespace {

class Contract : public ::testing::TestWithParam<std::string> {
 protected:
  const Kernel& kernel() const { return *find_kernel(GetParam()); }
};

template <class Items>
bool has(const Items& items, std::string_view name) {
  for (const auto& item : items)
    if (item.name == name) return true;
  return false;
}

/// A word that is a key in study files and a column in result files.
bool is_name(std::string_view name) {
  if (name.empty() || name.front() < 'a' || name.front() > 'z') return false;
  for (const char c : name)
    if (!(c == '_' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))) return false;
  return true;
}

TEST_P(Contract, NamesAreUniqueKeys) {
  std::set<std::string_view> seen;
  const auto see = [&](std::string_view name) {
    EXPECT_TRUE(is_name(name)) << name;
    EXPECT_TRUE(seen.insert(name).second) << name << " is there twice";
  };
  see(kernel().name);
  for (const auto& input : kernel().inputs) see(input.name);
  for (const auto& outcome : kernel().outcomes) see(outcome.name);
  for (const auto& curve : kernel().curves) see(curve.name);
  std::set<std::string_view> mechanisms, columns;
  for (const auto& mechanism : kernel().mechanisms) EXPECT_TRUE(mechanisms.insert(mechanism.name).second);
  for (const auto& column : kernel().trace) EXPECT_TRUE(columns.insert(column.name).second);
  EXPECT_EQ(find_kernel(kernel().name), &kernel());
}

TEST_P(Contract, InputsAreDescribedAndTheirNumbersNested) {
  EXPECT_FALSE(kernel().summary.empty());
  EXPECT_FALSE(kernel().source.empty());
  EXPECT_GE(kernel().version, 1);
  for (const auto& input : kernel().inputs) {
    EXPECT_FALSE(input.meaning.empty()) << input.name;
    EXPECT_FALSE(input.unit.empty()) << input.name;
    EXPECT_LE(input.limit_lo, input.range_lo) << input.name;
    EXPECT_LE(input.range_lo, input.standard) << input.name;
    EXPECT_LE(input.standard, input.range_hi) << input.name;
    EXPECT_LE(input.range_hi, input.limit_hi) << input.name;
    EXPECT_LT(input.range_lo, input.range_hi) << input.name;
    for (const double value : input.values) {
      EXPECT_LE(input.range_lo, value) << input.name;
      EXPECT_LE(value, input.range_hi) << input.name;
    }
    const bool whole = input.kind != InputKind::real;
    EXPECT_TRUE(!whole || input.standard == std::floor(input.standard)) << input.name;
    EXPECT_TRUE(input.kind != InputKind::choice || !input.names.empty()) << input.name;
  }
}

TEST_P(Contract, OutcomesCurvesAndMechanismsNameWhatExists) {
  for (const auto& outcome : kernel().outcomes) {
    EXPECT_FALSE(outcome.meaning.empty()) << outcome.name;
    EXPECT_FALSE(outcome.unit.empty()) << outcome.name;
    EXPECT_LT(outcome.lo, outcome.hi) << outcome.name;
    if (!outcome.defined.outcome.empty()) {
      EXPECT_TRUE(has(kernel().outcomes, outcome.defined.outcome)) << outcome.name;
      EXPECT_FALSE(outcome.defined.when.empty()) << outcome.name;
    }
  }
  for (const auto& curve : kernel().curves) {
    EXPECT_TRUE(has(kernel().outcomes, curve.time)) << curve.name;
    EXPECT_TRUE(has(kernel().outcomes, curve.event)) << curve.name;
    EXPECT_FALSE(curve.event_codes.empty()) << curve.name;
    double last = 0;
    for (const double month : curve.months) {
      EXPECT_GT(month, last) << curve.name;
      EXPECT_EQ(2 * month, std::floor(2 * month)) << curve.name;
      last = month;
    }
  }
  for (const auto& mechanism : kernel().mechanisms) {
    EXPECT_FALSE(mechanism.off.empty()) << mechanism.name;
    for (const auto& off : mechanism.off) {
      const auto& input = kernel().inputs[index_of(kernel().inputs, off.input)];
      EXPECT_LE(input.limit_lo, off.value) << mechanism.name;
      EXPECT_LE(off.value, input.limit_hi) << mechanism.name;
    }
  }
}

TEST_P(Contract, CodesHaveTheDeclaredSizes) {
  for (const Arithmetic arithmetic : {Arithmetic::in_double, Arithmetic::in_float}) {
    EXPECT_EQ(reference_code(kernel(), arithmetic).instruction_set, "plain");
    EXPECT_EQ(reference_code(kernel(), arithmetic).lanes, 1);
    EXPECT_EQ(reference_code(kernel(), arithmetic).arithmetic, arithmetic);
    EXPECT_EQ(fastest_code(kernel(), arithmetic).arithmetic, arithmetic);
    for (const auto& code : kernel().codes)
      EXPECT_TRUE(find_code(kernel(), code.arithmetic, code.instruction_set) == &code) << code.instruction_set;
  }
  EXPECT_EQ(find_code(kernel(), Arithmetic::in_double, "v99"), nullptr);
  for (const auto& code : kernel().codes) {
    EXPECT_GE(code.params, kernel().inputs.size());
    EXPECT_EQ(code.outcomes, kernel().outcomes.size());
    EXPECT_GE(code.lanes, 1);
    EXPECT_EQ(code.params, reference_code(kernel()).params);
    EXPECT_EQ(code.state, reference_code(kernel()).state);
    for (const auto& column : kernel().trace) EXPECT_LT(column.offset, code.state) << column.name;
  }
}

/// The order of the declaration is the order of Params: each input moves the number of its own index.
TEST_P(Contract, EachInputIsTheParamOfItsIndex) {
  const auto& code = reference_code(kernel());
  const auto inputs = inputs_of(kernel());
  std::vector<double> base(code.params), moved(code.params);
  code.prepare(inputs.data(), base.data());
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    auto changed = inputs;
    const auto& input = kernel().inputs[i];
    changed[i] = input.standard == input.range_hi ? input.range_lo : input.range_hi;
    code.prepare(changed.data(), moved.data());
    EXPECT_EQ(base[i], inputs[i]) << input.name;
    EXPECT_EQ(moved[i], changed[i]) << input.name;
    for (std::size_t k = 0; k < inputs.size(); ++k)
      EXPECT_TRUE(k == i || moved[k] == base[k]) << input.name << " moves " << kernel().inputs[k].name;
  }
}

std::vector<std::vector<double>> corners(const Kernel& kernel) {
  std::vector<std::vector<double>> points;
  for (std::uint32_t i = 0; i < 1000; ++i) {
    std::vector<double> point;
    for (std::uint32_t k = 0; k < kernel.inputs.size(); ++k) {
      const bool high = philox({i, k, 0, 0}, {5, 5})[0] % 2 == 1;
      point.push_back(high ? kernel.inputs[k].range_hi : kernel.inputs[k].range_lo);
    }
    points.push_back(point);
  }
  return points;
}

bool is_defined(const Kernel& kernel, const Runs& runs, std::size_t run, const Outcome& outcome) {
  return outcome.defined.outcome.empty() ||
         runs.at(run, index_of(kernel.outcomes, outcome.defined.outcome)) == outcome.defined.value;
}

TEST_P(Contract, AllCodesRunTheCornersOfTheRangesWithTheSameBytes) {
  const auto points = corners(kernel());
  const auto expected = run_points(reference_code(kernel()), points, 1);
  const auto in_float = run_points(reference_code(kernel(), Arithmetic::in_float), points, 1);
  EXPECT_FALSE(expected.same_bytes(in_float) && kernel().outcomes.size() > 2);
  for (const auto& code : kernel().codes) {
    const auto& of_its_kind = code.arithmetic == Arithmetic::in_float ? in_float : expected;
    EXPECT_TRUE(of_its_kind.same_bytes(run_points(code, points, 1))) << code.instruction_set;
  }
  for (std::size_t run = 0; run < expected.count(); ++run) {
    EXPECT_EQ(expected.failed[run], 0) << run;
    for (std::size_t k = 0; k < kernel().outcomes.size(); ++k) {
      const auto& outcome = kernel().outcomes[k];
      const double value = expected.at(run, k);
      EXPECT_FALSE(std::isinf(value)) << outcome.name;
      const bool testable = outcome.defined.when.empty() || !outcome.defined.outcome.empty();
      EXPECT_TRUE(!testable || std::isnan(value) != is_defined(kernel(), expected, run, outcome)) << outcome.name;
      if (outcome.kind != OutcomeKind::flag || std::isnan(value)) continue;
      const double codes = outcome.meanings.empty() ? 2 : static_cast<double>(outcome.meanings.size());
      EXPECT_TRUE(value == std::floor(value) && value >= 0 && value < codes) << outcome.name << " " << value;
    }
  }
}

TEST_P(Contract, ReplicatesDoNotDependOnHowTasksAreCut) {
  const auto& code = fastest_code(kernel());
  const auto inputs = inputs_of(kernel());
  const auto whole = run_points(code, {inputs}, 10);
  std::vector<double> params(code.params), values(10 * code.outcomes);
  std::vector<std::uint8_t> failed(10);
  code.prepare(inputs.data(), params.data());
  const std::vector<Task> tasks = {{params.data(), 0, 0, 3, values.data(), failed.data()},
                                   {params.data(), 0, 3, 0, values.data(), failed.data()},
                                   {params.data(), 0, 3, 7, values.data() + 3 * code.outcomes, failed.data() + 3}};
  const Workspace workspace(code);
  code.begin(workspace.get(), 861, tasks);
  while (!code.advance(workspace.get(), 1)) {
  }
  EXPECT_TRUE(whole.same_bytes(Runs{code.outcomes, values, failed}));
  EXPECT_GT(code.steps(workspace.get()), 0U);
}

INSTANTIATE_TEST_SUITE_P(All, Contract, ::testing::ValuesIn(names_of_kernels()),
                         [](const auto& instance) { return instance.param; });

TEST(Catalogue, HasNoKernelTwiceAndKnowsWhatItLacks) {
  std::set<std::string_view> names;
  for (const auto& kernel : kernels()) EXPECT_TRUE(names.insert(kernel.name).second) << kernel.name;
  EXPECT_GE(names.size(), 2U);
  EXPECT_EQ(find_kernel("no_such_kernel"), nullptr);
}

}  // namespace
}  // namespace truce::testing
