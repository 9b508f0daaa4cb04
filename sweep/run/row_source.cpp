// Points longer than a block come as tallies of their chunks, merged here in chunk order.
#include "sweep/run/row_source.hpp"

#include <algorithm>
#include <cstring>

namespace truce {

RowMap row_map_of(const Plan& plan) {
  return {plan.chunks(), plan.members, plan.policies(), plan.replicates, plan.rows == Rows::run};
}

RowSource::RowSource(const Plan& plan, const Layout& layout, const RowMap& map, const Scan& scan)
    : plan_(plan), layout_(layout), computed_(plan, layout), frames_(scan, layout, map) {
  std::size_t before = 0;
  for (const Column& column : layout.columns) {
    before_.push_back(before);
    if (column.origin == Origin::row) before += column.row_bytes();
  }
  for (const Range& rows : frames_.uncovered())
    for (std::int64_t base = rows.first / plan.members; base * plan.members < rows.end(); ++base)
      merge_point(base, scan);
}

void RowSource::merge_point(std::int64_t base, const Scan& scan) {
  const TallyShape shape(*plan_.kernel, plan_.policies() * plan_.members > 1);
  const auto siblings = static_cast<std::size_t>(plan_.members * plan_.policies());
  std::vector<double> chunk(siblings * shape.size()), point(siblings * shape.size(), 0.0);
  const std::size_t bytes = chunk.size() * sizeof(double);
  auto frame = scan.frames.begin();
  for (std::int64_t unit = base * plan_.chunks(); unit < (base + 1) * plan_.chunks(); ++unit) {
    const auto covers = [&](const FrameRef& f) {
      return f.kind == FrameKind::partial && f.units.first <= unit && unit < f.units.end();
    };
    if (frame == scan.frames.end() || !covers(*frame))
      frame = std::find_if(scan.frames.begin(), scan.frames.end(), covers);
    if (frame == scan.frames.end())
      throw Error(Exit::internal, "unit " + std::to_string(unit) + " is in no frame although none is missing");
    read_payload(scan, *frame, static_cast<std::uint64_t>(unit - frame->units.first) * bytes,
                 std::as_writable_bytes(std::span(chunk)));
    for (std::size_t at = 0; at < point.size(); at += shape.size())
      merge(shape, std::span(chunk).subspan(at, shape.size()), std::span(point).subspan(at, shape.size()));
  }
  std::vector<std::byte> rows(layout_.row_bytes() * static_cast<std::size_t>(plan_.members));
  RowWriter writer(layout_, plan_.members, rows);
  const std::size_t row_size = static_cast<std::size_t>(plan_.policies()) * shape.size();
  for (int member = 0; member < plan_.members; ++member)
    writer.point(member, shape, std::span(point).subspan(static_cast<std::size_t>(member) * row_size, row_size));
  merged_.emplace(base, std::move(rows));
}

void RowSource::fill(std::size_t column, std::int64_t first, std::int64_t count, std::span<std::byte> into) {
  if (layout_.columns[column].origin == Origin::computed) return computed_.fill(column, first, count, into);
  const std::size_t row_bytes = layout_.columns[column].row_bytes();
  const auto members = static_cast<std::size_t>(plan_.members);
  for (const Range& gap : frames_.read(column, first, count, into))
    for (std::int64_t row = gap.first; row < gap.end(); ++row) {
      const auto& rows = merged_.at(row / plan_.members);
      const std::size_t from = before_[column] * members + static_cast<std::size_t>(row % plan_.members) * row_bytes;
      std::memcpy(into.data() + static_cast<std::size_t>(row - first) * row_bytes, rows.data() + from, row_bytes);
    }
}

}  // namespace truce
