// Shared by the store's HDF5 sources: starting the library quietly and turning its errors into ours.
#pragma once

#include <hdf5.h>

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include "sweep/base/error.hpp"
#include "sweep/store/hdf5_file.hpp"

namespace truce::hdf5 {

static_assert(std::is_same_v<hid_t, std::int64_t>, "handles hold HDF5 identifiers as int64");

/// To be called before any other HDF5 call; cheap when repeated.
void start();
/// Throws with HDF5's innermost reason for the last failure: FileError where a call of the system failed, else
/// Error(exit).
[[noreturn]] void fail(Exit exit, const std::filesystem::path& path, const std::string& doing);

/// Where a call belongs: its file, what it does, and what a failure means.
struct Place {
  Exit exit;
  const std::filesystem::path& path;
};

/// Passes an HDF5 result through if it is not negative, else throws.
template <typename T>
T check(T result, const Place& place, const std::string& doing) {
  if (result < 0) fail(place.exit, place.path, doing);
  return result;
}

/// Access properties: versions of the file's structures, no flock (many cluster file systems lack it), and nothing kept
/// in memory of a column that is closed.
Handle access_properties(const Place& place);

/// File and memory type: both little endian.
hid_t type_of(Type type);
std::vector<hsize_t> to_sizes(const std::vector<std::int64_t>& sizes);

}  // namespace truce::hdf5
