// Points longer than a block come as tallies of their chunks, merged here in chunk order when a piece needs them.
#include "sweep/run/row_source.hpp"

#include <algorithm>
#include <cstring>

#include "sweep/base/error.hpp"

namespace truce {

RowSource::RowSource(const Plan& plan, const Layout& layout, const RowMap& map, const Scan& scan,
                     std::size_t most_bytes)
    : plan_(plan),
      layout_(layout),
      scan_(scan),
      computed_(plan, layout),
      frames_(scan, layout, map),
      shape_(tally_shape_of(plan)),
      most_points_(std::max<std::size_t>(
          1, most_bytes / (layout.row_bytes() * static_cast<std::size_t>(plan.members) + sizeof(void*)))),
      before_(layout.bytes_before()) {
  std::int64_t covered = 0;
  for (const FrameRef& frame : scan.frames) {
    const std::int64_t first = std::max(covered, frame.units.first);
    if (frame.kind != FrameKind::partial) continue;
    require_size(frame);
    if (first >= frame.units.end()) continue;
    pieces_.push_back({{first, frame.units.end() - first}, &frame});
    covered = frame.units.end();
  }
}

void RowSource::require_size(const FrameRef& frame) const {
  const std::uint64_t unit_bytes =
      static_cast<std::uint64_t>(plan_.members * plan_.policies()) * shape_.size() * sizeof(double);
  if (frame.bytes % unit_bytes == 0 && frame.bytes / unit_bytes == static_cast<std::uint64_t>(frame.units.count))
    return;
  throw Error(Exit::corrupt, scan_.files.at(frame.file).path.string() +
                                 " holds a frame whose size does not fit the study's tallies; move this journal away "
                                 "and run the study again");
}

/// Tally number `sibling` of a unit.
void RowSource::read_tally(std::int64_t unit, std::int64_t sibling, std::span<double> into) const {
  const auto piece = std::ranges::upper_bound(pieces_, unit, {}, [](const Piece& p) { return p.units.end(); });
  if (piece == pieces_.end() || piece->units.first > unit)
    throw Error(Exit::internal, "unit " + std::to_string(unit) + " is in no frame although none is missing");
  const std::int64_t before = (unit - piece->frame->units.first) * plan_.members * plan_.policies() + sibling;
  read_payload(scan_, *piece->frame, static_cast<std::uint64_t>(before) * into.size_bytes(),
               std::as_writable_bytes(into));
}

void RowSource::merge_point(std::int64_t base, std::span<std::byte> rows) const {
  RowWriter writer(layout_, plan_.members, rows);
  Tally chunk = empty_tally(shape_), point = chunk;
  for (std::int64_t sibling = 0; sibling < plan_.members * plan_.policies(); ++sibling) {
    point.numbers.assign(shape_.size(), 0.0);
    for (std::int64_t unit = base * plan_.chunks(); unit < (base + 1) * plan_.chunks(); ++unit) {
      read_tally(unit, sibling, chunk.numbers);
      find_used(shape_, chunk);
      merge(shape_, chunk, point.numbers);
    }
    find_used(shape_, point);
    writer.point(sibling / plan_.policies(), sibling % plan_.policies(), shape_, point);
  }
}

const std::vector<std::byte>& RowSource::merged(std::int64_t base) {
  const auto known = merged_.find(base);
  if (known != merged_.end()) return known->second;
  // Columns are read from the first row to the last, again and again: giving up the newest keeps the others useful.
  if (merged_.size() >= most_points_) merged_.erase(last_);
  std::vector<std::byte> rows(layout_.row_bytes() * static_cast<std::size_t>(plan_.members));
  merge_point(base, rows);
  last_ = base;
  return merged_.emplace(base, std::move(rows)).first->second;
}

void RowSource::fill(std::size_t column, std::int64_t first, std::int64_t count, std::span<std::byte> into) {
  if (layout_.columns[column].origin == Origin::computed) return computed_.fill(column, first, count, into);
  const std::size_t row_bytes = layout_.columns[column].row_bytes();
  const auto members = static_cast<std::size_t>(plan_.members);
  for (const Range& gap : frames_.read(column, first, count, into))
    for (std::int64_t row = gap.first; row < gap.end(); ++row) {
      const std::vector<std::byte>& rows = merged(row / plan_.members);
      const std::size_t from = before_[column] * members + static_cast<std::size_t>(row % plan_.members) * row_bytes;
      std::memcpy(into.data() + static_cast<std::size_t>(row - first) * row_bytes, rows.data() + from, row_bytes);
    }
}

}  // namespace truce
