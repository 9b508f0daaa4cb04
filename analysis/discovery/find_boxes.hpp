// Scenario discovery: boxes of inputs in which something happens more often than elsewhere.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "analysis/discovery/box.hpp"
#include "analysis/discovery/coded_points.hpp"
#include "analysis/fold/bootstrap.hpp"
#include "sweep/crew/crew.hpp"

namespace truce::analysis {

/// Fills what is looked for at each base point of `bases`: its share in [0, 1] (of replicates, or 0 and 1), NaN where
/// it is not defined (the point is left out). Called on each rank for the base points that it holds, in rising order.
using PointShares = std::function<void(Range bases, std::span<double> shares)>;

/// How boxes are searched (Friedman & Fisher 1999).
struct BoxSearch {
  double peel = 0.05;            ///< share of the points in the box that a step takes off or puts back (alpha)
  double least_mass = 0.05;      ///< peeling ends before a box holds less than this share of the points
  double significance = 0.05;    ///< restrictions with a greater quasi-p are dropped
  int boxes = 3;                 ///< at most, by covering: each is searched where no earlier one lies
  std::int64_t resamples = 100;  ///< of the bootstrap over groups; 0: none, intervals and `p_new` are NaN
  double level = 0.95;           ///< of the intervals
};

/// A restriction with its evidence.
struct FoundRestriction {
  Restriction limits;
  double quasi_p = 1;      ///< Bryant & Lempert 2010: chance of this density without the restriction
  Interval low{}, high{};  ///< of the limits, over resamples (searched anew in each); first box alone, else NaN
  double restricted = 0;   ///< share of the resamples whose first box restricts this input
};

struct Peel {
  double mass, coverage, density;  ///< of the box after this step
  std::size_t input;               ///< varied input that was peeled; of the first step (the whole space) their number
};

/// A box with what it holds. Of the second box on, points of the earlier ones count as if they were not there; coverage
/// stays a share of all, so that the coverages of the boxes add up.
struct FoundBox {
  std::vector<FoundRestriction> restrictions;  ///< in the order of the kernel's inputs
  Estimate mass{};                             ///< share of the points that it holds
  Estimate coverage{};                         ///< share of what is looked for that it holds
  Estimate density{};                          ///< share of what it holds that is looked for
  double base_rate = 0;                        ///< density of all points
  double points = 0;                           ///< number of points that it holds
  /// Of the first box: twice the median over the resamples of the box's p among the points that the resample did not
  /// draw (Meinshausen, Meier & Buehlmann 2009). Unlike quasi_p it is not flattered by the search.
  double p_new = 1;
  std::vector<Peel> trajectory;  ///< the peeling, from the whole space on
  std::size_t chosen = 0;        ///< step of the trajectory that was pasted and made this box

  Box box() const;
};

/// Collective over `crew`: all ranks that made the points (they take turns with the resamples), or points.holders(), so
/// that a rank that holds all points searches alone. The boxes in the order in which they were found, the same on every
/// rank and for any number of ranks; none where nothing is told from the whole space, fewer than 40 points are defined,
/// or all shares are alike.
/// Rule: of the peeling trajectory, the box with the greatest mass * (density - base rate), what it holds beyond what
/// chance gives a box of its size (weighted relative accuracy, Lavrac, Flach & Zupan 1999); of equals the larger one.
/// An error of `shares` on any rank is thrown on all as AgreedError.
std::vector<FoundBox> find_boxes(Crew& crew, const CodedPoints& points, const PointShares& shares,
                                 const BoxSearch& search = {});

}  // namespace truce::analysis
