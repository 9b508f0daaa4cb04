// Rank 0 leaves a mark in the folder while the others look for it: a folder of that name may be there of an older job.
#include "sweep/run/shared_folder.hpp"

#include <fcntl.h>

#include <chrono>
#include <optional>
#include <string>
#include <system_error>
#include <thread>

#include "sweep/base/steady_seconds.hpp"
#include "sweep/crew/collective.hpp"
#include "sweep/store/files.hpp"

namespace truce {

namespace {

namespace fs = std::filesystem;

constexpr double patience = 10;  // seconds; below the 30 in which rank 0 must renew a lock by age

/// Removed at the end, whatever comes.
class Mark {
 public:
  explicit Mark(const fs::path& path) : path_(path) { const Descriptor made(path, O_WRONLY | O_CREAT | O_TRUNC); }
  ~Mark() {
    std::error_code ignored;  // a mark that stays is never looked at again
    fs::remove(path_, ignored);
  }
  Mark(const Mark&) = delete;
  Mark& operator=(const Mark&) = delete;

 private:
  fs::path path_;
};

/// Opening a folder makes a network file system ask its server what is in it, where it remembers that something is not.
void look_anew(const fs::path& folder) {
  for (const fs::path& each : {folder_of(folder_of(folder)), folder_of(folder), folder}) {
    std::error_code ignored;
    static_cast<void>(fs::directory_iterator(each, ignored));
  }
}

bool appears(const fs::path& mark) {
  std::error_code ignored;
  for (const double end = steady_seconds() + patience; !fs::exists(mark, ignored); look_anew(folder_of(mark))) {
    if (steady_seconds() >= end) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  return true;
}

}  // namespace

void require_shared(Crew& crew, const fs::path& folder) {
  if (crew.size() == 1) return;
  std::optional<Mark> mark;
  const std::string name = broadcast(crew, temporary_beside("seen-by-all-ranks").string());
  const std::string made = broadcast(crew, host_name() + " made as " + fs::absolute(folder).string());
  together(crew, [&] {
    if (crew.rank() == 0) mark.emplace(folder / name);
  });
  together(crew, [&] {
    if (crew.rank() == 0 || appears(folder / name)) return;
    throw Error(Exit::io, "rank " + std::to_string(crew.rank()) + " on " + host_name() + " does not see " +
                              fs::absolute(folder).string() + ", which rank 0 on " + made +
                              " (all ranks must write to one shared folder); run from a folder that all nodes share, " +
                              "or name one with --store.file");
  });
}

}  // namespace truce
