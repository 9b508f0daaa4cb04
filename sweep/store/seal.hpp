// Sealing: from journals to one HDF5 file that is also netCDF-4, verified, renamed into place.
#pragma once

#include <filesystem>
#include <functional>
#include <span>
#include <string>

#include "sweep/store/files.hpp"
#include "sweep/store/layout.hpp"

namespace truce {

/// Gives `count` rows from row `first` of column number `column`, little endian, row-major.
using FillPiece =
    std::function<void(std::size_t column, std::int64_t first, std::int64_t count, std::span<std::byte> into)>;

/// Result of sealing.
struct Sealed {
  std::string content_hash;  ///< hex SHA-256 over the canonical rows
  std::string file_hash;     ///< hex SHA-256 of the file's bytes
  std::uint64_t bytes = 0;
};

/// Bytes that `write_result` wants to find free: about a tenth more than small files take, less for large ones.
std::uint64_t bytes_to_seal(const Layout& layout);

/// Writes a temporary beside `file` that no other process uses, fsyncs, reopens and compares, renames, fsyncs the
/// folder. `before_naming` is called last, and may still throw to end the work. The attribute `content_hash` is added
/// to the layout's root attributes. Throws Error(io|corrupt), and Error(usage) without touching it if `file` is there
/// by then.
Sealed write_result(const std::filesystem::path& file, const Layout& layout, const FillPiece& fill,
                    const Beat& beat = {}, const Beat& before_naming = {});

}  // namespace truce
