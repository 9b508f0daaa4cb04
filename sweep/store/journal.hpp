// The journal: what makes a block of results survive a crash (STORE protocol; see sweep/FORMAT.md).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sweep/base/share.hpp"
#include "sweep/base/units.hpp"
#include "sweep/store/files.hpp"

namespace truce {

/// `rows`: the payload holds finished rows of whole base points (or of runs), column after column.
/// `partial`: accumulators of replicate chunks of one base point, opaque to the journal.
enum class FrameKind : std::uint32_t { rows = 1, partial = 2 };

using StudyId = std::array<std::byte, 32>;

/// One committed frame found by a scan; the payload is read by `read_payload`.
struct FrameRef {
  FrameKind kind = FrameKind::rows;
  Range units;
  std::size_t file = 0;      ///< index into Scan::files
  std::uint64_t offset = 0;  ///< of the payload
  std::uint64_t bytes = 0;
  std::uint32_t crc = 0;
  std::uint32_t attempt = 0, rank = 0;
};

/// Writer of one rank's journal of one attempt (O_CREAT|O_EXCL, directory fsynced).
class Journal {
 public:
  Journal(const std::filesystem::path& folder, std::uint32_t attempt, std::uint32_t rank, const StudyId& id,
          const std::optional<Share>& share = {});
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;
  /// Returns after fdatasync: the block is then committed. Throws Error(io) (ENOSPC, EDQUOT, EFBIG, EIO);
  /// the blocks before it stay committed. After EIO the descriptor is given up for one new file; if that
  /// fails too, every later commit throws.
  void commit(FrameKind kind, Range units, std::span<const std::byte> payload);

 private:
  void open(int number);
  void append(std::span<const std::byte> header, std::span<const std::byte> payload);

  Descriptor file_;
  std::filesystem::path folder_;  ///< of the attempt
  std::uint32_t attempt_, rank_;
  StudyId id_;
  std::string name_;
  std::uint64_t end_ = 0;  ///< of the last committed frame
  bool replaced_ = false;  ///< the one new file after EIO is in use
};

struct Scan {
  struct File {
    std::filesystem::path path;
    std::uint64_t bytes = 0, good_bytes = 0;  ///< good_bytes < bytes: damaged or torn tail
    std::size_t frames = 0;
    std::string damage;  ///< "" if none
  };
  std::vector<File> files;
  std::vector<FrameRef> frames;  ///< sorted by (units.first, units.count, attempt, rank)
  std::uint32_t attempts = 0;    ///< highest attempt number, 0 if none
};

/// Reads every journal below `folder` and verifies all CRCs; frames of another study are Error(usage).
/// `units` bounds the accepted ranges.
Scan scan_journals(const std::filesystem::path& folder, const StudyId& id, std::int64_t units, const Beat& beat = {});
/// Reads part of a frame's payload.
void read_payload(const Scan& scan, const FrameRef& frame, std::uint64_t offset, std::span<std::byte> into);
/// The ranges of 0..units that no frame covers, in order.
std::vector<Range> missing_units(const Scan& scan, std::int64_t units);
/// Next attempt number, at least 1, taken by atomic mkdir of its folder. Throws Error(usage) if none is left.
std::uint32_t begin_attempt(const std::filesystem::path& folder, const std::optional<Share>& share = {});

}  // namespace truce
