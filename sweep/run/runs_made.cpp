// Where points take as many replicates as they need, only their rows say how many.
#include "sweep/run/runs_made.hpp"

#include <algorithm>
#include <cstring>
#include <numeric>
#include <vector>

#include "sweep/run/rows.hpp"

namespace truce {

namespace {

/// Rows that no frame covers count as 0.
std::int64_t sum_of_replicates(const Plan& plan, const Layout& layout, const Scan& scan, Range rows) {
  constexpr std::int64_t rows_at_once = 65536;
  const RowMap map = row_map_of(plan);
  FrameReader frames(scan, layout, map);
  const auto column =
      static_cast<std::size_t>(std::ranges::find(layout.columns, "replicates", &Column::name) - layout.columns.begin());
  const std::size_t width = layout.columns[column].width;
  std::int64_t sum = 0;
  std::vector<std::int32_t> values;
  for (std::int64_t first = rows.first; first < rows.end(); first += rows_at_once) {
    const std::int64_t count = std::min(rows_at_once, rows.end() - first);
    values.assign(static_cast<std::size_t>(count) * width, 0);
    frames.read(column, first, count, std::as_writable_bytes(std::span(values)));
    sum = std::accumulate(values.begin(), values.end(), sum);
  }
  return sum;
}

/// Runs of each sibling in the units before `unit`.
std::int64_t replicates_before(const Plan& plan, std::int64_t unit) {
  const std::int64_t all = plan.most_replicates(), chunk = unit % plan.chunks();
  return unit / plan.chunks() * all + std::min<std::int64_t>(chunk * chunk_replicates, all);
}

}  // namespace

std::int64_t runs_of(const Plan& plan, Range units) {
  return (replicates_before(plan, units.end()) - replicates_before(plan, units.first)) * plan.members * plan.policies();
}

std::int64_t units_missing(const Plan& plan, const Scan& scan) { return sum_of(missing(scan, plan.units())); }

std::int64_t runs_made(const Plan& plan, const Layout& layout, const Scan& scan, Range units) {
  if (plan.precision) return sum_of_replicates(plan, layout, scan, row_map_of(plan).rows(units));
  std::int64_t runs = runs_of(plan, units);
  for (const Range& gap : within(missing(scan, plan.units()), units)) runs -= runs_of(plan, gap);
  return runs;
}

std::int64_t runs_made(const Plan& plan, const Layout& layout, const Scan& scan) {
  return runs_made(plan, layout, scan, {0, plan.units()});
}

}  // namespace truce
