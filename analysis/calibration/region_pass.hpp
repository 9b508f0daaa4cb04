// Folds base points into the sums of a region: one row of numbers a group, whose places are told here once.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <optional>

#include "analysis/calibration/implausibility.hpp"
#include "analysis/calibration/region.hpp"
#include "sweep/base/no_number.hpp"

namespace truce::analysis {

inline constexpr double infinity = std::numeric_limits<double>::infinity();
inline constexpr std::size_t first_told = 5, region_counts = first_told + told_discrepancies.size(), target_counts = 7,
                             third_numbers = sizeof(ThirdSums) / sizeof(double),
                             mean_numbers = sizeof(WeightedSums) / sizeof(double);

/// Offsets in the sums of a group.
struct RegionPlaces {
  std::size_t targets, inputs, effects, policies, differences, curve_months;
  std::size_t target(std::size_t t) const { return region_counts + t * target_counts; }
  std::size_t input(std::size_t i) const { return target(targets) + i * 2 * region_bins; }
  std::size_t effect(std::size_t i, std::size_t e) const {
    return input(inputs) + (i * effects + e) * 2 * third_numbers;
  }
  /// Of policies 1, 2, ...
  std::size_t difference(std::size_t policy, std::size_t d) const {
    return effect(inputs, 0) + ((policy - 1) * differences + d) * 2 * mean_numbers;
  }
  /// `month` counts through the months of all curves.
  std::size_t curve(std::size_t month) const { return difference(policies, 0) + month * 2 * curve_bins; }
  std::size_t size() const { return curve(curve_months); }
};

/// The smallest implausibility travels as the largest closeness, so that sums may begin at 0.
inline double closeness(double implausibility) { return 1 / (1 + implausibility); }

/// What one point is told by all targets.
struct Implausibilities {
  std::vector<double> with, without;                           ///< implausibility, and without Monte Carlo variance
  double largest = 0, second = 0;                              ///< of the targets that rule out
  std::array<double, told_discrepancies.size()> largest_at{};  ///< the largest with each of them
  int ruling = 0;                                              ///< how many of them do
  bool silent = true;
};

inline RegionPlaces places_of(const Dataset& data, const std::vector<Target>& targets, const Watched& watched) {
  std::size_t months = 0;
  for (const WatchedCurve& curve : watched.curves) months += curve.months.size();
  return {targets.size(),  data.inputs().size(),       watched.effects.size(),
          data.policies(), watched.differences.size(), months};
}

/// One pass over some base points.
class Pass {
 public:
  Pass(const Dataset& data, const std::vector<Target>& targets, const Watched& watched, const Rule& rule,
       const OnLeft& on_left)
      : data_(data),
        targets_(targets),
        watched_(watched),
        rule_(rule),
        on_left_(on_left),
        places_(places_of(data, targets, watched)),
        reader_(data, targets, rule.policy),
        inputs_(data) {
    for (const auto* outcomes : {&watched.effects, &watched.differences})
      for (const EffectOutcome& outcome : *outcomes) {
        shares_.emplace_back(data.result(), outcome.share);
        weights_.emplace_back(data.result(), outcome.weight);
      }
    for (const WatchedCurve& curve : watched.curves) curves_.emplace_back(data.result(), curve.variable);
    if (data.plan().precision) replicates_.emplace(data.result(), data.result().index("replicates"));
    for (std::size_t i = 0; i < places_.inputs; ++i) {
      cuts_.push_back(third_cuts(data, i));
      for (std::size_t k = 1; k < region_bins; ++k)
        edges_.push_back(prior_quantile(data, i, static_cast<double>(k) / region_bins));
    }
    point_.with.resize(targets.size());
    point_.without.resize(targets.size());
  }

  const RegionPlaces& places() const { return places_; }

  void fold(Range bases, std::span<double> sums) {
    const TargetReader::Values& values = reader_.read(bases);
    const Block& inputs = inputs_.read(bases);
    read_effects(bases);
    for (std::int64_t b = 0; b < bases.count; ++b) {
      judge(values, b);
      const auto row = inputs.row(b * data_.members());
      count(values, b, sums);
      if (point_.silent) continue;
      const bool left = point_.largest < rule_.cutoff;
      add_inputs({row.data(), places_.inputs}, left, sums);
      add_effects({row.data(), places_.inputs}, b, left, sums);
      add_differences(b, left, sums);
      add_curves(b, left, sums);
      if (left && on_left_) on_left_(bases.first + b, {row.data(), places_.inputs});
    }
  }

 private:
  void judge(const TargetReader::Values& values, std::int64_t b) {
    point_.largest = point_.second = point_.ruling = 0;
    point_.largest_at.fill(0);
    point_.silent = true;
    for (std::size_t t = 0; t < targets_.size(); ++t) {
      const double share = values.share(b, static_cast<Eigen::Index>(t));
      const double runs = values.runs(b, static_cast<Eigen::Index>(t));
      point_.with[t] = implausibility(targets_[t], share, runs, rule_.discrepancy);
      point_.without[t] = runs > 0 ? implausibility(targets_[t], share, infinity, rule_.discrepancy) : no_number;
      if (std::isnan(point_.with[t]) || !rules_out(rule_, targets_[t])) continue;
      point_.silent = false;
      point_.ruling += point_.with[t] >= rule_.cutoff ? 1 : 0;
      point_.second = std::max(point_.second, std::min(point_.largest, point_.with[t]));
      point_.largest = std::max(point_.largest, point_.with[t]);
      for (std::size_t k = 0; k < told_discrepancies.size(); ++k)
        point_.largest_at[k] =
            std::max(point_.largest_at[k], implausibility(targets_[t], share, runs, told_discrepancies[k]));
    }
  }

  void count(const TargetReader::Values& values, std::int64_t b, std::span<double> sums) {
    sums[point_.silent ? 1 : 0] += 1;
    if (point_.silent) return;
    sums[2] += point_.largest < rule_.cutoff ? 1 : 0;
    sums[3] += point_.second < rule_.cutoff ? 1 : 0;
    sums[4] = std::max(sums[4], closeness(point_.largest));
    for (std::size_t k = 0; k < told_discrepancies.size(); ++k)
      sums[first_told + k] += point_.largest_at[k] < rule_.cutoff ? 1 : 0;
    bool left = true;
    for (std::size_t t = 0; t < targets_.size(); ++t) {
      double* of = &sums[places_.target(t)];
      const double here = point_.with[t];
      const bool defined = !std::isnan(here), out = here >= rule_.cutoff, ruling = rules_out(rule_, targets_[t]);
      if (ruling && out) left = false;
      of[5] += left ? 1 : 0;
      if (!defined) continue;
      of[0] += 1;
      of[1] += values.share(b, static_cast<Eigen::Index>(t));
      of[2] += out ? 1 : 0;
      of[3] += out && point_.ruling == (ruling ? 1 : 0) ? 1 : 0;
      of[4] += !out && point_.without[t] >= rule_.cutoff ? 1 : 0;
      of[6] = std::max(of[6], closeness(here));
    }
  }

  void add_inputs(std::span<const double> inputs, bool left, std::span<double> sums) const {
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      const auto first = edges_.begin() + static_cast<std::ptrdiff_t>(i * (region_bins - 1));
      const auto bin = std::upper_bound(first, first + region_bins - 1, inputs[i]) - first;
      double* of = &sums[places_.input(i)] + bin;
      of[0] += 1;
      of[region_bins] += left ? 1 : 0;
    }
  }

  void read_effects(Range bases) {
    share_rows_.clear();
    weight_rows_.clear();
    for (ColumnReader& reader : shares_) share_rows_.push_back(reader.rows(rows_of(data_, bases)));
    for (ColumnReader& reader : weights_) weight_rows_.push_back(reader.rows(rows_of(data_, bases)));
    curve_rows_.clear();
    for (ColumnReader& reader : curves_) curve_rows_.push_back(reader.rows(rows_of(data_, bases)));
    if (replicates_) replicate_rows_ = replicates_->rows(rows_of(data_, bases));
  }

  /// Row and policy of a base point's first member, as rows of columns have them.
  std::size_t place_of(std::int64_t b, std::size_t policy) const {
    return static_cast<std::size_t>(b * data_.members()) * data_.policies() + policy;
  }

  /// Adds a value to the sums of all points and, if it is left, to those of the points that are.
  template <class Sums, class Add>
  static void add_to_both(double* place, bool left, const Add& add) {
    for (int region = 0; region <= (left ? 1 : 0); ++region, place += sizeof(Sums) / sizeof(double)) {
      Sums sums{};
      std::memcpy(&sums, place, sizeof sums);
      add(sums);
      std::memcpy(place, &sums, sizeof sums);
    }
  }

  void add_effects(std::span<const double> inputs, std::int64_t b, bool left, std::span<double> sums) const {
    const std::size_t at = place_of(b, rule_.policy);
    for (std::size_t e = 0; e < places_.effects; ++e) {
      const EffectOutcome& outcome = watched_.effects[e];
      const double value = share_rows_[e][at * outcome.width + outcome.at];
      const double weight = weight_rows_[e][at] / (replicates_ ? replicate_rows_[at] : 1);
      for (std::size_t i = 0; i < inputs.size(); ++i) {
        const bool low = inputs[i] <= cuts_[i].low, high = inputs[i] >= cuts_[i].high;
        if (low || high)
          add_to_both<ThirdSums>(&sums[places_.effect(i, e)], left,
                                 [&](ThirdSums& thirds) { (low ? thirds.low : thirds.high).add(value, weight); });
      }
    }
  }

  void add_differences(std::int64_t b, bool left, std::span<double> sums) const {
    for (std::size_t d = 0; d < places_.differences; ++d)
      for (std::size_t policy = 1; policy < places_.policies; ++policy) {
        const std::size_t at = place_of(b, policy);
        const double value = share_rows_[places_.effects + d][at];
        const double weight = weight_rows_[places_.effects + d][at] / (replicates_ ? replicate_rows_[at] : 1);
        add_to_both<WeightedSums>(&sums[places_.difference(policy, d)], left,
                                  [&](WeightedSums& mean) { mean.add(value, weight); });
      }
  }

  void add_curves(std::int64_t b, bool left, std::span<double> sums) const {
    std::size_t month = 0;
    for (std::size_t c = 0; c < curve_rows_.size(); ++c) {
      const std::size_t months = watched_.curves[c].months.size(), at = place_of(b, rule_.policy) * months;
      for (std::size_t m = 0; m < months; ++m, ++month) {
        const double share = curve_rows_[c][at + m];
        if (!(share >= 0 && share <= 1)) continue;  // also NaN
        double* bins = &sums[places_.curve(month)] + std::lround(share * (curve_bins - 1));
        bins[0] += 1;
        bins[curve_bins] += left ? 1 : 0;
      }
    }
  }

  const Dataset& data_;
  const std::vector<Target>& targets_;
  const Watched& watched_;
  const Rule& rule_;
  const OnLeft& on_left_;
  RegionPlaces places_;
  TargetReader reader_;
  InputReader inputs_;
  std::vector<ColumnReader> shares_, weights_, curves_;
  std::optional<ColumnReader> replicates_;
  std::vector<Cuts> cuts_;
  std::vector<double> edges_;  ///< [input][bin below the last]: where it ends
  std::vector<std::span<const double>> share_rows_, weight_rows_, curve_rows_;
  std::span<const double> replicate_rows_;
  Implausibilities point_;
};

}  // namespace truce::analysis
