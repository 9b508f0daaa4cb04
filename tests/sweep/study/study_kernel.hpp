// A small kernel declaration and study files for the tests of plans and designs; no model behind it.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "sweep/base/error.hpp"
#include "sweep/study/plan.hpp"

namespace truce::testing {

struct Interval {
  double lo, hi;
};

inline Input toy_input(std::string_view name, std::string_view unit, double standard, Interval range, Interval limits) {
  Input input;
  input.name = name;
  input.unit = unit;
  input.standard = standard;
  input.range_lo = range.lo, input.range_hi = range.hi;
  input.limit_lo = limits.lo, input.limit_hi = limits.hi;
  return input;
}

inline const std::vector<Kernel>& toy_kernels() {
  static constexpr double months[] = {1, 3, 6, 12};
  static constexpr std::string_view modes[] = {"quiet", "loud", "none"};
  static constexpr std::string_view endings[] = {"deal", "victory", "ongoing"};
  const auto make = [] {
    Kernel toy;
    toy.name = "toy";
    toy.version = 3;
    toy.inputs = {
        toy_input("share", "1", 0.5, {0, 1}, {0, 1}),       toy_input("drift", "1/month", 0, {-0.01, 0.01}, {-1, 1}),
        toy_input("rate", "1", 1, {0.01, 10}, {1e-6, 1e6}), toy_input("every", "month", 3, {1, 12}, {0, 100}),
        toy_input("count", "1", 2, {2, 5}, {0, 1e9}),       toy_input("mode", "1", 0, {0, 2}, {0, 2}),
        toy_input("fixed", "1", 1, {1, 1}, {0, 2})};
    toy.inputs[3].kind = toy.inputs[4].kind = InputKind::integer;
    toy.inputs[3].values = months;
    toy.inputs[5].kind = InputKind::choice;
    toy.inputs[5].names = modes;
    toy.outcomes = {{"ending", "1", OutcomeKind::flag, "", 0, 2, endings, {}},
                    {"relapsed", "1", OutcomeKind::flag, "", 0, 1, {}, {}},
                    {"length", "month", OutcomeKind::real, "", 0, 10, {}, {}}};
    Kernel other;
    other.name = "other";
    other.inputs = {toy.inputs[0]};
    return std::vector<Kernel>{toy, other};
  };
  static const std::vector<Kernel> all = make();
  return all;
}

/// A file of this content in the test's own folder.
inline std::filesystem::path write_file(const std::string& name, const std::string& text) {
  const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
  const std::filesystem::path folder = std::filesystem::path(::testing::TempDir()) /
                                       ("truce_" + std::string(test->test_suite_name()) + "_" + test->name());
  std::filesystem::create_directories(folder);
  std::ofstream(folder / name, std::ios::binary) << text;
  return folder / name;
}

inline Plan plan_of(const std::string& text, const std::vector<std::string>& options = {}) {
  return load_plan(write_file("a.ini", text), options, toy_kernels());
}

/// The whole message of the error, folders cut off; "" if there is none.
inline std::string problems_of(const std::string& text, const std::vector<std::string>& options = {}) {
  const auto file = write_file("a.ini", text);
  try {
    load_plan(file, options, toy_kernels());
  } catch (const Error& error) {
    EXPECT_EQ(error.exit(), Exit::usage);
    std::string message = error.what();
    const std::string folder = file.parent_path().string() + "/";
    for (auto at = message.find(folder); at != std::string::npos; at = message.find(folder)) {
      message.erase(at, folder.size());
    }
    return message;
  }
  return "";
}

inline std::size_t lines_in(const std::string& message) {
  return message.empty() ? 0 : 1 + static_cast<std::size_t>(std::count(message.begin(), message.end(), '\n'));
}

/// Fails showing the message if a part is missing.
inline void expect_parts(const std::string& message, const std::vector<std::string>& parts) {
  for (const auto& part : parts) EXPECT_NE(message.find(part), std::string::npos) << part << "\nis not in\n" << message;
}

}  // namespace truce::testing
