// The disk that the simulated ranks commit to: frames of the real format, which an attempt's end cuts anywhere.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <vector>

#include "sweep/base/units.hpp"
#include "sweep/store/journal.hpp"
#include "tests/simulation/dice.hpp"
#include "tests/simulation/stage.hpp"

namespace truce::simulation {

/// The numbers that a unit of the simulated study gives.
std::vector<std::byte> payload_of(Range units);

/// The longest that a commit takes, in seconds.
inline constexpr double most_commit = 5;
/// The rank that frames of other jobs name.
inline constexpr int rank_of_others = 1000;

/// Memory until an attempt is over, then files of a folder, which a scan of the real code reads.
class Disk {
 public:
  /// `folder` must be there.
  Disk(std::filesystem::path folder, std::int64_t units, std::uint64_t seed);
  /// Takes its time on `rank`, which may die meanwhile: then any part of the frame is on the disk. `fails`: it throws
  /// Error(io), and again any part is there.
  void commit(Stage& stage, int rank, Range units, bool fails);
  /// Another job has committed these units.
  void commit_by_another(Range units);
  /// Writes the journals of this attempt to the folder and begins the next one.
  void end_attempt();
  /// What all attempts that have ended left, as the real code finds it.
  Scan scan() const;

 private:
  /// What is left of a frame whose writing was cut: its beginning, or all of it with a hole of zeros.
  std::vector<std::byte> torn(std::vector<std::byte> frame);

  std::filesystem::path folder_;
  std::int64_t units_;
  Dice dice_;
  std::uint32_t attempt_ = 1;
  std::map<int, std::vector<std::byte>> journals_;  ///< of this attempt, by rank
};

}  // namespace truce::simulation
