// Medians come from passes over an outcome, as its values may not fit into memory.
#include "analysis/fold/thresholds.hpp"

#include <algorithm>

#include "analysis/data/moments_reader.hpp"
#include "analysis/fold/groups.hpp"
#include "analysis/fold/median.hpp"
#include "sweep/base/error.hpp"
#include "sweep/study/values.hpp"

namespace truce::analysis {
namespace {

/// Collective: calls `visit` with the values of a series under the first policy, at this rank's base points.
void visit_values(const PartTask& task, std::size_t series, const VisitValue& visit) {
  MomentsReader reader(task.data, series);
  fold_groups(task.crew, Groups(task.data.bases(), task.data.members()), 0, [&](Range bases, std::span<double>) {
    const Moments& moments = reader.read(bases);
    for (std::int64_t b = 0; b < bases.count; ++b) visit(moments.mean(b * task.data.members(), 0));
  });
}

double median_of(const PartTask& task, std::size_t series) {
  return median(task.crew, [&](const VisitValue& visit) { visit_values(task, series, visit); });
}

}  // namespace

std::vector<double> thresholds(const PartTask& task) {
  std::vector<double> all;
  for (const std::size_t series : task.settings.series) {
    const auto named = std::ranges::find(task.settings.thresholds, series, &std::pair<std::size_t, double>::first);
    all.push_back(named != task.settings.thresholds.end() ? named->second : median_of(task, series));
  }
  return all;
}

std::pair<std::size_t, double> parse_threshold(const Dataset& data, const std::string& text) {
  const std::size_t at = text.find('=');
  if (at == std::string::npos)
    throw Error(Exit::usage, "option --thresholds: '" + text +
                                 "' has no value (each outcome needs one); write outcome=value, e.g. war_months=60");
  try {
    return {data.find_series(text.substr(0, at)), parse_real(text.substr(at + 1))};
  } catch (const Error& error) {
    throw Error(Exit::usage, std::string("option --thresholds: ") + error.what());
  }
}

}  // namespace truce::analysis
