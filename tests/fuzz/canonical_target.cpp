// Canonical study text, as it stands in result files and in a journal's plan.
#include "tests/fuzz/fuzz.hpp"
#include "tests/fuzz/plan_checks.hpp"
#include "tests/sweep/study/toy_kernel.hpp"

using namespace truce;
using namespace truce::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(text_of(data, size));
  Plan plan;
  const ListReader list = [](const std::vector<std::string>& columns, int) {
    return std::vector<double>(3 * columns.size(), 1.0);
  };
  const std::string refused =
      refusal({Exit::usage, Exit::corrupt}, [&] { plan = plan_from_canonical(text, testing::toy_kernels(), list); });
  if (!refused.empty()) return 0;
  require(plan.canonical == text, "an accepted canonical text is the plan's");
  check_plan(plan);
  return 0;
}
