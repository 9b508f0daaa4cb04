// Studies of fair wars, calibrated to the length of a run; clocks; the lines that a bench prints.
#include <unistd.h>

#include <cmath>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <stdexcept>

#include "sweep/base/steady_seconds.hpp"
#include "tests/bench/overhead.hpp"

namespace truce::bench {

const Code& code_of(const Plan& plan) { return fastest_code(*plan.kernel); }

Folder::Folder() : path_((std::filesystem::temp_directory_path() / "truce-bench-XXXXXX").string()) {
  if (::mkdtemp(path_.data()) == nullptr) throw std::runtime_error("no temporary folder can be made as " + path_);
}
Folder::~Folder() { std::filesystem::remove_all(path_); }

Plan plan_of(const Wars& wars, const std::string& folder) {
  const std::filesystem::path file = std::filesystem::path(folder) / "overhead.ini";
  std::ofstream(file) << "[study]\nkernel = gamblers_ruin\nseed = 861\nreplicates = " << wars.replicates
                      << "\n[design]\nmethod = sobol\npoints = " << wars.points
                      << "\n[inputs]\nwin_probability = uniform(0.4999, 0.5001)\nforts = " << wars.forts
                      << "\nforts_a = " << wars.forts / 2
                      << "\n[store]\nquantiles = " << (wars.quantiles ? "yes\n" : "no\n");
  return load_plan(file, {"--store.file=" + folder + "/overhead.h5"}, kernels());
}

double seconds_of(const std::function<void()>& work) {
  const double begun = steady_seconds();
  work();
  return steady_seconds() - begun;
}

double processor_seconds_of(const std::function<void()>& work) {
  const std::clock_t begun = std::clock();
  work();
  return static_cast<double>(std::clock() - begun) / CLOCKS_PER_SEC;
}

double median(std::vector<double> values) {
  std::ranges::nth_element(values, values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2));
  return values[values.size() / 2];
}

void print(const Line& line) {
  std::cout << "{\"name\": \"overhead." << line.name << "\", \"value\": " << line.value << ", \"unit\": \"" << line.unit
            << "\", \"target\": ";
  if (std::isnan(line.target)) {
    std::cout << "null";
  } else {
    std::cout << "\"<= " << line.target << "\"";
  }
  std::cout << ", \"command\": \"build/release/overhead\", \"checksum\": \"" << line.checksum.substr(0, 12) << "\"}"
            << std::endl;
}

double seconds_per_run(std::int64_t forts, std::int64_t runs) {
  const Folder folder;
  const Plan plan = plan_of({forts, std::max<std::int64_t>(1, runs / 64), 64, false}, folder.path());
  Bare bare(plan);
  const auto once = [&] { return processor_seconds_of([&] { bare.run([](auto) {}); }); };
  return median({once(), once(), once()}) / static_cast<double>(plan.runs());
}

std::int64_t forts_for(double seconds) {
  const double per_month = seconds_per_run(100, 4096) / 2500;
  return std::clamp<std::int64_t>(2 * std::lround(std::sqrt(seconds / per_month)), 4, 1000);
}

}  // namespace truce::bench
