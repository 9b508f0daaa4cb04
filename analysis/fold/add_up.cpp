// Rank 0 adds and tells.
#include "analysis/fold/add_up.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <string>
#include <vector>

#include "sweep/crew/collective.hpp"

namespace truce::analysis {

void add_up(Crew& crew, std::span<std::int64_t> numbers) {
  if (crew.size() == 1) return;
  const std::size_t size = numbers.size_bytes();
  std::string bytes(size, '\0');
  if (size > 0) std::memcpy(bytes.data(), numbers.data(), size);
  const std::vector<std::string> parts = gather(crew, std::move(bytes));
  std::string sums(crew.rank() == 0 ? size : 0, '\0');
  if (crew.rank() == 0) {
    std::vector<std::int64_t> part(numbers.size());
    for (std::size_t rank = 1; rank < parts.size(); ++rank) {
      if (size > 0) std::memcpy(part.data(), parts[rank].data(), size);
      for (std::size_t i = 0; i < part.size(); ++i) numbers[i] += part[i];
    }
    if (size > 0) std::memcpy(sums.data(), numbers.data(), size);
  }
  sums = broadcast(crew, std::move(sums));
  if (size > 0) std::memcpy(numbers.data(), sums.data(), size);
}

void greatest(Crew& crew, std::span<double> numbers) {
  const std::size_t width = numbers.size();
  std::vector<std::int64_t> all(static_cast<std::size_t>(crew.size()) * width, 0);
  const std::size_t own = static_cast<std::size_t>(crew.rank()) * width;
  for (std::size_t i = 0; i < width; ++i) all[own + i] = std::bit_cast<std::int64_t>(numbers[i]);
  add_up(crew, all);
  for (std::size_t at = 0; at < all.size(); ++at)
    numbers[at % width] = std::max(numbers[at % width], std::bit_cast<double>(all[at]));
}

}  // namespace truce::analysis
