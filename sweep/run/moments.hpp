// Sums over the replicates of a point, all series side by side, two at a time in the registers that every x86-64 has.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sweep/run/tally_shape.hpp"

namespace truce {

/// The runs of one sibling (point, policy), replicate by replicate: [replicate][outcome], and who failed.
struct Runs {
  std::span<const double> outcomes;
  std::span<const std::uint8_t> failed;
};

/// Two series of one run.
struct SeriesPair {
  using Numbers = double __attribute__((vector_size(16)));
  using Masks = std::int64_t __attribute__((vector_size(16)));  ///< all bits of a number set, or none
  Numbers numbers;
};

/// Runs as series, [replicate][pair of series]: NaN where missing or failed, and in the last half of an odd number.
class SeriesTable {
 public:
  explicit SeriesTable(const TallyShape& shape);
  void fill(const Runs& runs);
  /// Takes away the other's numbers, replicate by replicate; it must have as many.
  void subtract(const SeriesTable& other);
  /// Count, mean and sum of squared deviations (two passes, in replicate order) of every series into 3 numbers each.
  void moments(std::span<double> into) const;

 private:
  /// How a pair is made of a run's outcomes.
  struct Recipe {
    std::size_t outcome[2];
    SeriesPair::Numbers code;     ///< what an indicator is compared with
    SeriesPair::Masks indicator;  ///< set where the series is one
  };
  template <std::size_t pairs>
  void fill_of(std::size_t first, const Runs& runs);
  template <std::size_t pairs>
  void moments_of(std::size_t first, std::span<double> into) const;
  std::size_t width_, series_;  ///< outcomes of a run; series
  std::vector<Recipe> recipes_;
  std::vector<SeriesPair> table_;
};

}  // namespace truce
