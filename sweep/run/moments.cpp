// Every series is summed in replicate order, so the bytes are those of a plain loop; lanes are different series.
#include "sweep/run/moments.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

#include "sweep/base/no_number.hpp"

namespace truce {

namespace {

using Numbers = SeriesPair::Numbers;
using Masks = SeriesPair::Masks;

Masks bits(Numbers x) { return std::bit_cast<Masks>(x); }
Numbers masked(Numbers x, Masks mask) { return std::bit_cast<Numbers>(bits(x) & mask); }
/// Set where x is no NaN.
Masks there(Numbers x) { return std::bit_cast<Masks>(x == x); }

/// Calls `each` with 0, 1, ..., count - 1 as constants: a loop would keep what it indexes in memory.
template <std::size_t count, class Each>
void for_each(Each each) {
  [&]<std::size_t... i>(std::index_sequence<i...>) { (each(std::integral_constant<std::size_t, i>()), ...); }
  (std::make_index_sequence<count>());
}

/// Calls `each(how many, first)` for all pairs in groups of at most four, as many as leave their sums in registers.
template <class Each>
void for_groups(std::size_t pairs, Each each) {
  std::size_t first = 0;
  for (; first + 4 <= pairs; first += 4) each(std::integral_constant<std::size_t, 4>(), first);
  if (pairs - first == 3) each(std::integral_constant<std::size_t, 3>(), first);
  if (pairs - first == 2) each(std::integral_constant<std::size_t, 2>(), first);
  if (pairs - first == 1) each(std::integral_constant<std::size_t, 1>(), first);
}

}  // namespace

SeriesTable::SeriesTable(const TallyShape& shape)
    : width_(shape.kernel().outcomes.size()), series_(shape.series().size()) {
  const std::vector<Series>& series = shape.series();
  for (std::size_t s = 0; s < series.size(); s += 2) {
    const Series& a = series[s];
    // without a partner: an indicator of what no flag is, whose numbers nobody reads
    const Series b = s + 1 < series.size() ? series[s + 1] : Series{"", a.outcome, 0};
    const SeriesPair::Numbers codes{static_cast<double>(a.code), static_cast<double>(b.code)};
    recipes_.push_back(Recipe{{a.outcome, b.outcome}, codes, std::bit_cast<Masks>(codes >= 0.0)});
  }
}

template <std::size_t pairs>
void SeriesTable::fill_of(std::size_t first, const Runs& runs) {
  constexpr Numbers one{1, 1}, none{no_number, no_number};
  std::array<Recipe, pairs> recipes;
  std::copy_n(recipes_.begin() + static_cast<std::ptrdiff_t>(first), pairs, recipes.begin());
  const double* row = runs.outcomes.data();
  SeriesPair* out = table_.data() + first;
  for (const std::uint8_t failed : runs.failed) {
    for_each<pairs>([&](auto p) {
      const Recipe& recipe = recipes[p];
      const Numbers x{row[recipe.outcome[0]], row[recipe.outcome[1]]};
      const Masks is_indicator = recipe.indicator & there(x);
      const Numbers indicator = masked(one, std::bit_cast<Masks>(x == recipe.code));
      out[p].numbers = std::bit_cast<Numbers>((bits(indicator) & is_indicator) | (bits(x) & ~is_indicator));
      if (failed != 0) out[p].numbers = none;
    });
    row += width_;
    out += recipes_.size();
  }
}

void SeriesTable::fill(const Runs& runs) {
  table_.resize(runs.failed.size() * recipes_.size());
  for_groups(recipes_.size(), [&](auto pairs, std::size_t first) { fill_of<pairs>(first, runs); });
}

void SeriesTable::subtract(const SeriesTable& other) {
  for (std::size_t i = 0; i < table_.size(); ++i) table_[i].numbers -= other.table_[i].numbers;
}

template <std::size_t pairs>
void SeriesTable::moments_of(std::size_t first, std::span<double> into) const {
  const std::size_t stride = recipes_.size();
  std::array<Numbers, pairs> sums{}, means{}, squares{};
  std::array<Masks, pairs> counts{};
  for (std::size_t row = first; row < table_.size(); row += stride)
    for_each<pairs>([&](auto p) {
      const Numbers x = table_[row + p].numbers;
      sums[p] += masked(x, there(x));
      counts[p] -= there(x);
    });
  for_each<pairs>([&](auto p) {
    const Numbers n{static_cast<double>(counts[p][0]), static_cast<double>(counts[p][1])};
    means[p] = masked(sums[p] / n, std::bit_cast<Masks>(n > 0.0));
  });
  for (std::size_t row = first; row < table_.size(); row += stride)
    for_each<pairs>([&](auto p) {
      const Numbers x = table_[row + p].numbers, off = masked(x - means[p], there(x));
      squares[p] += off * off;
    });
  for_each<pairs>([&](auto p) {
    for (std::size_t half = 0; half < 2 && 2 * (first + p) + half < series_; ++half) {
      double* numbers = &into[3 * (2 * (first + p) + half)];
      numbers[0] = static_cast<double>(Masks(counts[p])[half]);
      numbers[1] = Numbers(means[p])[half];
      numbers[2] = Numbers(squares[p])[half];
    }
  });
}

void SeriesTable::moments(std::span<double> into) const {
  for_groups(recipes_.size(), [&](auto pairs, std::size_t first) { moments_of<pairs>(first, into); });
}

}  // namespace truce
