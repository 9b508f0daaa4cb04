// Who holds the lock of a live run, for `status`.
#pragma once

#include <cstdint>
#include <ctime>
#include <filesystem>
#include <optional>
#include <string>

namespace truce {

/// Who works on a study.
struct Holder {
  std::string host;          ///< "" if the lock does not say
  std::int64_t process = 0;  ///< 0 if the lock does not say
  std::time_t started = 0;   ///< seconds since 1970; 0 if the lock does not say
};

/// Of the live run on the journals in `folder`, if there is one; of several the one that renewed its lock last. Looking
/// changes nothing.
std::optional<Holder> live_holder(const std::filesystem::path& folder);

}  // namespace truce
