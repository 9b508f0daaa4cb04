// One attempt at a simulated study: the real work loop on a simulated crew, with everything that may go wrong.
#pragma once

#include <string>

#include "tests/simulation/disk.hpp"
#include "tests/simulation/record.hpp"
#include "tests/simulation/setting.hpp"

namespace truce::simulation {

Record play_attempt(const Setting& setting, Disk& disk, std::uint64_t seed);

/// "", or what does not hold, one a line.
std::string check_attempt(const Setting& setting, const Record& record);
/// The part of it that is about when things happen.
std::string check_times(const Setting& setting, const Record& record);

/// When blocks in hand may be given up, at the earliest and (says what rank 0 must know) at the latest, or never.
struct GiveUp {
  double from = never, by = never;
};
GiveUp give_up(const Setting& setting, const Record& record);

}  // namespace truce::simulation
