// Where points take as many replicates as they need, only their rows say how many.
#include "sweep/run/runs_made.hpp"

#include <algorithm>
#include <cstring>
#include <numeric>
#include <vector>

#include "sweep/run/rows.hpp"

namespace truce {

namespace {

/// Of `rows` those that frames cover.
std::vector<Range> covered(const FrameReader& frames, Range rows) {
  std::vector<Range> ranges;
  std::int64_t first = rows.first;
  for (const Range& gap : within(frames.uncovered(), rows)) {
    ranges.push_back({first, gap.first - first});
    first = gap.end();
  }
  ranges.push_back({first, rows.end() - first});
  return ranges;
}

/// Of a column of whole numbers. Rows that no frame covers count as 0, and take no time: there may be 2^40 of them.
std::int64_t sum_in_frames(const std::string& name, const Plan& plan, const Layout& layout, const Scan& scan,
                           Range rows) {
  constexpr std::int64_t rows_at_once = 65536;
  const RowMap map = row_map_of(plan);
  FrameReader frames(scan, layout, map);
  const auto number =
      static_cast<std::size_t>(std::ranges::find(layout.columns, name, &Column::name) - layout.columns.begin());
  const Column& column = layout.columns[number];
  std::int64_t sum = 0;
  const auto add = [&](auto zero, Range piece) {
    std::vector<decltype(zero)> values(static_cast<std::size_t>(piece.count) * column.width, zero);
    frames.read(number, piece.first, piece.count, std::as_writable_bytes(std::span(values)));
    sum = std::accumulate(values.begin(), values.end(), sum);
  };
  for (const Range& range : covered(frames, rows))
    for (std::int64_t at = range.first; at < range.end(); at += rows_at_once) {
      const Range piece{at, std::min(rows_at_once, range.end() - at)};
      column.type == Type::u8 ? add(std::uint8_t{0}, piece) : add(std::int32_t{0}, piece);
    }
  return sum;
}

/// In the tallies of points that are longer than a block.
std::int64_t failed_in_tallies(const Plan& plan, const Scan& scan) {
  const TallyShape shape = tally_shape_of(plan);
  const std::size_t siblings = static_cast<std::size_t>(plan.members * plan.policies()), size = shape.size();
  std::int64_t failed = 0, covered = 0;
  std::vector<double> numbers;
  for (const FrameRef& frame : scan.frames) {
    if (frame.kind != FrameKind::partial || frame.units.end() <= covered) continue;
    const std::int64_t skipped = std::max<std::int64_t>(0, covered - frame.units.first);
    numbers.resize(static_cast<std::size_t>(frame.units.count - skipped) * siblings * size);
    read_payload(scan, frame, static_cast<std::uint64_t>(skipped) * siblings * size * sizeof(double),
                 std::as_writable_bytes(std::span(numbers)));
    for (std::size_t at = shape.failed(); at < numbers.size(); at += size)
      failed += static_cast<std::int64_t>(numbers[at]);
    covered = frame.units.end();
  }
  return failed;
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

std::int64_t units_missing(const Plan& plan, const Scan& scan) { return sum_of(missing_units(scan, plan.units())); }

std::int64_t runs_made(const Plan& plan, const Layout& layout, const Scan& scan, Range units) {
  if (plan.precision) return sum_in_frames("replicates", plan, layout, scan, row_map_of(plan).rows(units));
  std::int64_t runs = runs_of(plan, units);
  for (const Range& gap : within(missing_units(scan, plan.units()), units)) runs -= runs_of(plan, gap);
  return runs;
}

std::int64_t runs_made(const Plan& plan, const Layout& layout, const Scan& scan) {
  return runs_made(plan, layout, scan, {0, plan.units()});
}

std::int64_t runs_failed(const Plan& plan, const Layout& layout, const Scan& scan) {
  if (plan.rows == Rows::run) return sum_in_frames("status", plan, layout, scan, {0, layout.rows});
  return sum_in_frames("runs_failed", plan, layout, scan, {0, layout.rows}) + failed_in_tallies(plan, scan);
}

}  // namespace truce
