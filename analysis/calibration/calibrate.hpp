// `truce calibrate`: history matching of one result with real wars, written as tables and told in plain lines.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "analysis/answers/answers.hpp"
#include "analysis/calibration/region.hpp"

namespace truce::analysis {

struct CalibrateRequest {
  Rule rule;
  std::filesystem::path out;     ///< empty: first.h5 -> first.calibration.h5
  std::filesystem::path points;  ///< CSV for the points that are left; empty: none
};

/// What a result says beside real wars.
struct Calibration {
  std::filesystem::path file;
  std::string kernel;
  double points = 0;
  Region region;
  std::vector<Target> targets;        ///< compared, in the order of Region::targets
  std::vector<std::string> left_out;  ///< "S1: gamblers_ruin has no peace_survival"
  Watched watched;                    ///< in the order of Region::thirds, differences and curves
  std::vector<AnswerTable> tables;
  bool points_written = false;
};

/// Collective: compares, and rank 0 writes tables and points. What is returned counts on rank 0. Throws Error(usage),
/// before it calculates, if the file holds nothing that a target which rules out can be compared with, or has no such
/// policy, or if other files than those of a calibration before would be replaced.
Calibration calibrate(Crew& crew, const Dataset& data, const std::vector<Target>& targets,
                      const CalibrateRequest& request);

/// Throws Error(usage) if `file` is there and is no CSV whose header names inputs, as the points of before are.
void require_may_replace_points(const std::filesystem::path& file);

/// first.h5 -> first.calibration.h5
std::filesystem::path calibration_path(const std::filesystem::path& result);

/// The tables of a calibration (calibration_tables.cpp).
std::vector<AnswerTable> calibration_tables(const Dataset& data, const Calibration& calibration);

/// Wilson's 95 % interval of a share of points, as if they were independent draws.
struct ShareInterval {
  double share, low, high;
};
ShareInterval share_of_points(double count, double points);

/// Quantile of an input among counted points, from the bins of its prior.
double region_quantile(const Dataset& data, std::size_t varied, const std::vector<double>& bins, double p);

/// Kolmogorov-Smirnov distance between the points that are left and those that are ruled out, at the bins' edges, and
/// what it must exceed to be no chance (two-sided, 0.27 %, as three standard errors).
struct Distance {
  double value, needed;
};
Distance distance_of(const InputCount& input);

/// The smallest share on a curve that at least `p` of the counted points do not exceed, to 0.01.
double curve_quantile(const std::vector<double>& bins, double p);

/// Printed report of one result, and of several side by side (calibration_text.cpp).
std::string text_of(const Dataset& data, const Calibration& calibration, const Rule& rule);
std::string overview(const std::vector<Calibration>& calibrations, const Rule& rule);
/// What these data cannot tell, with the figures of the targets.
std::string limits_of_these_data(const std::vector<Target>& targets);

}  // namespace truce::analysis
