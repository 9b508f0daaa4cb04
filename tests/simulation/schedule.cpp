// Attempts one after the other, each with what the real scan of the journals finds missing.
#include "tests/simulation/schedule.hpp"

#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "tests/simulation/attempt.hpp"

namespace truce::simulation {
namespace {

constexpr int most_troubled = 4;  // attempts; one without troubles follows

/// In memory where there is such a file system: the simulated disk is slow enough.
std::filesystem::path place_for_folders() {
  const std::filesystem::path memory = "/dev/shm";
  return ::access(memory.c_str(), W_OK) == 0 ? memory : std::filesystem::temp_directory_path();
}

class Folder {
 public:
  Folder() {
    std::string pattern = (place_for_folders() / "truce-simulation-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::filesystem::filesystem_error("mkdtemp", {});
    path = pattern;
  }
  ~Folder() { std::filesystem::remove_all(path); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::filesystem::path path;
};

/// What the disk holds is what was committed: bytes of no other unit, and none twice by this crew.
std::string check_disk(const Scan& scan, Reached& reached) {
  std::int64_t end = 0, end_of_others = 0;
  for (const FrameRef& frame : scan.frames) {
    std::int64_t& own_end = frame.rank == rank_of_others ? end_of_others : end;
    if (frame.units.first < own_end) return "unit " + std::to_string(frame.units.first) + " is committed twice\n";
    own_end = frame.units.end();
    reached.twice += frame.units.first < std::min(end, end_of_others) ? 1 : 0;
    std::vector<std::byte> payload(static_cast<std::size_t>(frame.bytes));
    read_payload(scan, frame, 0, payload);
    if (payload != payload_of(frame.units)) return "a frame holds the numbers of other units\n";
  }
  return "";
}

/// Every block whose commit returned is on the disk.
std::string check_committed(const Record& record, const std::vector<Range>& missing) {
  for (const Begun& begun : record.begun)
    for (const Range& gap : missing)
      if (begun.finished && begun.units.first < gap.end() && gap.first < begun.units.end())
        return "unit " + std::to_string(begun.units.first) + " was committed and is missing\n";
  return "";
}

void count(const Record& record, Reached& reached) {
  ++reached.attempts;
  reached.blocks += static_cast<std::int64_t>(record.begun.size());
  reached.messages += static_cast<std::int64_t>(record.events.size());
  reached.hours += record.end.time / 3600;
  reached.aborted += record.end.abort ? 1 : 0;
  reached.killed += record.end.killed ? 1 : 0;
  reached.told += record.told.empty() ? 0 : 1;
  reached.passed_on += std::ranges::count_if(record.events, [](const Event& event) {
    return event.kind == Event::Kind::delivered && event.rank == 0 && event.message.tag == Tag::stop;
  });
  if (!record.results[0]) return;
  const Exit exit = record.results[0]->exit;
  reached.limited += record.results[0]->text == "a simulated limit" ? 1 : 0;
  reached.given_up += std::ranges::count_if(record.begun, [&](const Begun& begun) {
    return !begun.finished && !record.threw[static_cast<std::size_t>(begun.rank)];
  });
  ++(exit == Exit::done ? reached.done : exit == Exit::incomplete ? reached.stopped : reached.failed);
}

}  // namespace

std::string play_schedule(std::uint64_t seed, Reached& reached) {
  const Folder folder;
  Dice dice(seed);
  const std::int64_t chunks = dice.between(1, 4), units = chunks * dice.between(1, 20);
  Disk disk(folder.path, units, seed);
  std::vector<Range> missing{{0, units}};
  for (int number = 0; !missing.empty(); ++number) {
    const bool calm = number == most_troubled;
    const Setting setting = draw_setting(dice, missing, chunks, calm);
    const Record record = play_attempt(setting, disk, dice.word());
    count(record, reached);
    disk.end_attempt();
    const Scan scan = disk.scan();
    missing = truce::missing_units(scan, units);
    reached.torn += std::ranges::count_if(scan.files, [](const Scan::File& file) { return !file.damage.empty(); });
    std::string problems =
        check_attempt(setting, record) + check_disk(scan, reached) + check_committed(record, missing);
    const bool done = record.results[0] && record.results[0]->exit == Exit::done;
    if (done && !missing.empty()) problems += "done, and units are missing\n";
    if (calm && !missing.empty()) problems += "units are missing after an attempt without troubles\n";
    if (!problems.empty()) return "attempt " + std::to_string(number + 1) + ": " + problems;
  }
  return "";
}

}  // namespace truce::simulation
