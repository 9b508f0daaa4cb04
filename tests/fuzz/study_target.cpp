// Study file and options: lines of a study, a line "----", then one option a line.
#include "sweep/study/plan_parts.hpp"
#include "sweep/study/records.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/fuzz/plan_checks.hpp"
#include "tests/sweep/study/toy_kernel.hpp"

using namespace truce;
using namespace truce::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const bool list_is_there = (write_file(folder() / "points.csv", "share,every\n0.25,3\n0.5,6\n1,12\n"), true);
  require(list_is_there, "a list beside the study");
  std::string_view rest = text_of(data, size);
  const std::string text(cut_before(rest, "----"));
  std::vector<std::string> options;
  while (!rest.empty()) {
    const auto end = rest.find('\n');
    options.emplace_back(rest.substr(0, end));
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
  }
  const std::string shown = "a.ini";
  std::vector<Plan> plans;
  const std::string refused = refusal({Exit::usage}, [&] {
    Problems problems;
    const StudyKeys keys = read_keys(
        shown, parse_records(text, shown, study_sections(), problems, keys_that_may_be_empty()), options, problems);
    plans = make_plans(keys, testing::toy_kernels(), {folder(), {}}, problems);
  });
  for (const Plan& plan : plans) check_plan(plan);
  if (!refused.empty()) check_places(refused, shown);
  return 0;
}
