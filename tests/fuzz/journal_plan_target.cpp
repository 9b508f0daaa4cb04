// A journal's `plan` file. If the first byte is '+', the checksum in its second line is made to fit.
#include "sweep/base/sha256.hpp"
#include "sweep/store/attempt.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace truce;
using namespace truce::fuzz;

namespace {

std::string with_checksum(std::string_view text) {
  const auto first = text.find('\n');
  const auto second = first == std::string_view::npos ? first : text.find('\n', first + 1);
  if (second == std::string_view::npos) return std::string(text);
  const std::string_view body = text.substr(second + 1);
  return std::string(text.substr(0, first + 1)) + "sha256 " + hex(sha256(body)) + "\n" + std::string(body);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text = text_of(data + 1, size - 1);
  const auto there = folder() / "there.journal", again = folder() / "again.journal";
  std::filesystem::create_directories(there);
  write_file(there / "plan", data[0] == '+' ? with_checksum(text) : text);
  std::optional<PublishedPlan> plan;
  const std::string refused = refusal({Exit::corrupt}, [&] { plan = read_plan(there); });
  if (!refused.empty()) return 0;
  require(plan.has_value() && plan->block >= 1, "a published block has units");
  std::filesystem::remove_all(again);
  publish_plan(again, *plan);
  const PublishedPlan read = read_plan(again).value();
  require(read.block == plan->block && read.study_id == plan->study_id && read.canonical == plan->canonical,
          "a plan that is published again is the same");
  return 0;
}
