// Shared by the tests of robustness: a result of two policies in which the war months are given.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>

#include "analysis/robustness/metrics.hpp"
#include "analysis/robustness/robustness_part.hpp"
#include "tests/analysis/made_result.hpp"

namespace truce::test {

using Table = std::vector<std::vector<double>>;  // [row of point][policy]

/// A study of gamblers_ruin whose war months are given; `runs` replicates that define them, of which they and their
/// differences have variance `noise`.
class Made {
 public:
  Made(const Table& months, double noise, double runs = 4)
      : study(ruin("replicates = 16\n"), {"--design.points=" + std::to_string(months.size())}),
        data(made_result(study.plan, [&](const std::string& column, std::int64_t row, std::size_t policy) {
          const auto& f = months[static_cast<std::size_t>(row)];
          if (column == "war_months") return f[policy];
          if (column == "war_months_diff") return f[policy] - f[0];
          if (column == "war_months_diff_var") return policy == 0 ? 0 : noise;
          if (column == "war_months_var") return noise;
          return column.ends_with("_n") || column == "replicates" ? runs : 0.0;
        })) {}
  analysis::Settings settings(std::int64_t resamples = 20) const {
    analysis::Settings settings;
    settings.series = {data.find_series("war_months")};
    settings.resamples = resamples;
    return settings;
  }

  Study study;
  analysis::Dataset data;
};

inline std::vector<analysis::AnswerTable> answer(const Made& made, const analysis::Settings& settings) {
  const auto crew = make_local_crew();
  return analysis::robustness_part().answer({*crew, made.data, settings});
}

/// Values over the last axes of an answer: [goal][policy] of a metric, or [goal][policy] if `metric` is "".
inline double at(const std::vector<analysis::AnswerTable>& tables, const std::string& name, std::size_t goal,
                 std::size_t policy, std::string_view metric = "") {
  for (const analysis::AnswerTable& table : tables)
    for (const analysis::Answer& each : table.answers) {
      if (each.name != name) continue;
      std::size_t place = goal;
      if (table.axes.size() > 2 && table.axes[2].name == "policy") place = place * 2 + policy;
      if (!metric.empty()) {
        const auto found = std::ranges::find(analysis::metrics(), metric, &analysis::Metric::name);
        place = place * analysis::metrics().size() + static_cast<std::size_t>(found - analysis::metrics().begin());
      }
      return each.values[place];
    }
  ADD_FAILURE() << name << " is not there";
  return 0;
}

}  // namespace truce::test
