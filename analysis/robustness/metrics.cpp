// One line of arithmetic a metric; the original sources stand beside them.
#include "analysis/robustness/metrics.hpp"

#include <array>

namespace truce::analysis {
namespace {

int as_goal(Goal goal) { return goal == Goal::higher ? 1 : -1; }
int more(Goal) { return 1; }
int less(Goal) { return -1; }

double worst(const Profile& p, Goal goal) { return goal == Goal::higher ? p.least : p.greatest; }
double best(const Profile& p, Goal goal) { return goal == Goal::higher ? p.greatest : p.least; }

/// Hamarat et al. 2014: (mean + 1) / (sd + 1) where more is better, (mean + 1) (sd + 1) where less is. It depends on
/// the unit, and means little where the mean can be below -1.
double mean_variance(const Profile& p, Goal goal) {
  return goal == Goal::higher ? (p.mean + 1) / (p.sd + 1) : (p.mean + 1) * (p.sd + 1);
}

/// Voudouris et al. 2014.
double skewness(const Profile& p, Goal) { return ((p.q90 + p.q10) / 2 - p.q50) / ((p.q90 - p.q10) / 2); }
double kurtosis(const Profile& p, Goal) { return (p.q90 - p.q10) / (p.q75 - p.q25); }

constexpr double hurwicz_optimism = 0.5;

}  // namespace

std::span<const Metric> metrics() {
  static const std::array<Metric, 15> all{{
      {"maximin", "worst point (Wald 1950)", worst, as_goal},
      {"maximax", "best point", best, as_goal},
      {"hurwicz", "half the worst point and half the best (Hurwicz 1953)",
       [](const Profile& p, Goal goal) {
         return (1 - hurwicz_optimism) * worst(p, goal) + hurwicz_optimism * best(p, goal);
       },
       as_goal},
      {"laplace", "mean over the points (principle of insufficient reason)",
       [](const Profile& p, Goal) { return p.mean; }, as_goal},
      {"minimax_regret", "greatest regret (Savage 1951)", [](const Profile& p, Goal) { return p.most_regret; }, less},
      {"regret_q90", "90th percentile of the regret (Savage 1951)", [](const Profile& p, Goal) { return p.regret_q90; },
       less},
      {"mean_variance", "mean against spread (Hamarat et al. 2014)", mean_variance, as_goal},
      {"undesirable_deviations", "mean deviation on the bad side of the median (Kwakkel et al. 2016)",
       [](const Profile& p, Goal) { return p.short_of_median; }, less},
      {"percentile_skewness", "((q90 + q10) / 2 - q50) / ((q90 - q10) / 2) (Voudouris et al. 2014)", skewness, as_goal},
      {"percentile_kurtosis", "(q90 - q10) / (q75 - q25) (Voudouris et al. 2014)", kurtosis, more},
      {"starr", "share of points that reach the threshold (Starr 1963)",
       [](const Profile& p, Goal) { return p.satisfied; }, more},
      {"regret_1",
       "90th percentile of the departure from the baseline point, as a share of f there (Herman et al. 2015)",
       [](const Profile& p, Goal) { return p.departure_q90; }, less},
      {"regret_2", "90th percentile of the regret as a share of the best policy's f (Herman et al. 2015)",
       [](const Profile& p, Goal) { return p.relative_regret_q90; }, less},
      {"satisficing_1", "share of points that reach the threshold: Starr's by another name (Herman et al. 2015)",
       [](const Profile& p, Goal) { return p.satisfied; }, more},
      {"satisficing_2",
       "distance from the defaults to the nearest point that fails (Herman et al. 2015, Ben-Haim 2006)",
       [](const Profile& p, Goal) { return p.radius; }, more},
  }};
  return all;
}

}  // namespace truce::analysis
