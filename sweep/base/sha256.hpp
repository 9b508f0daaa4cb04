// SHA-256 (FIPS 180-4): names studies by their content and guards the bytes of result files.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "sweep/base/sha256_compress.hpp"

namespace truce {

using Digest = std::array<std::byte, 32>;

/// Incremental hash: any split of the bytes over `update` calls gives the same digest.
class Sha256 {
 public:
  void update(std::span<const std::byte> bytes);
  void update(std::string_view text);
  /// The hash of all bytes so far; more may follow.
  Digest digest() const;

 private:
  void compress(std::span<const std::byte> blocks);
  void absorb(std::span<const std::byte> bytes);

  Sha256State state_{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  std::array<std::byte, 64> pending_{};
  std::size_t used_ = 0;      ///< bytes of `pending_` that wait for a full block
  std::uint64_t length_ = 0;  ///< bytes so far
};

Digest sha256(std::span<const std::byte> bytes);
Digest sha256(std::string_view text);

/// Lower-case hexadecimal, two digits a byte.
std::string hex(std::span<const std::byte> bytes);

}  // namespace truce
