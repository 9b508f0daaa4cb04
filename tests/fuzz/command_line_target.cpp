// The words of `truce run`, one a line, through the verb's own options and the study's.
#include "sweep/study/study_keys.hpp"
#include "sweep/verbs/verbs.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/fuzz/plan_checks.hpp"

using namespace truce;
using namespace truce::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Arguments arguments;
  std::string_view rest = text_of(data, size);
  while (!rest.empty()) {
    const auto end = rest.find('\n');
    arguments.emplace_back(rest.substr(0, end));
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
  }
  refusal({Exit::usage}, [&] {
    const Parsed parsed(arguments, {"quiet", "json"}, {"max-seconds", "instruction-set"}, true);
    require(parsed.positional().size() + parsed.study().size() <= arguments.size(), "no word counts twice");
    const long long seconds = parsed.number("max-seconds", 0, 1, 1'000'000'000);
    require(seconds >= 0 && seconds <= 1'000'000'000, "a number lies within its range");
    Problems problems;
    const StudyKeys keys = read_keys("a.ini", {}, parsed.study(), problems);
    for (const auto& line : problems.lines()) check_places(line, "a.ini");
    require(keys.replicates >= 1 && (!keys.points || *keys.points >= 1), "sizes are at least 1");
    parsed.only("study file");
  });
  return 0;
}
