// Study files of the toy kernel for the tests of plans and designs.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "sweep/base/error.hpp"
#include "sweep/study/plan.hpp"
#include "tests/sweep/study/toy_kernel.hpp"

namespace truce::testing {

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
inline std::string problems_of(const std::string& text, const std::vector<std::string>& options = {},
                               const std::vector<Kernel>& kernels = toy_kernels()) {
  const auto file = write_file("a.ini", text);
  try {
    load_plans(file, options, kernels);
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
