// Shared by the tests of history matching: results whose numbers are the test's own, targets, and which points they leave.
#pragma once

#include <cmath>

#include "analysis/calibration/calibrate.hpp"
#include "tests/analysis/made_result.hpp"

namespace truce::analysis {

using test::made_result;
using test::Study;

inline constexpr std::int64_t points = 200;
inline constexpr double runs = 50;

inline std::string study_text(const std::string& more = "") {
  return "[study]\nkernel = screening\nreplicates = 50\n" + more +
         "[design]\nmethod = monte_carlo\npoints = 200\n[inputs]\nautocracy_a = uniform(0, 1)\n"
         "war_cost_d = uniform(0.001, 0.012)\ndurability = choice(band, hazard)\nhorizon_months = 600\n[store]\n";
}

/// Rows say: month 3 is outlasted by row/200 of wars (month 1 by half more), peace holds with 0.6, wars settle with 0.5
/// and are won by A with 0.3 of all; every tenth row has no settlement.
inline double value_of(const std::string& column, std::int64_t row, std::size_t element) {
  const double share = static_cast<double>(row) / points;
  const bool settles = row % 10 != 0;
  if (column == "war_survival") return element == 0 ? (1 + share) / 2 : share;
  if (column == "peace_survival") return settles ? 0.6 : std::nan("");
  if (column == "ending_settlement") return settles ? 0.5 : 0;
  if (column == "ending_victory_a") return settles ? 0.3 : 0.6;
  if (column == "ending_victory_d") return settles ? 0.1 : 0.2;
  if (column == "ending_ongoing") return settles ? 0.1 : 0.2;
  if (column == "war_months") return 10 + 20 * share;
  if (column == "peace_months_n" || column == "relapsed_n" || column == "principled_n") return settles ? 25 : 0;
  return column.ends_with("_n") || column == "replicates" ? runs : 0;
}

inline Target target(const std::string& id, Compared compared, double estimate, double half, double month = 0) {
  Target made;
  made.id = made.quantity = id;
  made.unit = "share";
  made.use = Use::hard;
  made.compared = compared;
  made.month = month;
  made.estimate = estimate;
  made.low = estimate - half;
  made.high = estimate + half;
  return made;
}

inline std::vector<Target> made_targets() {
  std::vector<Target> all = {target("war", Compared::war_survival, 0.4, 0.1, 3),
                             target("earlier", Compared::war_survival, 0.6, 0.1, 2),
                             target("peace", Compared::peace_survival, 0.6, 0.1, 60),
                             target("settled", Compared::settlement_of_ended, 5.0 / 9, 0.1),
                             target("won", Compared::victory_a_of_victory, 0.75, 0.1)};
  all[3].complement = true;
  all[3].estimate = 4.0 / 9;
  all[3].low = 0.34;
  all[3].high = 0.54;
  all[4].use = Use::soft;
  return all;
}

/// What a point is told, by formulas of the test's own.
inline bool is_left(std::int64_t row, double discrepancy = 0.05) {
  const double share = static_cast<double>(row) / points, z = 1.959963984540054;
  const auto out = [&](double model, double real, double low, double high) {
    const double k = model * runs + 0.5, sd = (model > real ? high - real : real - low) / z;
    const double chance = k * (runs + 1 - k) / std::pow(runs + 1, 2) / (runs + 2);
    return std::pow(model - real, 2) >= 9 * (sd * sd + chance + discrepancy * discrepancy);
  };
  // month 2 lies in the middle of months 1 and 3; rows without a settlement have all ended wars won
  return !out(share, 0.4, 0.3, 0.5) && !out(((1 + share) / 2 + share) / 2, 0.6, 0.5, 0.7) && row % 10 != 0;
}

struct Made {
  explicit Made(const std::string& text = study_text()) : study(text), data(made_result(study.plan, value_of)) {}
  Calibration calibrated(const std::vector<Target>& targets, const CalibrateRequest& request = {}) const {
    const auto crew = make_local_crew();
    return calibrate(*crew, data, targets, request);
  }
  Study study;
  Dataset data;
};

}  // namespace truce::analysis
