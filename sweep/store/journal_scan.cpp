// Finds what is committed: reads every journal, accepts only frames whose every check holds.
#include <fcntl.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "sweep/store/attempt.hpp"
#include "sweep/store/crc32c.hpp"
#include "sweep/store/file_scan.hpp"

namespace truce {
namespace {

constexpr std::uint64_t piece_bytes = std::uint64_t{1} << 20;

std::uint32_t payload_crc(int fd, const std::string& name, std::uint64_t offset, std::uint64_t bytes,
                          const Beat& beat) {
  std::vector<std::byte> buffer(static_cast<std::size_t>(std::min(bytes, piece_bytes)));
  std::uint32_t crc = 0;
  for (std::uint64_t at = 0; at < bytes; at += piece_bytes) {
    const auto piece = std::span(buffer).first(static_cast<std::size_t>(std::min(piece_bytes, bytes - at)));
    read_all(fd, name, piece, offset + at);
    crc = crc32c(piece, crc);
    if (beat) beat();
  }
  return crc;
}

}  // namespace

std::vector<std::filesystem::path> journals_below(const std::filesystem::path& folder,
                                                  const std::filesystem::path& without) {
  std::vector<std::filesystem::path> paths;
  for (const auto& attempt : std::filesystem::directory_iterator(folder)) {
    if (!attempt_number(attempt.path()) || attempt.path() == without) continue;
    for (const auto& entry : std::filesystem::directory_iterator(attempt.path())) {
      const std::string name = entry.path().filename().string();
      if (name.starts_with("rank-") && name.ends_with(".journal")) paths.push_back(entry.path());
    }
  }
  std::ranges::sort(paths);
  return paths;
}

FileScan::FileScan(Scan& scan, const std::filesystem::path& path, const StudyId& id, std::int64_t units,
                   const Beat& beat, std::uint64_t from)
    : scan_(scan), beat_(beat), id_(frame_id(id)), units_(units), name_(path.string()), descriptor_(path, O_RDONLY) {
  file_.path = path;
  file_.bytes = size_of_file(path);
  file_.good_bytes = from;
}

void FileScan::run() {
  while (file_.damage.empty() && file_.good_bytes < file_.bytes) read_frame();
  scan_.files.push_back(std::move(file_));
}

void FileScan::damaged(const std::string& why) {
  file_.damage = why + " at byte " + std::to_string(file_.good_bytes) + " of " + std::to_string(file_.bytes);
}

void FileScan::read_frame() {
  const std::uint64_t left = file_.bytes - file_.good_bytes;
  if (left < frame_header_bytes) return damaged("a header that was cut off");
  std::array<std::byte, frame_header_bytes> bytes{};
  read_all(descriptor_.get(), name_, bytes, file_.good_bytes);
  const auto header = unpack(bytes);
  if (!header) return damaged("a header that does not match its checksum");
  if (header->id != id_) {
    throw Error(Exit::usage, name_ +
                                 " belongs to another study (its frames carry another study id); give this "
                                 "study another file, or move the old journal folder away");
  }
  const Range units = header->units;
  if (units.first < 0 || units.count < 1 || units.count > units_ || units.first > units_ - units.count) {
    return damaged("a block that the study does not have");
  }
  if (header->bytes > left - frame_header_bytes) return damaged("a frame that was cut off");
  const std::uint64_t offset = file_.good_bytes + frame_header_bytes;
  if (payload_crc(descriptor_.get(), name_, offset, header->bytes, beat_) != header->crc) {
    return damaged("a frame that does not match its checksum");
  }
  scan_.frames.push_back(
      {header->kind, units, scan_.files.size(), offset, header->bytes, header->crc, header->attempt, header->rank});
  file_.good_bytes = offset + header->bytes;
  ++file_.frames;
}

Scan scan_journals(const std::filesystem::path& folder, const StudyId& id, std::int64_t units, const Beat& beat) {
  Scan scan;
  if (!std::filesystem::is_directory(folder)) return scan;
  for (const auto& path : journals_below(folder)) FileScan(scan, path, id, units, beat).run();
  std::ranges::stable_sort(scan.frames, {}, [](const FrameRef& frame) {
    return std::tuple(frame.units.first, frame.units.count, frame.attempt, frame.rank);
  });
  scan.attempts = last_attempt(folder);
  return scan;
}

void read_payload(const Scan& scan, const FrameRef& frame, std::uint64_t offset, std::span<std::byte> into) {
  const std::filesystem::path& path = scan.files.at(frame.file).path;
  if (offset > frame.bytes || into.size() > frame.bytes - offset) {
    throw Error(Exit::internal, "read beyond a frame of " + path.string() + "; this is a defect of truce");
  }
  const Descriptor file(path, O_RDONLY);
  read_all(file.get(), path.string(), into, frame.offset + offset);
}

std::vector<Range> missing_units(const Scan& scan, std::int64_t units) {
  std::vector<Range> gaps;
  std::int64_t covered = 0;  // every unit below is covered or in a gap; frames are sorted by their first unit
  for (const FrameRef& frame : scan.frames) {
    if (frame.units.first > covered) gaps.push_back({covered, frame.units.first - covered});
    covered = std::max(covered, frame.units.end());
  }
  if (covered < units) gaps.push_back({covered, units - covered});
  return gaps;
}

}  // namespace truce
