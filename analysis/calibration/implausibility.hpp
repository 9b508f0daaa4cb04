// Implausibility of one value of a model against one figure of real wars (history matching).
//
// Vernon, Goldstein & Bower 2010: I = |model - target| / sqrt(target variance + Monte Carlo variance + discrepancy^2).
// A point is ruled out where I >= 3 for some target: of any distribution with one peak at least 95 % lie within three
// standard deviations (Pukelsheim 1994).
#pragma once

#include "analysis/calibration/targets.hpp"

namespace truce::analysis {

/// Standard deviation of what the target estimates, on the side of it where `model` lies: half of the 95 % interval
/// there, over 1.96. Near 0 and 1 the two sides differ.
double target_deviation(const Target& target, double model);

/// Variance of a share seen in `runs` runs: binomial, with half a run added on either side (the posterior of Jeffreys'
/// prior), so that it is 0 only for infinitely many. The same for a survival curve: the product-limit variance
/// (Greenwood) where nothing is censored before that month, less than it where something is.
double chance_variance(double share, double runs);

/// NaN where the model says nothing (no run to tell from). `discrepancy`: the standard deviation, in units of the
/// target, by which the best setting of a model may still differ from real wars.
double implausibility(const Target& target, double model, double runs, double discrepancy);

}  // namespace truce::analysis
