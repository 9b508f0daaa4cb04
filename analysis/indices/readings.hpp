// The readings of a sensitivity index under chance: what an index is an index of, kept apart by an axis of the tables.
#pragma once

#include <cstddef>

#include "analysis/parts.hpp"

namespace truce::analysis {

/// `mean_response`: of the mean over chance as a function of the inputs, corrected for replicate noise. `one_run`: of
/// one run, whose variance is that of the mean response and that of chance. `common_random_numbers`: of the function
/// that the replicates of the study make of the inputs, with the noise that all points share; the only reading that
/// such a study has. `uncorrected`: what is told where nobody asks about chance, which it takes for interaction.
enum class Reading : std::size_t { mean_response, one_run, common_random_numbers, uncorrected };
inline constexpr std::size_t reading_count = 4;

Axis reading_axis();

/// What the replicates of a study allow to say.
struct Chance {
  bool shared = false;       ///< common_random_numbers
  bool correctable = false;  ///< not shared, and two replicates or more at each point
  /// The fewest values in which an outcome must be defined at a point for the point to count: 2 where its variance is
  /// needed, else 1.
  double fewest() const { return correctable ? 2 : 1; }
  bool gives(Reading reading) const;
  /// A sentence on the readings of the study, for summaries of tables.
  const char* sentence() const;
};
Chance chance_of(const Plan& plan);

/// With fewer points behind it (base points, rows, steps) no index is to be told: quantiles of resamples of so few say
/// little about the tails of what the estimate may be (the `told` columns).
inline constexpr double fewest_told = 30;

/// Whether an index may be told: from how many points, and at which lower end of the variance that it is a share of.
/// Only that of the mean response can come out at 0 or below where there is something to tell.
inline constexpr const char* told_meaning =
    "1 where the index may be told: from 30 points on, and of the mean response only where the interval of its "
    "variance "
    "lies above 0";
bool may_be_told(Reading reading, double points, double response_low);

}  // namespace truce::analysis
