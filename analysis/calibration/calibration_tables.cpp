// A calibration as tables over targets, rules, inputs and effects.
#include <algorithm>
#include <cmath>

#include "analysis/calibration/calibrate.hpp"
#include "sweep/base/no_number.hpp"
#include "sweep/study/half_width.hpp"
#include "sweep/study/values.hpp"

namespace truce::analysis {
namespace {

constexpr double z95 = 1.959963984540054;

/// Quantiles that tables have.
struct Level {
  double p;
  const char* word;
};
constexpr Level levels[] = {{0.05, "05"}, {0.5, "50"}, {0.95, "95"}};

/// Appends an answer and fills it.
template <class Value>
void add(AnswerTable& table, std::string name, std::string units, std::string meaning, Value value) {
  std::vector<double>& values = table.add(std::move(name), std::move(units), std::move(meaning));
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = value(i);
}

AnswerTable target_table(const Calibration& c) {
  AnswerTable table{"targets",
                    "which figures of real wars rule out how much of the space (history matching, Vernon, Goldstein & "
                    "Bower 2010; intervals of shares: Wilson)",
                    {{"target", {}, "figure of real wars, see analysis/real_wars/matches.csv"}},
                    {}};
  for (const Target& target : c.targets) table.axes[0].labels.push_back(target.id);
  const auto target = [&](std::size_t t) -> const Target& { return c.targets[t]; };
  const auto of = [&](std::size_t t) -> const TargetCount& { return c.region.targets[t]; };
  const auto out = [&](std::size_t t) { return share_of_points(of(t).ruled_out, c.region.points); };
  const auto part = [&](double count) { return count / c.region.points; };
  add(table, "real", "1", "real wars: estimate", [&](auto t) { return target(t).estimate; });
  add(table, "real_low", "1", "lower end of its 95 % interval", [&](auto t) { return target(t).low; });
  add(table, "real_high", "1", "upper end of its 95 % interval", [&](auto t) { return target(t).high; });
  add(table, "real_n", "1", "wars or pairs of states behind it",
      [&](auto t) { return static_cast<double>(target(t).n); });
  add(table, "month", "month", "when, for a target on a curve",
      [&](auto t) { return target(t).month > 0 ? target(t).month : no_number; });
  add(table, "rules_out", "1", "1: it rules points out, 0: it is reported beside",
      [&](auto t) { return std::isnan(of(t).left_so_far) ? 0.0 : 1.0; });
  add(table, "model_mean", "1", "mean of the model over the points where it is defined",
      [&](auto t) { return of(t).mean; });
  add(table, "ruled_out", "1", "share of points with an implausibility of at least the cutoff",
      [&](auto t) { return out(t).share; });
  add(table, "ruled_out_low", "1", "lower end of its interval", [&](auto t) { return out(t).low; });
  add(table, "ruled_out_high", "1", "upper end of its interval", [&](auto t) { return out(t).high; });
  add(table, "ruled_out_alone", "1", "share of points that no other target rules out",
      [&](auto t) { return part(of(t).alone); });
  add(table, "left_by_chance", "1", "share of points that would be ruled out if their runs had no Monte Carlo variance",
      [&](auto t) { return part(of(t).by_chance); });
  add(table, "undefined", "1", "share of points at which the model says nothing",
      [&](auto t) { return part(c.region.points - of(t).defined); });
  add(table, "closest", "1", "smallest implausibility of any point", [&](auto t) { return of(t).closest; });
  add(table, "left_so_far", "1", "share of points that neither this target nor one above rules out",
      [&](auto t) { return part(of(t).left_so_far); });
  return table;
}

AnswerTable left_table(const Calibration& c) {
  AnswerTable table{
      "left",
      "share of the space that is not ruled out",
      {{"criterion", {"largest_implausibility", "second_largest"}, "which implausibility must be below the cutoff"}},
      {}};
  const auto left = [&](std::size_t r) {
    return share_of_points(r == 0 ? c.region.left : c.region.left_by_second, c.region.points);
  };
  add(table, "left", "1", "share of points that are not ruled out", [&](auto r) { return left(r).share; });
  add(table, "left_low", "1", "lower end of its interval", [&](auto r) { return left(r).low; });
  add(table, "left_high", "1", "upper end of its interval", [&](auto r) { return left(r).high; });
  add(table, "left_points", "1", "their number",
      [&](auto r) { return r == 0 ? c.region.left : c.region.left_by_second; });
  return table;
}

AnswerTable discrepancy_table(const Calibration& c) {
  AnswerTable table{
      "discrepancies",
      "share of the space that is not ruled out, by the discrepancy that is allowed, at the cutoff of this "
      "calibration (intervals: Wilson)",
      {{"stated_discrepancy", {}, "standard deviation by which the best setting may differ, in shares"}},
      {}};
  for (const double discrepancy : told_discrepancies) table.axes[0].labels.push_back(spell(discrepancy));
  const auto left = [&](std::size_t k) { return share_of_points(c.region.left_at[k], c.region.points); };
  add(table, "left_at", "1", "share of points that are not ruled out", [&](auto k) { return left(k).share; });
  add(table, "left_at_low", "1", "lower end of its interval", [&](auto k) { return left(k).low; });
  add(table, "left_at_high", "1", "upper end of its interval", [&](auto k) { return left(k).high; });
  add(table, "left_at_points", "1", "their number", [&](auto k) { return c.region.left_at[k]; });
  return table;
}

AnswerTable input_table(const Dataset& data, const Calibration& c) {
  AnswerTable table{
      "inputs",
      "what the points that are left say about each input (Kolmogorov-Smirnov distance from those ruled out)",
      {{"input", data.input_names(), "input that is varied"}},
      {}};
  for (const auto& level : levels) {
    add(table, std::string("prior_q") + level.word, "", "quantile of the input as sampled",
        [&](auto i) { return prior_quantile(data, i, level.p); });
    add(table, std::string("left_q") + level.word, "", "quantile among the points that are left",
        [&](auto i) { return region_quantile(data, i, c.region.inputs[i].left, level.p); });
  }
  add(table, "distance", "1", "Kolmogorov-Smirnov distance between points left and ruled out",
      [&](auto i) { return distance_of(c.region.inputs[i]).value; });
  add(table, "distance_needed", "1", "what it must exceed to be no chance (two-sided, 0.27 %)",
      [&](auto i) { return distance_of(c.region.inputs[i]).needed; });
  return table;
}

const Axis space_axis{"space", {"all", "left"}, "points that are counted"};

Axis outcome_axis(std::string name, const std::vector<EffectOutcome>& outcomes) {
  Axis axis{std::move(name), {}, "outcome"};
  for (const EffectOutcome& outcome : outcomes) axis.labels.push_back(outcome.name);
  return axis;
}

/// Answers `prefix`, `prefix`_low and so on from the effect at each place of the table.
template <class At>
void add_effects(AnswerTable& table, const std::string& prefix, const std::string& meaning, const At& at) {
  add(table, prefix, "", meaning + ", in the unit of the outcome", [&](auto p) { return at(p).value; });
  add(table, prefix + "_low", "", "lower end of its 95 % interval",
      [&](auto p) { return at(p).value - z95 * at(p).error; });
  add(table, prefix + "_high", "", "upper end of its 95 % interval",
      [&](auto p) { return at(p).value + z95 * at(p).error; });
  add(table, prefix + "_error", "", "standard error, from the spread between points",
      [&](auto p) { return at(p).error; });
  add(table, prefix + "_points", "1", "points behind it", [&](auto p) { return at(p).points; });
  add(table, prefix + "_sign", "1", "1 rises, -1 falls, 0 undecided (three standard errors, ten points)",
      [&](auto p) { return static_cast<double>(at(p).verdict()); });
}

AnswerTable effect_table(const Dataset& data, const Calibration& c) {
  AnswerTable table{"effects",
                    "mean of an outcome in the highest third of an input less that in its lowest, in the whole space "
                    "and among the points that are left",
                    {{"input", data.input_names(), "input that is varied"},
                     outcome_axis("effect_outcome", c.watched.effects),
                     space_axis},
                    {}};
  add_effects(table, "effect", "highest less lowest third", [&](std::size_t place) {
    const auto& both = c.region.thirds[place / 2 / c.watched.effects.size()][place / 2 % c.watched.effects.size()];
    return effect_of(place % 2 == 0 ? both.all : both.left);
  });
  return table;
}

AnswerTable policy_table(const Dataset& data, const Calibration& c) {
  AnswerTable table{"policies",
                    "mean difference of an outcome from the first policy, on the same random numbers, in the whole "
                    "space and among the points that are left",
                    {{"policy", data.policy_names(), "policy (setting of the levers)"},
                     outcome_axis("difference_outcome", c.watched.differences),
                     space_axis},
                    {}};
  add_effects(table, "difference", "mean difference from the first policy", [&](std::size_t place) {
    const std::size_t d = place / 2 % c.watched.differences.size(), policy = place / 2 / c.watched.differences.size();
    if (policy == 0) return Effect{std::nan(""), std::nan(""), 0};
    const auto& both = c.region.differences[policy - 1][d];
    return effect_of(place % 2 == 0 ? both.all : both.left);
  });
  return table;
}

AnswerTable curve_table(const Calibration& c, std::size_t curve) {
  const WatchedCurve& watched = c.watched.curves[curve];
  AnswerTable table{watched.name,
                    watched.name + " of the model: quantiles over the whole space and over the points that are left",
                    {{watched.dimension, {}, "months since the beginning"}, space_axis},
                    {}};
  for (const double month : watched.months) table.axes[0].labels.push_back(spell(month));
  for (const auto& level : levels)
    add(table, watched.name + "_q" + level.word, "1", "quantile over points", [&](auto place) {
      const CurveCount& count = c.region.curves[curve][place / 2];
      return curve_quantile(place % 2 == 0 ? count.all : count.left, level.p);
    });
  return table;
}

}  // namespace

double curve_quantile(const std::vector<double>& bins, double p) {
  double all = 0, below = 0;
  for (const double bin : bins) all += bin;
  for (std::size_t k = 0; all > 0 && k < bins.size(); ++k)
    if ((below += bins[k]) >= p * all && bins[k] > 0) return static_cast<double>(k) / (curve_bins - 1);
  return std::nan("");
}

ShareInterval share_of_points(double count, double points) {
  if (!(points > 0)) return {std::nan(""), std::nan(""), std::nan("")};
  const double share = count / points, half = wilson_half_width(share, points), z2 = z95 * z95;
  const double middle = (share + z2 / (2 * points)) / (1 + z2 / points);
  return {share, std::max(0.0, middle - half), std::min(1.0, middle + half)};
}

double region_quantile(const Dataset& data, std::size_t varied, const std::vector<double>& bins, double p) {
  double all = 0, below = 0;
  for (const double bin : bins) all += bin;
  if (all == 0) return std::nan("");
  const auto edge = [&](double k) { return prior_quantile(data, varied, k / region_bins); };
  for (std::size_t k = 0; k < bins.size(); ++k) {
    if (below + bins[k] >= p * all && bins[k] > 0) {
      const double from = edge(static_cast<double>(k)), to = edge(static_cast<double>(k + 1));
      const bool steps = data.plan().kernel->inputs[data.inputs()[varied].input].kind != InputKind::real;
      return steps ? from : from + (to - from) * std::max(0.0, p * all - below) / bins[k];
    }
    below += bins[k];
  }
  return prior_quantile(data, varied, 1);
}

Distance distance_of(const InputCount& input) {
  double left = 0, all = 0;
  for (std::size_t k = 0; k < region_bins; ++k) {
    left += input.left[k];
    all += input.all[k];
  }
  const double out = all - left;
  if (left == 0 || out == 0) return {std::nan(""), std::nan("")};
  double left_below = 0, out_below = 0, largest = 0;
  for (std::size_t k = 0; k < region_bins; ++k) {
    left_below += input.left[k];
    out_below += input.all[k] - input.left[k];
    largest = std::max(largest, std::abs(left_below / left - out_below / out));
  }
  const double three_errors = std::sqrt(-0.5 * std::log(0.0027 / 2));
  return {largest, three_errors * std::sqrt(1 / left + 1 / out)};
}

std::vector<AnswerTable> calibration_tables(const Dataset& data, const Calibration& calibration) {
  std::vector<AnswerTable> tables = {target_table(calibration), left_table(calibration),
                                     discrepancy_table(calibration)};
  if (!data.inputs().empty()) tables.push_back(input_table(data, calibration));
  if (!data.inputs().empty() && !calibration.watched.effects.empty()) tables.push_back(effect_table(data, calibration));
  if (!calibration.watched.differences.empty()) tables.push_back(policy_table(data, calibration));
  for (std::size_t curve = 0; curve < calibration.watched.curves.size(); ++curve)
    tables.push_back(curve_table(calibration, curve));
  return tables;
}

}  // namespace truce::analysis
