// Writes the studies that all benches share, so that each program plays the same ones: bench_points FOLDER.
// defaults.csv: one point; ranges.csv: 4096 points, every input over its range; A.csv to E.csv and figures.csv: the
// cases of tests/kernels/whole_cases.hpp; all of anchored_peace. KERNEL.csv: the defaults of every other kernel.
#include <exception>
#include <iomanip>
#include <iostream>
#include <random>

#include "tests/bench/report.hpp"
#include "tests/kernels/whole_cases.hpp"

namespace {

using namespace truce;

constexpr std::size_t range_points = 4096;

/// A plausible value; `u` in [0,1).
double within_range(const Input& input, double u) {
  if (!input.values.empty())
    return input.values[static_cast<std::size_t>(u * static_cast<double>(input.values.size()))];
  const double width = input.range_hi - input.range_lo;
  if (input.kind == InputKind::real) return input.range_lo + width * u;
  return input.range_lo + std::floor((width + 1) * u);
}

void write_points(const std::string& path, const std::vector<std::vector<double>>& rows,
                  std::string_view kernel = "anchored_peace") {
  std::ofstream file(path);
  file << std::setprecision(17);
  const char* comma = "";
  for (const auto& input : find_kernel(kernel)->inputs) file << std::exchange(comma, ",") << input.name;
  for (const auto& row : rows) {
    comma = "\n";
    for (const double value : row) file << std::exchange(comma, ",") << value;
  }
  file << "\n" << std::flush;
  if (!file) throw std::runtime_error(path + " cannot be written");
}

std::vector<std::vector<double>> points_over_ranges() {
  std::mt19937_64 random(861);
  std::vector<std::vector<double>> rows(range_points);
  for (auto& row : rows)
    for (const auto& input : find_kernel("anchored_peace")->inputs)
      row.push_back(within_range(input, static_cast<double>(random() >> 11) * 0x1p-53));
  return rows;
}

void write_cases(const std::string& folder) {
  using namespace truce::testing;
  std::ofstream figures(folder + "/figures.csv");
  figures << "case,outcome,mean,standard_error,decimals\n";
  for (const auto& whole :
       {case_defaults(), case_war_only(), case_two_democracies(), case_all_or_nothing(), case_mixed()}) {
    write_points(folder + "/" + std::string(whole.name) + ".csv",
                 {inputs_of(*find_kernel("anchored_peace"), whole.changes)});
    for (const auto& printed : whole.expected)
      figures << whole.name << "," << printed.outcome << "," << printed.mean << "," << printed.standard_error << ","
              << printed.decimals << "\n";
  }
}

}  // namespace

int main(int count, char** words) try {
  if (count != 2) throw std::runtime_error("usage: bench_points FOLDER");
  const std::string folder = words[1];
  write_points(folder + "/defaults.csv", {testing::inputs_of(*find_kernel("anchored_peace"))});
  write_points(folder + "/ranges.csv", points_over_ranges());
  write_cases(folder);
  for (const auto& kernel : kernels())
    if (kernel.name != "anchored_peace")
      write_points(folder + "/" + std::string(kernel.name) + ".csv", {testing::inputs_of(kernel)}, kernel.name);
} catch (const std::exception& error) {
  std::cerr << "bench_points: " << error.what() << "\n";
  return 1;
}
