// What a file is, where it is not what it should be: another mistake than damage, and no work for repair.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "sweep/store/layout.hpp"

namespace truce {

inline constexpr std::uint64_t hdf5_signature = 0x0a1a0a0d46444889;  ///< "\x89HDF\r\n\x1a\n", little endian

/// Throws Error(usage) for a folder, a pipe, a manifest, an HDF5 file of another program, and whatever neither begins
/// as HDF5 files do nor has a manifest or codebook beside it. What does not exist passes, as does what may be damaged.
void require_once_a_result(const std::filesystem::path& path);

/// Throws Error(usage), saying what the file is, unless the root attribute file_type is `wanted`.
void require_kind(const std::filesystem::path& path, const std::vector<Attribute>& attributes, std::string_view wanted);

/// Of a file that truce made from results: analysis, calibration or ledger; "" of any other, by its root attributes.
std::string answers_kind(const std::vector<Attribute>& attributes);

}  // namespace truce
