// The parts of an analysis: each answers one kind of question with one or more tables.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analysis/answers/answers.hpp"
#include "analysis/data/dataset.hpp"
#include "sweep/crew/crew.hpp"

namespace truce::analysis {

struct Settings {
  std::vector<std::size_t> series;  ///< which of Dataset::series, in rising order; never empty
  std::int64_t resamples = 1000;    ///< of a bootstrap
  double level = 0.95;              ///< of all intervals
  /// (series, value) of the outcomes whose threshold is named; of the others it is a median, see fold/thresholds.hpp
  std::vector<std::pair<std::size_t, double>> thresholds;
};

/// What a part works with, the same on all ranks.
struct PartTask {
  Crew& crew;
  const Dataset& data;
  const Settings& settings;
};

/// A part is a value: a name, what it answers, when it applies and how.
struct Part {
  std::string_view name;
  std::string_view summary;
  /// "" if the part can answer for this result, else what it needs.
  std::string (*needs)(const Dataset& data);
  /// Collective. Returns the tables on rank 0, nothing elsewhere.
  std::vector<AnswerTable> (*answer)(const PartTask& task);
};

/// All parts, in the order of their tables in the file.
const std::vector<Part>& parts();

/// The axes that most tables have.
Axis series_axis(const PartTask& task);
Axis policy_axis(const PartTask& task);
/// Whether more of the outcome is what is looked for, or less: truce does not know which is better.
Axis goal_axis();

}  // namespace truce::analysis
