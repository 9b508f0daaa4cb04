// The CSV file of method = list.
#include "sweep/study/list_file.hpp"
#include "sweep/study/marginal_parse.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/fuzz/plan_checks.hpp"
#include "tests/sweep/study/toy_kernel.hpp"

using namespace truce;
using namespace truce::fuzz;

namespace {

std::string as_csv(const Kernel& kernel, const ListData& data) {
  std::string text;
  for (std::size_t c = 0; c < data.inputs.size(); ++c)
    text += (c == 0 ? "" : ",") + std::string(kernel.inputs[data.inputs[c]].name);
  for (std::size_t v = 0; v < data.values.size(); ++v) {
    const std::size_t column = v % data.inputs.size();
    text += (column == 0 ? "\n" : ",") + spell_level(kernel.inputs[data.inputs[column]], data.values[v]);
  }
  return text + "\n";
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Kernel& kernel = testing::toy_kernels().front();
  const std::string shown = "a.csv";
  Problems problems;
  const ListData list = parse_list(text_of(data, size), shown, kernel, problems);
  if (!problems.empty()) {
    require(problems.lines().size() <= 22, "at most 20 faults are shown");
    for (const auto& line : problems.lines()) check_places(line, shown);
    return 0;
  }
  require(list.rows >= 1 && !list.inputs.empty(), "an accepted list has rows and columns");
  require(list.values.size() == static_cast<std::size_t>(list.rows) * list.inputs.size(), "every cell has a value");
  const ListData again = parse_list(as_csv(kernel, list), shown, kernel, problems);
  require(problems.empty() && again.inputs == list.inputs && again.values == list.values,
          "a list that is written again is the same");
  return 0;
}
