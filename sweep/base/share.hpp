// A share of a study: one of n parts, each computed by a job that needs to know nothing of the others.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sweep/base/units.hpp"

namespace truce {

/// Share `number` of `of`, 1 <= number <= of.
struct Share {
  std::int64_t number = 1, of = 1;
  bool operator==(const Share&) const = default;
};

/// From "3/8", as the command line has it. Throws Error(usage).
Share parse_share(std::string_view text);
/// "3/8".
std::string to_text(const Share& share);
/// "share-3-of-8", as files and folders have it; and back, empty if it is no such name.
std::string name_of(const Share& share);
std::optional<Share> share_of(std::string_view name);

/// The units of a share of a study with `points` base points of `chunks` units: shares 1 to n tile it in order. Cut
/// between base points, or between units where there are fewer base points than shares; may then be empty.
Range units_of(const Share& share, std::int64_t points, std::int64_t chunks);

}  // namespace truce
