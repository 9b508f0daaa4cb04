// Which points of a result real wars do not rule out, counted in one pass over the file.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "analysis/calibration/target_reader.hpp"
#include "analysis/fold/groups.hpp"
#include "analysis/fold/thirds.hpp"
#include "sweep/crew/crew.hpp"

namespace truce::analysis {

struct Rule {
  double discrepancy = 0.05;  ///< standard deviation, in shares
  double cutoff = 3;          ///< implausibility from which a point is ruled out
  bool soft = false;          ///< soft targets rule out, too
  std::size_t policy = 0;
};

/// Discrepancies for which the share that is left is told whatever the rule's own is: which kernels have most left
/// depends on it, and nothing in the data says how large it should be.
inline constexpr std::array<double, 4> told_discrepancies = {0, 0.05, 0.10, 0.15};

/// What became of one target.
struct TargetCount {
  double defined = 0;      ///< points at which the model says something
  double mean = 0;         ///< of the model there
  double ruled_out = 0;    ///< points that this target rules out
  double alone = 0;        ///< points that no other target rules out
  double by_chance = 0;    ///< points that are left only because of Monte Carlo variance
  double left_so_far = 0;  ///< points that neither this target nor one before it rules out; NaN if it rules nothing out
  double closest = 0;      ///< smallest implausibility of any point
};

inline constexpr std::size_t region_bins = 32;

/// Points of an input by its prior: bin k lies between the quantiles k/32 and (k + 1)/32 of its distribution.
struct InputCount {
  std::vector<double> all, left;
};

inline constexpr std::size_t curve_bins = 101;  ///< shares rounded to 0, 0.01, ..., 1

/// How many points have which share on a curve at one month.
struct CurveCount {
  std::vector<double> all, left;
};

/// Of all points, and of those that are left.
template <class Sums>
struct Both {
  Sums all, left;
};

struct Region {
  double points = 0;                    ///< base points at which some target that rules out is defined
  double silent = 0;                    ///< other base points
  double left = 0, left_by_second = 0;  ///< largest, second largest implausibility below the cutoff
  double closest = 0;                   ///< smallest largest implausibility
  std::array<double, told_discrepancies.size()> left_at{};  ///< left with told_discrepancies instead of the rule's
  std::vector<TargetCount> targets;
  std::vector<InputCount> inputs;                            ///< of Dataset::inputs
  std::vector<std::vector<CurveCount>> curves;               ///< [curve][month]
  std::vector<std::vector<Both<ThirdSums>>> thirds;          ///< [input][effect]
  std::vector<std::vector<Both<WeightedSums>>> differences;  ///< [policy - 1][difference]
};

/// Whether a target of this use rules out.
bool rules_out(const Rule& rule, const Target& target);

/// Called for each base point that is left, in order within a rank.
using OnLeft = std::function<void(std::int64_t base, std::span<const double> inputs)>;

/// A survival curve of the kernel, its variable of the file and the months stored there.
struct WatchedCurve {
  std::string name, dimension;
  std::size_t variable;
  std::vector<double> months;
};

/// What is looked at beside the targets.
struct Watched {
  std::vector<WatchedCurve> curves;
  std::vector<EffectOutcome> effects;      ///< along inputs: series, or curves at a month
  std::vector<EffectOutcome> differences;  ///< between policies: stored differences from the first one
};

/// Collective; the region on rank 0. `targets` must be comparable.
Region find_region(Crew& crew, const Dataset& data, const std::vector<Target>& targets, const Watched& watched,
                   const Rule& rule, const OnLeft& on_left);

}  // namespace truce::analysis
