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

}  // namespace truce::analysis
