// CRC-32C (Castagnoli, RFC 3720 appendix B.4), which guards every journal frame.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace truce {

/// CRC-32C of `bytes`, continuing from `before` (the CRC of what came before; 0 at the start).
std::uint32_t crc32c(std::span<const std::byte> bytes, std::uint32_t before = 0);

/// The same by tables only, whatever the processor offers.
std::uint32_t crc32c_portable(std::span<const std::byte> bytes, std::uint32_t before = 0);

}  // namespace truce
