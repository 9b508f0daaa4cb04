// Compares frames that cover the same rows: a run is a pure function, so they must agree to the bit.
#include <algorithm>

#include "sweep/base/error.hpp"
#include "sweep/store/frames.hpp"

namespace truce {
namespace {

constexpr std::int64_t piece_bytes = std::int64_t{1} << 20;

/// Of shares that were computed apart, attempts may have the same number: their folders tell which.
std::string describe(const Scan& scan, const FrameRef& frame) {
  const std::string folder = scan.files.at(frame.file).path.parent_path().filename().string();
  return "attempt " + std::to_string(frame.attempt) + " rank " + std::to_string(frame.rank) + " (" + folder + ")";
}

Range common(const FrameRef& a, const FrameRef& b) {
  const std::int64_t first = std::max(a.units.first, b.units.first);
  return {first, std::min(a.units.end(), b.units.end()) - first};
}

[[noreturn]] void conflict(const Scan& scan, const RowMap& map, const FrameRef& a, const FrameRef& b,
                           const std::string& where) {
  const Range both = common(a, b);
  throw Error(Exit::conflict,
              "not deterministic: " + describe(scan, a) + " and " + describe(scan, b) +
                  " gave different bytes for base points " + std::to_string(both.first / map.chunks) + " to " +
                  std::to_string((both.end() - 1) / map.chunks) + where +
                  " (the same run must give the same bytes everywhere); keep the journals, look for a failing "
                  "machine or a mixture of program versions, and report it");
}

/// Bytes of a frame's payload that hold rows [first, first + count) of a column.
std::vector<std::byte> slice(const Scan& scan, const FrameRef& frame, Range held, std::size_t bytes_before,
                             std::size_t row_bytes, Range rows) {
  std::vector<std::byte> bytes(static_cast<std::size_t>(rows.count) * row_bytes);
  const std::uint64_t offset = static_cast<std::uint64_t>(held.count) * bytes_before +
                               static_cast<std::uint64_t>(rows.first - held.first) * row_bytes;
  read_payload(scan, frame, offset, bytes);
  return bytes;
}

void compare_rows(const Scan& scan, const Layout& layout, const RowMap& map, const FrameRef& a, const FrameRef& b) {
  const Range rows_a = map.rows(a.units), rows_b = map.rows(b.units);
  const std::int64_t first = std::max(rows_a.first, rows_b.first);
  const std::int64_t end = std::min(rows_a.end(), rows_b.end());
  const std::vector<std::size_t> before = layout.bytes_before();
  for (std::size_t c = 0; c < layout.columns.size(); ++c) {
    const Column& column = layout.columns[c];
    if (column.origin != Origin::row) continue;
    const std::size_t row_bytes = column.row_bytes();
    const std::int64_t step = std::max<std::int64_t>(1, piece_bytes / static_cast<std::int64_t>(row_bytes));
    for (std::int64_t at = first; at < end; at += step) {
      const Range rows{at, std::min(step, end - at)};
      if (slice(scan, a, rows_a, before[c], row_bytes, rows) != slice(scan, b, rows_b, before[c], row_bytes, rows)) {
        conflict(scan, map, a, b, ", column " + column.name);
      }
    }
  }
}

/// Accumulators: every unit takes the same bytes.
void compare_units(const Scan& scan, const RowMap& map, const FrameRef& a, const FrameRef& b) {
  const auto count_a = static_cast<std::uint64_t>(a.units.count), count_b = static_cast<std::uint64_t>(b.units.count);
  const std::uint64_t bytes = a.bytes / count_a;
  if (bytes * count_a != a.bytes || bytes * count_b != b.bytes) conflict(scan, map, a, b, " (even in number)");
  const Range both = common(a, b);
  std::vector<std::byte> of_a(static_cast<std::size_t>(bytes)), of_b(of_a.size());
  for (std::int64_t unit = both.first; unit < both.end(); ++unit) {
    read_payload(scan, a, static_cast<std::uint64_t>(unit - a.units.first) * bytes, of_a);
    read_payload(scan, b, static_cast<std::uint64_t>(unit - b.units.first) * bytes, of_b);
    if (of_a != of_b) conflict(scan, map, a, b, "");
  }
}

void compare(const Scan& scan, const Layout& layout, const RowMap& map, const FrameRef& a, const FrameRef& b) {
  if (a.kind != b.kind) return;  // rows and accumulators of the same units have no bytes in common
  if (a.units == b.units) {
    if (a.crc != b.crc || a.bytes != b.bytes) conflict(scan, map, a, b, "");
  } else if (a.kind == FrameKind::rows) {
    compare_rows(scan, layout, map, a, b);
  } else {
    compare_units(scan, map, a, b);
  }
}

}  // namespace

void check_overlaps(const Scan& scan, const Layout& layout, const RowMap& map, const Beat& beat) {
  const FrameReader sizes_are_right(scan, layout, map);
  std::vector<const FrameRef*> active;  // frames that may overlap the next ones
  for (const FrameRef& frame : scan.frames) {
    if (beat) beat();
    std::erase_if(active, [&](const FrameRef* other) { return other->units.end() <= frame.units.first; });
    for (const FrameRef* other : active) compare(scan, layout, map, *other, frame);
    // A frame of the same range adds nothing: it has just been found equal to the one that is there.
    const bool known = std::ranges::any_of(
        active, [&](const FrameRef* other) { return other->kind == frame.kind && other->units == frame.units; });
    if (!known) active.push_back(&frame);
  }
}

}  // namespace truce
