// A journal is read from the end of its last good frame; one that is being written is read on at the next look.
#include "sweep/store/journal_news.hpp"

#include <cerrno>
#include <system_error>
#include <utility>

#include "sweep/store/file_scan.hpp"

namespace truce {
namespace {

bool has_vanished(int code) { return code == ENOENT || code == ESTALE; }

}  // namespace

JournalNews::JournalNews(const Scan& known, std::filesystem::path folder, std::filesystem::path own, const StudyId& id,
                         std::int64_t units)
    : folder_(std::move(folder)), own_(std::move(own)), id_(id), units_(units) {
  for (const Scan::File& file : known.files) read_[file.path] = file.good_bytes;
}

std::vector<Range> JournalNews::look() {
  std::vector<Range> news;
  try {
    for (const auto& path : journals_below(folder_, own_)) look_at(path, news);
  } catch (const FileError& error) {
    if (!has_vanished(error.code())) throw;
  } catch (const std::filesystem::filesystem_error& error) {
    if (!has_vanished(error.code().value())) throw;
  }
  return news;
}

void JournalNews::look_at(const std::filesystem::path& path, std::vector<Range>& news) {
  std::uint64_t& read = read_[path];
  if (size_of_file(path) <= read) return;
  Scan grown;
  const Beat none;
  FileScan(grown, path, id_, units_, none, read).run();
  read = grown.files.back().good_bytes;
  for (const FrameRef& frame : grown.frames) news.push_back(frame.units);
}

}  // namespace truce
