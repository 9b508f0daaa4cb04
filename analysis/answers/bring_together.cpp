// Each rank sends its answers in the order of the table.
#include "analysis/answers/bring_together.hpp"

#include <cstring>

#include "sweep/crew/collective.hpp"

namespace truce::analysis {

void bring_together(Crew& crew, std::span<const int> owners, AnswerTable& table) {
  const std::size_t width = table.size() / owners.size();  // numbers of an owner's combination, in each answer
  const std::size_t bytes = width * sizeof(double);
  std::string mine;
  for (std::size_t c = 0; c < owners.size(); ++c)
    if (owners[c] == crew.rank())
      for (const Answer& answer : table.answers)
        mine.append(reinterpret_cast<const char*>(answer.values.data() + c * width), bytes);
  const std::vector<std::string> parts = gather(crew, std::move(mine));
  if (crew.rank() != 0) return;
  std::vector<std::size_t> read(parts.size(), 0);
  for (std::size_t c = 0; c < owners.size(); ++c) {
    const auto rank = static_cast<std::size_t>(owners[c]);
    for (Answer& answer : table.answers) {
      std::memcpy(answer.values.data() + c * width, parts[rank].data() + read[rank], bytes);
      read[rank] += bytes;
    }
  }
}

}  // namespace truce::analysis
