// Prints hashes of the math and of every kernel's runs, to be compared between processors and C libraries.
//
// bits            hashes that must not depend on what the processor or the C library can do
// bits --matrix   the same of the kernels in every width and with all compiler flags of this build
// bits --control  hashes of the C library's own exp, log and sin, which do depend on it
#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdio>
#include <string>

#include "kernels/math.hpp"
#include "kernels/philox.hpp"
#include "tests/kernels/bits/matrix.hpp"
#include "tests/kernels/run_kernel.hpp"

namespace truce::testing {
namespace {

/// FNV-1a over the bytes of doubles; any NaN counts the same.
class Hash {
 public:
  void add(double x) {
    const auto bits = std::isnan(x) ? 0x7ff8000000000000U : std::bit_cast<std::uint64_t>(x);
    for (int shift = 0; shift < 64; shift += 8) value_ = (value_ ^ (bits >> shift & 0xffU)) * 1099511628211U;
  }
  void print(const std::string& what) const {
    std::printf("%s %016llx\n", what.c_str(), static_cast<unsigned long long>(value_));
  }

 private:
  std::uint64_t value_ = 14695981039346656037U;
};

constexpr std::uint32_t results = 65536;

template <class Function>
void print_function(const std::string& name, double lo, double hi, const Function& function) {
  Hash hash;
  for (std::uint32_t i = 0; i < results; ++i) hash.add(function(lo + (hi - lo) * uniform(i * 65537U)));
  hash.print(name);
}

void print_math() {
  print_function("exp", -708, 709, [](double x) { return exp(x); });
  print_function("exp near 0", -1, 1, [](double x) { return exp(x); });
  print_function("expm1", -40, 0, [](double x) { return expm1(x); });
  print_function("log", 0, 4, [](double x) { return log(x); });
  print_function("normal_quantile", 0, 1, [](double x) { return normal_quantile(x); });
}

/// The defaults, half-way from them to the upper and to the lower ends of the ranges (each of them meets wars and
/// peaces that the others do not), and at the upper with every other named choice.
std::vector<std::vector<double>> points_of(const Kernel& kernel) {
  std::vector<double> high, low;
  for (const auto& input : kernel.inputs) {
    const bool real = input.kind == InputKind::real;
    high.push_back(real ? 0.5 * (input.standard + input.range_hi) : input.standard);
    low.push_back(real ? 0.5 * (input.standard + input.range_lo) : input.standard);
  }
  std::vector<std::vector<double>> points = {inputs_of(kernel), high, low};
  double choices = 0;
  for (const auto& input : kernel.inputs)
    if (input.kind == InputKind::choice) choices = std::max(choices, input.range_hi);
  for (double choice = 1; choice <= choices; ++choice) {
    auto other = high;
    for (std::size_t i = 0; i < other.size(); ++i)
      if (kernel.inputs[i].kind == InputKind::choice) other[i] = std::min(choice, kernel.inputs[i].range_hi);
    points.push_back(other);
  }
  return points;
}

void print_runs(const Kernel& kernel, const Code& code, const std::string& where) {
  Hash hash;
  for (const double value : run_points(code, points_of(kernel), 512).values) hash.add(value);
  hash.print(std::string(kernel.name) + (code.arithmetic == Arithmetic::in_float ? "_in_float@" : "@") + where);
}

void print_catalogue() {
  for (const auto& kernel : kernels())
    for (const auto& code : kernel.codes) print_runs(kernel, code, std::string(code.instruction_set));
}

/// What this processor cannot run is named on the standard error.
void print_matrix() {
  for (const auto& row : matrix()) {
    const auto& kernel = *find_kernel(row.kernel);
    if (find_code(kernel, Arithmetic::in_double, row.instruction_set) == nullptr) {
      std::fprintf(stderr, "NOT RUN: %s@%s (this processor lacks %s)\n", std::string(row.kernel).c_str(),
                   std::string(row.flags).c_str(), std::string(row.instruction_set).c_str());
      continue;
    }
    std::array<Cell, most_cells> cells;
    const auto* end = row.write(cells.data());
    for (auto* cell = cells.data(); cell != end; ++cell) {
      cell->code.prepare = reference_code(kernel).prepare;
      print_runs(kernel, cell->code,
                 std::string(row.flags) + ":" + std::to_string(cell->registers) + "x" +
                     std::to_string(cell->code.lanes / cell->registers));
    }
  }
}

void print_control() {
  print_function("libm exp", -20, 20, [](double x) { return std::exp(x); });
  print_function("libm log", 0, 4, [](double x) { return std::log(x); });
  print_function("libm sin", -20, 20, [](double x) { return std::sin(x); });
}

}  // namespace
}  // namespace truce::testing

int main(int count, char** arguments) {
  const std::string what = count > 1 ? arguments[1] : "";
  if (what == "--control") {
    truce::testing::print_control();
    return 0;
  }
  truce::testing::print_math();
  if (what == "--matrix")
    truce::testing::print_matrix();
  else
    truce::testing::print_catalogue();
}
