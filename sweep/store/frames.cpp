// Finds and reads the rows that committed frames hold.
#include "sweep/store/frames.hpp"

#include <fcntl.h>

#include <algorithm>

#include "sweep/base/error.hpp"

namespace truce {
namespace {

// Far below the usual limit of 1,024 descriptors a process, which MPI needs a share of.
constexpr std::size_t most_open = 128;

}  // namespace

std::int64_t RowMap::first_row(std::int64_t unit) const {
  const std::int64_t base = unit / chunks;
  if (!rows_are_runs) return base * members;
  const std::int64_t replicate = std::min<std::int64_t>(unit % chunks * chunk_replicates, replicates);
  return (base * replicates + replicate) * members * policies;
}

Range RowMap::rows(Range units) const {
  const std::int64_t first = first_row(units.first);
  return {first, first_row(units.end()) - first};
}

FrameReader::FrameReader(const Scan& scan, const Layout& layout, const RowMap& map)
    : scan_(scan), layout_(layout), map_(map), before_(layout.bytes_before()), open_(scan.files.size()) {
  std::int64_t covered = 0;
  for (const FrameRef& frame : scan.frames) {
    if (frame.kind == FrameKind::rows) add(frame, covered);
  }
}

void FrameReader::add(const FrameRef& frame, std::int64_t& covered) {
  const Range rows = map_.rows(frame.units);
  const std::uint64_t row_bytes = layout_.row_bytes();  // division: the product of a wrong header may overflow
  const bool fits = frame.bytes % row_bytes == 0 && frame.bytes / row_bytes == static_cast<std::uint64_t>(rows.count);
  if (!map_.is_whole(frame.units) || !fits) {
    throw Error(Exit::corrupt, scan_.files.at(frame.file).path.string() +
                                   " holds a frame whose size does not fit the study's columns; move this journal "
                                   "away and run the study again");
  }
  const std::int64_t first = std::max(covered, rows.first);
  if (first >= rows.end()) return;
  pieces_.push_back({{first, rows.end() - first}, first - rows.first, rows.count, &frame});
  covered = rows.end();
}

int FrameReader::descriptor(std::size_t file) {
  if (!open_[file]) {
    if (opened_ == most_open) {
      for (Descriptor& descriptor : open_) descriptor.reset();
      opened_ = 0;
    }
    open_[file] = Descriptor(scan_.files[file].path, O_RDONLY);
    ++opened_;
  }
  return open_[file].get();
}

std::vector<Range> FrameReader::read(std::size_t column, std::int64_t first, std::int64_t count,
                                     std::span<std::byte> into) {
  const std::size_t row_bytes = layout_.columns.at(column).row_bytes();
  std::vector<Range> gaps;
  std::int64_t at = first;
  const std::int64_t end = first + count;
  auto piece = std::ranges::upper_bound(pieces_, first, {}, [](const Piece& p) { return p.rows.end(); });
  for (; piece != pieces_.end() && piece->rows.first < end; ++piece) {
    if (piece->rows.first > at) gaps.push_back({at, piece->rows.first - at});
    at = std::max(at, piece->rows.first);
    const std::int64_t stop = std::min(end, piece->rows.end());
    const auto row = static_cast<std::uint64_t>(piece->skip + at - piece->rows.first);
    const std::uint64_t offset =
        piece->frame->offset + static_cast<std::uint64_t>(piece->frame_rows) * before_[column] + row * row_bytes;
    const auto target =
        into.subspan(static_cast<std::size_t>(at - first) * row_bytes, static_cast<std::size_t>(stop - at) * row_bytes);
    read_all(descriptor(piece->frame->file), scan_.files[piece->frame->file].path.string(), target, offset);
    at = stop;
  }
  if (at < end) gaps.push_back({at, end - at});
  return gaps;
}

std::vector<Range> FrameReader::uncovered() const {
  std::vector<Range> gaps;
  std::int64_t covered = 0;
  for (const Piece& piece : pieces_) {
    if (piece.rows.first > covered) gaps.push_back({covered, piece.rows.first - covered});
    covered = piece.rows.end();
  }
  if (covered < layout_.rows) gaps.push_back({covered, layout_.rows - covered});
  return gaps;
}

}  // namespace truce
