// The content hash: names the results of a study, whatever file format, compression or machine holds them.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "sweep/base/sha256.hpp"
#include "sweep/store/layout.hpp"

namespace truce {

class Result;

/// Every NaN of little-endian doubles becomes 0x7ff8000000000000, so that its sign and payload cannot matter.
void canonicalise(std::span<std::byte> doubles);

/// SHA-256 over, variable by variable in file order: name, NUL, type, NUL, sizes of its dimensions (int64,
/// little endian), then the SHA-256 of each piece of 65,536 rows (the last may be shorter; a scalar is one row).
class ContentHash {
 public:
  /// Starts a variable; the one before must be complete.
  void begin(std::string_view name, Type type, std::span<const std::int64_t> sizes);
  /// The variable's next bytes (whole values, row-major, little endian), cut in any way.
  void add(std::span<const std::byte> bytes);
  /// Ends the last variable; hex.
  std::string finish();

 private:
  void end_piece();
  void take(std::span<const std::byte> bytes);

  Sha256 all_, piece_;
  Type type_ = Type::u8;
  std::uint64_t piece_bytes_ = 0;  ///< of a full piece
  std::uint64_t filled_ = 0;       ///< of the open piece
};

/// The same from a sealed file, read again. Throws Error(corrupt) where the file cannot be read.
std::string content_hash_of(Result& result);

}  // namespace truce
