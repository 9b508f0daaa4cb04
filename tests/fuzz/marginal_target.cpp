// The value of an input: the first byte chooses the input, the rest is what a study writes.
#include "sweep/study/marginal_parse.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/fuzz/plan_checks.hpp"
#include "tests/sweep/study/toy_kernel.hpp"

using namespace truce;
using namespace truce::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto& inputs = testing::toy_kernels().front().inputs;
  const Input& input = inputs[static_cast<std::size_t>(data[0] - '0') % inputs.size()];
  InputValue value;
  const std::string refused =
      refusal({Exit::usage}, [&] { value = parse_input_value(input, text_of(data + 1, size - 1)); });
  if (!refused.empty()) return 0;
  if (value.marginal) {
    check_marginal(input, *value.marginal);
  } else {
    require(value.number >= input.limit_lo && value.number <= input.limit_hi, "a constant lies within the limits");
    require(parse_input_value(input, spell_level(input, value.number)).number == value.number,
            "the spelling of a constant reads back as itself");
  }
  return 0;
}
