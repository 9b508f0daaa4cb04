// The robustness metrics: what each makes of one policy's performance over all points.
#pragma once

#include <span>
#include <string_view>

namespace truce::analysis {

/// Whether more of an outcome is better, or less.
enum class Goal { higher, lower };
inline constexpr Goal goals[] = {Goal::higher, Goal::lower};

/// A policy over the points: f its outcome at a point (mean over replicates), in the outcome's unit; regrets and what
/// satisfies are as the goal has it.
struct Profile {
  double mean = 0, sd = 0;                             ///< of f; sample standard deviation
  double least = 0, greatest = 0;                      ///< f
  double q10 = 0, q25 = 0, q50 = 0, q75 = 0, q90 = 0;  ///< f
  double short_of_median = 0;  ///< mean of how far f is on the bad side of its own median, 0 on the good side
  double most_regret = 0;      ///< regret at a point: the best policy's f there against this one's
  double regret_q90 = 0;
  double relative_regret_q90 = 0;  ///< regret / |best f|
  double departure_q90 = 0;        ///< |f - f*| / |f*|, f* at the baseline point
  double satisfied = 0;            ///< share of points where f reaches the threshold
  double radius = 0;               ///< distance from the defaults to the nearest point that does not satisfy
};

/// A metric is a value.
struct Metric {
  std::string_view name, meaning;
  double (*value)(const Profile& policy, Goal goal);
  int (*better)(Goal goal);  ///< 1: of two policies the one with more of it is better; -1: with less
};

/// Metrics of McPhail et al. 2018 (Robustness metrics: how are they calculated, when should they be used and why do
/// they give different results? Earth's Future 6), then of Herman et al. 2015 (How should robustness be defined for
/// water systems planning under change? J. Water Resour. Plann. Manage. 141), in the order of the axis `metric`.
std::span<const Metric> metrics();

}  // namespace truce::analysis
