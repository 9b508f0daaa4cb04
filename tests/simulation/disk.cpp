// Commits in virtual time, torn where the rank dies.
#include "tests/simulation/disk.hpp"

#include <algorithm>
#include <fstream>

#include "sweep/base/error.hpp"
#include "sweep/store/attempt.hpp"
#include "sweep/store/bytes.hpp"
#include "sweep/store/crc32c.hpp"
#include "sweep/store/frame.hpp"

namespace truce::simulation {
namespace {

constexpr StudyId study{std::byte{0x51}};

std::vector<std::byte> frame_of(std::uint32_t attempt, int rank, Range units) {
  const std::vector<std::byte> payload = payload_of(units);
  const auto header = pack({FrameKind::rows, frame_id(study), attempt, static_cast<std::uint32_t>(rank), units,
                            payload.size(), crc32c(payload)});
  std::vector<std::byte> frame(header.begin(), header.end());
  frame.insert(frame.end(), payload.begin(), payload.end());
  return frame;
}

}  // namespace

std::vector<std::byte> payload_of(Range units) {
  std::vector<std::byte> payload(static_cast<std::size_t>(units.count) * sizeof(std::uint64_t));
  for (std::int64_t i = 0; i < units.count; ++i)
    put(std::span(payload), static_cast<std::size_t>(i) * sizeof(std::uint64_t),
        static_cast<std::uint64_t>(units.first + i) * 0x9E3779B97F4A7C15U);
  return payload;
}

Disk::Disk(std::filesystem::path folder, std::int64_t units, std::uint64_t seed)
    : folder_(std::move(folder)), units_(units), dice_(seed) {}

void Disk::commit(Stage& stage, int rank, Range units, bool fails) {
  const std::vector<std::byte> frame = frame_of(attempt_, rank, units);
  std::vector<std::byte>& journal = journals_[rank];
  const auto write = [&](const std::vector<std::byte>& bytes) {
    journal.insert(journal.end(), bytes.begin(), bytes.end());
  };
  try {
    stage.spend(rank, dice_.heavy(0.001, most_commit));
  } catch (const Dead&) {
    write(torn(frame));
    throw;
  }
  write(fails ? torn(frame) : frame);
  if (fails) throw Error(Exit::io, "a simulated disk is full");
}

void Disk::commit_by_another(Range units) {
  const std::vector<std::byte> frame = frame_of(attempt_, rank_of_others, units);
  std::vector<std::byte>& journal = journals_[rank_of_others];
  journal.insert(journal.end(), frame.begin(), frame.end());
}

std::vector<std::byte> Disk::torn(std::vector<std::byte> frame) {
  const auto size = static_cast<std::int64_t>(frame.size());
  const auto from = dice_.between(0, size), to = dice_.between(from, size);
  if (dice_.chance(0.5)) {
    frame.resize(static_cast<std::size_t>(from));
  } else {
    std::fill(frame.begin() + from, frame.begin() + to, std::byte{0});
  }
  return frame;
}

void Disk::end_attempt() {
  for (const auto& [rank, bytes] : journals_) {
    const auto attempt = attempt_folder(folder_, attempt_);
    std::filesystem::create_directories(attempt);
    std::ofstream(attempt / ("rank-" + zero_padded(static_cast<std::uint32_t>(rank), 6) + ".journal"), std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  }
  journals_.clear();
  ++attempt_;
}

Scan Disk::scan() const { return scan_journals(folder_, study, units_); }

}  // namespace truce::simulation
