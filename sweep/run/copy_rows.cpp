// Whole base points, as many as fit into a few megabytes, column after column as frames have them.
#include "sweep/run/copy_rows.hpp"

#include <algorithm>
#include <vector>

#include "sweep/run/rows.hpp"

namespace truce {

void copy_rows(Result& result, const Plan& plan, const Layout& layout, std::span<const Range> points, Journal& journal,
               const Beat& beat) {
  constexpr std::int64_t frame_bytes = 32 << 20;
  const RowMap map = row_map_of(plan);
  const std::int64_t bytes_of_point =
      map.rows({0, plan.chunks()}).count * static_cast<std::int64_t>(std::max<std::size_t>(1, layout.row_bytes()));
  const std::int64_t step = std::max<std::int64_t>(1, frame_bytes / bytes_of_point);
  std::vector<std::byte> payload;
  for (const Range& range : points)
    for (std::int64_t at = range.first; at < range.end(); at += step) {
      const std::int64_t count = std::min(step, range.end() - at);
      const Range units{at * plan.chunks(), count * plan.chunks()}, rows = map.rows(units);
      payload.resize(static_cast<std::size_t>(rows.count) * layout.row_bytes());
      std::size_t offset = 0;
      for (const Column& column : layout.columns) {
        if (column.origin != Origin::row) continue;
        const auto into = std::span(payload).subspan(offset, static_cast<std::size_t>(rows.count) * column.row_bytes());
        result.read_bytes(result.index(column.name), rows.first, rows.count, into);
        offset += into.size();
      }
      journal.commit(FrameKind::rows, units, payload);
      if (beat) beat();
    }
}

}  // namespace truce
