// Each kernel through the engine: bench_kernels list, or bench_kernels KERNEL CODE POINTS REPLICATES [SECONDS].
// POINTS is a file of points, or `defaults`. `steps` are those of all lanes, idle ones too: exact for one lane.
#include <cstdlib>
#include <exception>
#include <iostream>

#include "sweep/run/machine.hpp"
#include "tests/bench/report.hpp"

namespace {

using namespace truce;

struct NamedCode {
  std::string name;  ///< instruction set and precision, as in v3.double
  const Code* code;
};

/// All codes of a kernel that this processor can run, of each arithmetic the fastest first.
std::vector<NamedCode> codes_of(const Kernel& kernel) {
  std::vector<NamedCode> codes;
  for (const Code& code : kernel.codes) {
    const char* arithmetic = code.arithmetic == Arithmetic::in_float ? ".float" : ".double";
    codes.push_back({std::string(code.instruction_set) + arithmetic, &code});
  }
  return codes;
}

void list() {
  for (const Kernel& kernel : kernels())
    for (const auto& [name, code] : codes_of(kernel))
      std::cout << "{\"kernel\": \"" << kernel.name << "\", \"code\": \"" << name << "\", \"lanes\": " << code->lanes
                << "}\n";
}

/// Inputs of each point in the order that the kernel declares, defaults where the file names none.
std::vector<std::vector<double>> inputs_of(const Kernel& kernel, const std::string& path) {
  const auto points = path == "defaults" ? bench::Points{{}, {{}}} : bench::read_points(path);
  std::vector<std::vector<double>> rows;
  for (const auto& row : points.rows) {
    auto& inputs = rows.emplace_back();
    for (const auto& input : kernel.inputs) {
      inputs.push_back(input.standard);
      for (std::size_t i = 0; i < row.size(); ++i)
        if (points.names[i] == input.name) inputs.back() = row[i];
    }
  }
  return rows;
}

/// The runs of a study: inputs, memory for the engine, outcomes [run][outcome].
class Study {
 public:
  Study(const Code& code, std::vector<std::vector<double>> points, std::uint32_t replicates)
      : points_(std::move(points)),
        replicates_(replicates),
        machine_(code),
        params_(points_.size() * code.params),
        outcomes_(runs() * code.outcomes),
        failed_(runs()) {}

  std::size_t runs() const { return points_.size() * replicates_; }
  std::uint64_t steps() const { return machine_.steps(); }
  const std::vector<double>& outcomes() const { return outcomes_; }

  /// All runs, `prepare` included; point i has stream i. Throws if one fails.
  void play() {
    const Code& code = machine_.code();
    std::vector<Task> tasks;
    for (std::size_t i = 0; i < points_.size(); ++i) {
      double* params = params_.data() + i * code.params;
      code.prepare(points_[i].data(), params);
      tasks.push_back({params, i, 0, replicates_, outcomes_.data() + i * replicates_ * code.outcomes,
                       failed_.data() + i * replicates_});
    }
    machine_.begin(861, tasks);
    while (!machine_.advance(100000)) {
    }
    for (const auto failed : failed_)
      if (failed != 0) throw std::runtime_error("a run has failed");
  }

 private:
  std::vector<std::vector<double>> points_;
  std::uint32_t replicates_;
  Machine machine_;
  std::vector<double> params_, outcomes_;
  std::vector<std::uint8_t> failed_;
};

void run(int count, char** words) {
  const Kernel* kernel = find_kernel(words[1]);
  if (kernel == nullptr) throw std::runtime_error(std::string(words[1]) + " is not a kernel");
  const Code* code = nullptr;
  for (const auto& named : codes_of(*kernel))
    if (named.name == words[2]) code = named.code;
  if (code == nullptr) throw std::runtime_error(std::string(words[2]) + " is not a code of this kernel");
  Study study(*code, inputs_of(*kernel, words[3]), static_cast<std::uint32_t>(std::atol(words[4])));
  bench::Measured m;
  m.program = std::string(kernel->name) + " " + words[2];
  m.runs = study.runs();
  bench::time_passes([&] { study.play(); }, count > 5 ? std::atof(words[5]) : 0, m);
  const auto lanes = static_cast<std::uint64_t>(code->lanes);
  m.steps = study.steps() * lanes;
  m.checksum = bench::checksum(study.outcomes());
  std::vector<std::string> names;
  for (const auto& outcome : kernel->outcomes) names.emplace_back(outcome.name);
  m.means = bench::means_of(names, study.outcomes());
  bench::print(m, ", \"lanes\": " + std::to_string(lanes));
}

}  // namespace

int main(int count, char** words) try {
  if (count == 2 && std::string(words[1]) == "list") {
    list();
  } else if (count >= 5) {
    run(count, words);
  } else {
    throw std::runtime_error("usage: bench_kernels list | KERNEL CODE POINTS REPLICATES [SECONDS]");
  }
} catch (const std::exception& error) {
  std::cerr << "bench_kernels: " << error.what() << "\n";
  return 1;
}
