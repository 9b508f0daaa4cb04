// A calibration in plain lines: aligned columns, every share with its interval, every sign with its error.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <filesystem>

#include "analysis/calibration/calibrate.hpp"
#include "sweep/study/values.hpp"

namespace truce::analysis {
namespace {

using Row = std::vector<std::string>;

/// The inputs of the memo's claims whose effects are printed; the table has all.
constexpr std::array<std::string_view, 4> told_inputs = {"autocracy_a", "guarantee_a", "justice_anchor",
                                                         "balance_drift"};

constexpr char key[] =
    "  closest: smallest implausibility of any point; alone: no other figure rules the point out; by chance: left "
    "only\n"
    "  because its runs are few; undefined: the point says nothing, which rules nothing out; left so far: after this\n"
    "  figure and those above it\n";

template <class... Values>
std::string print(const char* format, Values... values) {
  std::array<char, 512> line{};
  std::snprintf(line.data(), line.size(), format, values...);
  return line.data();
}

/// Columns side by side, the first `texts` of them to the left and the others to the right.
std::string aligned(const std::vector<Row>& rows, std::size_t texts) {
  std::vector<std::size_t> widths;
  for (const Row& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t c = 0; c < row.size(); ++c) widths[c] = std::max(widths[c], row[c].size());
  }
  std::string text;
  for (const Row& row : rows) {
    std::string line;
    for (std::size_t c = 0; c < row.size(); ++c) {
      const std::string space(widths[c] - row[c].size(), ' ');
      line += "  " + (c < texts ? row[c] + space : space + row[c]);
    }
    text += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
  }
  return text;
}

std::string percent(double share) {
  if (std::isnan(share)) return "-";
  return share > 0 && share < 0.0995 ? print("%.2g", 100 * share) : print("%.0f", 100 * share);
}

std::string percent(const ShareInterval& share) {
  return percent(share.share) + print(" [%.3g, %.3g]", 100 * share.low, 100 * share.high);
}

std::string thousands(double count) {
  std::string digits = print("%.0f", count);
  for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3)
    digits.insert(static_cast<std::size_t>(at), ",");
  return digits;
}

/// Without what the column's head says, and how the figure was coded.
std::string short_quantity(std::string text) {
  if (text.starts_with("share of ")) text.erase(0, 9);
  return text.substr(0, text.find(" ("));
}

/// What was judged and not measured: without it no share says anything.
std::string rule_text(const Rule& rule) {
  return "ruled out: an implausibility of " + spell(rule.cutoff) + " or more, with a discrepancy of " +
         spell(rule.discrepancy) + " allowed";
}

std::string target_lines(const Calibration& c) {
  std::vector<Row> rows = {{"figure", "share of", "use", "real wars [95 %]", "model", "ruled out % [95 %]", "alone",
                            "by chance", "undefined", "closest", "left so far"}};
  for (std::size_t t = 0; t < c.targets.size(); ++t) {
    const Target& target = c.targets[t];
    const TargetCount& count = c.region.targets[t];
    const double points = c.region.points;
    rows.push_back({target.id, short_quantity(target.quantity), target.use == Use::hard ? "hard" : "soft",
                    print("%.3f [%.3f, %.3f]", target.estimate, target.low, target.high), print("%.3f", count.mean),
                    percent(share_of_points(count.ruled_out, points)), percent(count.alone / points),
                    percent(count.by_chance / points), percent((points - count.defined) / points),
                    print("%.2f", count.closest), percent(count.left_so_far / points)});
  }
  return aligned(rows, 3);
}

std::string left_lines(const Calibration& c, const Rule& rule) {
  const Region& r = c.region;
  std::string text = "  " + rule_text(rule) + "\n  not ruled out: " + percent(share_of_points(r.left, r.points)) +
                     " % of the space (" + thousands(r.left) + " points); by the second largest implausibility " +
                     percent(share_of_points(r.left_by_second, r.points)) + " %; the closest point has " +
                     print("%.2f", r.closest) + "\n";
  if (r.silent > 0) text += "  " + thousands(r.silent) + " points say nothing about any figure (all runs failed)\n";
  for (const std::string& line : c.left_out) text += "  left out, " + line + "\n";
  return text;
}

ShareInterval left_at(const Calibration& c, std::size_t k) {
  return share_of_points(c.region.left_at[k], c.region.points);
}

/// Whether two kernels change places between two of the discrepancies, beyond their intervals.
bool order_depends(const std::vector<Calibration>& calibrations) {
  for (const Calibration& a : calibrations)
    for (const Calibration& b : calibrations) {
      bool more = false, less = false;
      for (std::size_t k = 0; k < told_discrepancies.size(); ++k) {
        more = more || left_at(a, k).low > left_at(b, k).high;
        less = less || left_at(a, k).high < left_at(b, k).low;
      }
      if (more && less) return true;
    }
  return false;
}

std::string discrepancy_lines(const std::vector<Calibration>& calibrations) {
  std::vector<Row> rows = {{"kernel"}};
  for (const double discrepancy : told_discrepancies) rows[0].push_back(spell(discrepancy));
  for (const Calibration& c : calibrations) {
    Row& row = rows.emplace_back(Row{c.kernel});
    for (std::size_t k = 0; k < told_discrepancies.size(); ++k) row.push_back(percent(left_at(c, k)));
  }
  return "not ruled out % [95 %], by the discrepancy that is allowed\n" + aligned(rows, 1) +
         (order_depends(calibrations) ? "  The order of the kernels depends on it, and these data do not say how large "
                                        "it is: no share ranks them.\n"
                                      : "  How large it is, these data do not say.\n");
}

/// "0.05 | 0.5 | 0.95"; of named choices the share of each.
std::string spread(const Dataset& data, std::size_t varied, const std::vector<double>& bins) {
  const Input& input = data.plan().kernel->inputs[data.inputs()[varied].input];
  if (input.kind != InputKind::choice)
    return print("%.3g | %.3g | %.3g", region_quantile(data, varied, bins, 0.05),
                 region_quantile(data, varied, bins, 0.5), region_quantile(data, varied, bins, 0.95));
  std::vector<double> counts(input.names.size());
  double all = 0;
  for (std::size_t k = 0; k < bins.size(); ++k) {
    all += bins[k];
    counts[static_cast<std::size_t>(prior_quantile(data, varied, static_cast<double>(k) / region_bins))] += bins[k];
  }
  std::string words;
  for (std::size_t code = 0; code < counts.size(); ++code)
    words += (code == 0 ? "" : ", ") + std::string(input.names[code]) + print(" %.0f %%", 100 * counts[code] / all);
  return words;
}

std::string input_lines(const Dataset& data, const Calibration& c) {
  if (c.region.left == 0) return "";
  std::vector<std::pair<double, std::size_t>> moved;
  for (std::size_t i = 0; i < c.region.inputs.size(); ++i) {
    const Distance distance = distance_of(c.region.inputs[i]);
    if (distance.value > distance.needed) moved.emplace_back(-distance.value, i);
  }
  std::ranges::sort(moved);
  std::string text = "  inputs: " + std::to_string(moved.size()) + " of " + std::to_string(c.region.inputs.size()) +
                     " lie otherwise among the points that are left, beyond chance; the others are not told apart from "
                     "their prior\n";
  if (moved.empty()) return text;
  std::vector<Row> rows = {{"input", "unit", "sampled 5 | 50 | 95 %", "left 5 | 50 | 95 %", "distance"}};
  for (const auto& [distance, i] : moved) {
    const InputCount& count = c.region.inputs[i];
    rows.push_back({data.inputs()[i].name, data.inputs()[i].unit, spread(data, i, count.all),
                    spread(data, i, count.left), print("%.2f", -distance)});
  }
  return text + aligned(rows, 2);
}

std::string effect_words(const Effect& effect) {
  if (!(effect.points >= 10)) return "too few points";
  constexpr std::array<const char*, 3> words = {"falls", "undecided", "rises"};
  const int word = effect.verdict() + 1;
  return print("%+.3g (se %.2g) %s", effect.value, effect.error, words[static_cast<std::size_t>(word)]);
}

std::string effect_lines(const Dataset& data, const Calibration& c) {
  std::vector<Row> rows = {{"input", "outcome", "unit", "whole space", "points left"}};
  for (std::size_t i = 0; i < data.inputs().size(); ++i) {
    if (std::ranges::find(told_inputs, data.inputs()[i].name) == told_inputs.end()) continue;
    for (std::size_t e = 0; e < c.watched.effects.size(); ++e)
      rows.push_back({data.inputs()[i].name, c.watched.effects[e].name, c.watched.effects[e].unit,
                      effect_words(effect_of(c.region.thirds[i][e].all)),
                      effect_words(effect_of(c.region.thirds[i][e].left))});
  }
  if (rows.size() == 1) return "";
  return "  effects of inputs, highest less lowest third (points are left because of how their wars end and how long "
         "war "
         "and peace last:\n  on these outcomes little is left to vary, and a small effect is no finding):\n" +
         aligned(rows, 5);
}

std::string policy_lines(const Dataset& data, const Calibration& c) {
  if (c.region.differences.empty()) return "";
  std::vector<Row> rows = {{"policy", "outcome", "unit", "whole space", "points left"}};
  for (std::size_t q = 0; q < c.region.differences.size(); ++q)
    for (std::size_t d = 0; d < c.watched.differences.size(); ++d)
      rows.push_back({data.policy_names()[q + 1], c.watched.differences[d].name, c.watched.differences[d].unit,
                      effect_words(effect_of(c.region.differences[q][d].all)),
                      effect_words(effect_of(c.region.differences[q][d].left))});
  return "  effects of policies, against " + data.policy_names()[0] +
         " on the same random numbers (points are left because of one policy's wars:\n  a sign there is a finding only "
         "if it is the same with every --policy):\n" +
         aligned(rows, 5);
}

/// "0.475 [0.355, 0.598]"
std::string with_interval(const Target& t) { return print("%.3g [%.3g, %.3g]", t.estimate, t.low, t.high); }

/// Difference of two independent shares with its interval by Newcombe's (1998) method 10, from their own intervals.
std::string difference(const Target& a, const Target& b) {
  const double value = a.estimate - b.estimate;
  return print("%+.3f [%+.3f, %+.3f]", value, value - std::hypot(a.estimate - a.low, b.high - b.estimate),
               value + std::hypot(a.high - a.estimate, b.estimate - b.low));
}

/// What rules out most, "-" if nothing does.
std::string strongest(const Calibration& c) {
  std::string id = "-";
  double most = 0;
  for (std::size_t t = 0; t < c.targets.size(); ++t) {
    const TargetCount& count = c.region.targets[t];
    if (std::isnan(count.left_so_far) || count.ruled_out <= most) continue;
    most = count.ruled_out;
    id = c.targets[t].id;
  }
  return most > 0 ? id + " (" + percent(most / c.region.points) + " %)" : id;
}

}  // namespace

std::string text_of(const Dataset& data, const Calibration& c, const Rule& rule) {
  std::string text = c.kernel + ": " + std::filesystem::path(data.path()).filename().string() + ", " +
                     thousands(c.region.points + c.region.silent) + " points";
  if (data.policies() > 1) text += ", policy " + data.policy_names()[rule.policy];
  return text + "\n" + target_lines(c) + left_lines(c, rule) + input_lines(data, c) + effect_lines(data, c) +
         policy_lines(data, c);
}

std::string overview(const std::vector<Calibration>& calibrations, const Rule& rule) {
  std::vector<Row> rows = {
      {"kernel", "points", "not ruled out % [95 %]", "by second largest % [95 %]", "closest", "rules out most"}};
  for (const Calibration& c : calibrations)
    rows.push_back({c.kernel, thousands(c.region.points), percent(share_of_points(c.region.left, c.region.points)),
                    percent(share_of_points(c.region.left_by_second, c.region.points)), print("%.2f", c.region.closest),
                    strongest(c)});
  return rule_text(rule) + "\n" + aligned(rows, 1) + key + discrepancy_lines(calibrations);
}

std::string limits_of_these_data(const std::vector<Target>& targets) {
  const auto& autocratic = find_target(targets, "O5");
  const auto& mixed = find_target(targets, "O6");
  return "what these data cannot tell:\n"
         "  The effect of the regime is not identified. Negotiated ends: " +
         with_interval(autocratic) + " of " + std::to_string(autocratic.n) + " autocratic pairs,\n  " +
         with_interval(mixed) + " of " + std::to_string(mixed.n) + " mixed pairs, difference " +
         difference(mixed, autocratic) + "; hazard of war's end, mixed against\n  autocratic, " +
         with_interval(find_target(targets, "P2")) + "; hazard of relapse " +
         with_interval(find_target(targets, "S13")) +
         ". Every interval holds no effect, and of two\n  democracies there are 2 wars. What is left says no more "
         "about "
         "regimes than the models assume: where autocracy lies, and what\n  it does, among the points that are left is "
         "theirs.\n"
         "  Selection: these are states that went to war; those that peace kept from it are not seen.\n"
         "  Censoring: transformed wars and peaces that still hold are cut; beyond the last cases nothing is known.\n"
         "  One setting is asked to be all wars at once, though real ones differ: the discrepancy stands for that, "
         "too.\n"
         "  Not ruled out is not confirmed; with other ranges of the inputs other shares are left.\n";
}

}  // namespace truce::analysis
