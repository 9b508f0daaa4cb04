// What other live jobs commit to the same study while this one works.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <vector>

#include "sweep/base/units.hpp"
#include "sweep/store/journal.hpp"

namespace truce {

/// Looks at the journals of a folder again and again, and reads only what they grew by.
class JournalNews {
 public:
  /// `known`: what was read before. What `own`, an attempt's folder, holds is no news.
  JournalNews(const Scan& known, std::filesystem::path folder, std::filesystem::path own, const StudyId& id,
              std::int64_t units);
  /// The units of every frame committed since the last look, in any order. None, and no error, where the folder
  /// vanishes: then another job has sealed the study. Errors as scan_journals.
  std::vector<Range> look();

 private:
  void look_at(const std::filesystem::path& path, std::vector<Range>& news);
  std::filesystem::path folder_, own_;
  StudyId id_;
  std::int64_t units_;
  std::map<std::filesystem::path, std::uint64_t> read_;  ///< good bytes of each journal
};

}  // namespace truce
