// Figures of real wars, each matched with what a kernel says about the same thing.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace truce::analysis {

/// What a target may do: rule points out, be reported beside them, or explain why it does neither.
enum class Use { hard, soft, context };

/// What of a point's runs a target is compared with; all are shares. `ended` are wars that a point's runs end before
/// the horizon, `victory` those that end without a settlement.
enum class Compared {
  nothing,
  war_survival,
  peace_survival,
  settlement_of_ended,
  victory_of_ended,
  victory_a_of_victory
};

struct Target {
  std::string id, quantity, unit, source, note;
  Compared compared = Compared::nothing;
  bool complement = false;  ///< 1 - what is compared
  double month = 0;         ///< of a curve
  Use use = Use::context;
  std::string why;                         ///< of `use`
  double estimate = 0, low = 0, high = 0;  ///< with the ends of its 95 % interval
  std::int64_t n = 0;                      ///< wars, pairs or agreements behind it
};

/// Days in a month: a year of 365.2425 days has twelve.
inline constexpr double days_per_month = 365.2425 / 12;

/// `at` in "day", "month" or "year" as months; throws Error(internal) for another unit.
double months_of(double at, std::string_view unit);

/// All targets in the order of matches.csv. Throws Error(internal) if the tables do not fit together.
std::vector<Target> parse_targets(std::string_view matches, std::string_view targets, std::string_view war_survival,
                                  std::string_view peace_survival);

/// Those of analysis/real_wars.
const std::vector<Target>& real_war_targets();

/// The target of that name among `targets`; throws Error(internal) if there is none.
const Target& find_target(const std::vector<Target>& targets, std::string_view id);

}  // namespace truce::analysis
