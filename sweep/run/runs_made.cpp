// Where points take as many replicates as they need, only their rows say how many.
#include "sweep/run/runs_made.hpp"

#include <algorithm>
#include <cstring>
#include <numeric>
#include <vector>

#include "sweep/run/rows.hpp"

namespace truce {

namespace {

/// Rows that no frame covers count as 0, and take no time: there may be 2^40 of them.
std::int64_t sum_of_replicates(const Plan& plan, const Layout& layout, const Scan& scan) {
  constexpr std::int64_t rows_at_once = 65536;
  const RowMap map = row_map_of(plan);
  FrameReader frames(scan, layout, map);
  const auto column =
      static_cast<std::size_t>(std::ranges::find(layout.columns, "replicates", &Column::name) - layout.columns.begin());
  const std::size_t width = layout.columns[column].width;
  std::int64_t sum = 0, first = 0;
  std::vector<std::int32_t> values;
  std::vector<Range> gaps = frames.uncovered();
  gaps.push_back({layout.rows, 0});
  for (const Range& gap : gaps) {
    for (; first < gap.first; first += static_cast<std::int64_t>(values.size() / width)) {
      values.assign(static_cast<std::size_t>(std::min(rows_at_once, gap.first - first)) * width, 0);
      frames.read(column, first, static_cast<std::int64_t>(values.size() / width),
                  std::as_writable_bytes(std::span(values)));
      sum = std::accumulate(values.begin(), values.end(), sum);
    }
    first = gap.end();
  }
  return sum;
}

}  // namespace

std::int64_t units_missing(const Plan& plan, const Scan& scan) {
  std::int64_t units = 0;
  for (const Range& gap : missing(scan, plan.units())) units += gap.count;
  return units;
}

std::int64_t runs_made(const Plan& plan, const Layout& layout, const Scan& scan) {
  if (plan.precision) return sum_of_replicates(plan, layout, scan);
  const double left = static_cast<double>(units_missing(plan, scan)) / static_cast<double>(plan.units());
  return static_cast<std::int64_t>(static_cast<double>(plan.runs()) * (1 - left));
}

}  // namespace truce
