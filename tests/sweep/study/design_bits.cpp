// Prints hashes of the numeric fingerprint and of every design over every marginal: design_bits STUDY.
#include <bit>
#include <cstdio>
#include <string>
#include <vector>

#include "kernels/contract.hpp"
#include "sweep/base/sha256.hpp"
#include "sweep/study/design.hpp"
#include "sweep/study/identity.hpp"

namespace {

using namespace truce;

void print_design(const std::string& study, const std::string& method) {
  const Plan plan = load_plan(study, {"--design.method=" + method}, kernels());
  const Design design(plan);
  Sha256 hash;
  std::vector<double> inputs(plan.inputs.size());
  for (std::int64_t point = 0; point < plan.points; ++point) {
    design.point(point, 0, inputs);
    hash.update(std::as_bytes(std::span(inputs)));
  }
  const auto digest = hash.digest();
  std::printf("%s %s\n", method.c_str(), hex(digest).substr(0, 16).c_str());
}

}  // namespace

int main(int, char** arguments) {
  std::printf("fingerprint %s\n", numeric_fingerprint().substr(0, 16).c_str());
  for (const char* method : {"monte_carlo", "latin_hypercube", "sobol"}) print_design(arguments[1], method);
}
