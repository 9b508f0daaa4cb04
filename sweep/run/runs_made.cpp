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
std::int64_t sum_of_replicates(const Plan& plan, const Layout& layout, const Scan& scan) {
  constexpr std::int64_t rows_at_once = 65536;
  const RowMap map = row_map_of(plan);
  FrameReader frames(scan, layout, map);
  const auto column =
      static_cast<std::size_t>(std::ranges::find(layout.columns, "replicates", &Column::name) - layout.columns.begin());
  const std::size_t width = layout.columns[column].width;
  std::int64_t sum = 0;
  std::vector<std::int32_t> values;
  for (std::int64_t first = 0; first < layout.rows; first += rows_at_once) {
    const std::int64_t count = std::min(rows_at_once, layout.rows - first);
    values.assign(static_cast<std::size_t>(count) * width, 0);
    frames.read(column, first, count, std::as_writable_bytes(std::span(values)));
    sum = std::accumulate(values.begin(), values.end(), sum);
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
