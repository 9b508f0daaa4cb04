// Frames of whole units, some megabytes each, column by column as the file has them.
#include "sweep/run/import_rows.hpp"

#include <algorithm>

#include "sweep/run/open_result.hpp"
#include "sweep/run/rows.hpp"
#include "sweep/run/seal_study.hpp"
#include "sweep/run/stop.hpp"
#include "sweep/store/attempt.hpp"

namespace truce {

namespace {

constexpr std::int64_t most_bytes = 16'000'000;  // of a frame, unless one unit is larger

/// What a frame must begin and end with: whole points, but where rows are runs.
std::int64_t units_together(const Plan& plan) { return plan.rows == Rows::run ? 1 : plan.chunks(); }

std::vector<std::byte> payload_of(Result& result, const Layout& layout, Range rows) {
  std::vector<std::byte> payload(layout.row_bytes() * static_cast<std::size_t>(rows.count));
  std::span<std::byte> rest(payload);
  for (const Column& column : layout.columns) {
    if (column.origin != Origin::row) continue;
    const std::size_t bytes = column.row_bytes() * static_cast<std::size_t>(rows.count);
    result.read_bytes(result.index(column.name), rows.first, rows.count, rest.first(bytes));
    rest = rest.subspan(bytes);
  }
  return payload;
}

/// Whole groups of `step` units that lie in `gap`.
Range whole(Range gap, std::int64_t step) {
  const std::int64_t first = (gap.first + step - 1) / step * step, end = gap.end() / step * step;
  return {first, std::max<std::int64_t>(0, end - first)};
}

}  // namespace

void import_rows(Result& result, const Plan& plan, const Layout& layout, std::span<const Range> units, Journal& journal,
                 const Beat& beat) {
  const RowMap map = row_map_of(plan);
  const std::int64_t least = units_together(plan);
  const auto bytes = static_cast<std::int64_t>(layout.row_bytes()) * map.rows({0, least}).count;
  const std::int64_t step = std::max<std::int64_t>(1, most_bytes / std::max<std::int64_t>(1, bytes)) * least;
  for (const Range& each : units) {
    const Range range = whole(each, least);
    for (std::int64_t at = range.first; at < range.end() && stop_signal().empty(); at += step) {
      const Range frame{at, std::min(step, range.end() - at)};
      beat();
      journal.commit(FrameKind::rows, frame, payload_of(result, layout, map.rows(frame)));
    }
  }
}

bool take_rows(const std::string& file, const Plan& plan, const Layout& layout, const std::vector<Range>& missing,
               const Tell& tell) {
  if (file.empty()) return false;
  const OpenResult opened(file);
  const Plan& old = opened.plan();
  const auto lacking = within(missing, {0, old.units()});
  if (old.most_replicates() != plan.most_replicates() || lacking.empty()) return false;
  const auto folder = journal_folder(plan.file);
  Journal journal(folder, begin_attempt(folder), 0, study_id_of(plan));
  import_rows(opened.result(), plan, layout, lacking, journal, [&] { tell("taking the rows of " + file); });
  return true;
}

}  // namespace truce
