// Reading one journal frame by frame, from its beginning or from where an earlier look ended; internal to the store.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "sweep/store/frame.hpp"
#include "sweep/store/journal.hpp"

namespace truce {

/// Every journal of every attempt below `folder` but those in the folder `without`, sorted.
std::vector<std::filesystem::path> journals_below(const std::filesystem::path& folder,
                                                  const std::filesystem::path& without = {});

/// Accepts frames until one fails a check.
class FileScan {
 public:
  /// All must outlive it. `from`: bytes that are known to be good.
  FileScan(Scan& scan, const std::filesystem::path& path, const StudyId& id, std::int64_t units, const Beat& beat,
           std::uint64_t from = 0);
  /// Appends the file and its frames to the scan.
  void run();

 private:
  void damaged(const std::string& why);
  void read_frame();

  Scan& scan_;
  const Beat& beat_;
  std::array<std::byte, frame_id_bytes> id_;
  std::int64_t units_;
  std::string name_;
  Descriptor descriptor_;
  Scan::File file_;
};

}  // namespace truce
