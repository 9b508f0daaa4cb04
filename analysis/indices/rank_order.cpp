// One sort by (value, random word, row).
#include "analysis/indices/rank_order.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include "kernels/philox.hpp"

namespace truce::analysis {
namespace {

constexpr std::uint32_t tie_stream = 40, dummy_stream = 41;

std::vector<std::uint32_t> words(std::size_t count, std::uint64_t seed, std::uint32_t stream) {
  std::vector<std::uint32_t> all(count);
  for (std::size_t i = 0; i < count; i += 4) {
    const Words four = Stream{seed, 0, 0}.block(stream, static_cast<std::uint32_t>(i / 4));
    for (std::size_t k = 0; k < 4 && i + k < count; ++k) all[i + k] = four[k];
  }
  return all;
}

struct Entry {
  double value;
  std::uint32_t word, row;
};

}  // namespace

RankOrder rank_order(std::span<const double> values, std::uint64_t seed) {
  const std::vector<std::uint32_t> ties = words(values.size(), seed, tie_stream);
  std::vector<Entry> entries(values.size());
  for (std::uint32_t row = 0; row < entries.size(); ++row) entries[row] = {values[row], ties[row], row};
  std::ranges::sort(entries, [](const Entry& a, const Entry& b) {
    if (a.value != b.value) return a.value < b.value;
    return a.word != b.word ? a.word < b.word : a.row < b.row;
  });
  RankOrder order{std::vector<std::uint32_t>(values.size()), std::vector<bool>(values.size(), true)};
  for (std::size_t rank = 0; rank < entries.size(); ++rank) {
    order.rows[rank] = entries[rank].row;
    if (rank + 1 < entries.size()) order.ends[rank] = entries[rank].value != entries[rank + 1].value;
  }
  return order;
}

RankOrder in_classes(RankOrder order, std::size_t classes) {
  const std::size_t rows = order.rows.size();
  std::size_t first = 0;  // rank of the class
  for (std::size_t rank = 0; rank + 1 < rows; ++rank) {
    if (!order.ends[rank]) continue;
    order.ends[rank] = (rank + 1) * classes / rows > first * classes / rows;
    if (order.ends[rank]) first = rank + 1;
  }
  return order;
}

std::size_t classes_for(std::size_t rows) {
  return std::size_t{1} << std::lround(std::log2(std::max<double>(1, static_cast<double>(rows))) / 3);
}

std::vector<double> dummy_values(std::size_t rows, std::uint64_t seed) {
  const std::vector<std::uint32_t> all = words(rows, seed, dummy_stream);
  std::vector<double> values(rows);
  std::ranges::transform(all, values.begin(), [](std::uint32_t word) { return uniform(word); });
  return values;
}

}  // namespace truce::analysis
