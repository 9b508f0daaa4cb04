// Little-endian numbers in byte buffers, packed by hand so that no padding or byte order enters a file.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>

namespace truce {

/// Writes `value` at `offset` of `into`; the caller guarantees the room.
template <std::unsigned_integral T>
void put(std::span<std::byte> into, std::size_t offset, T value) {
  for (std::size_t i = 0; i < sizeof(T); ++i) {
    into[offset + i] = static_cast<std::byte>(static_cast<std::uint64_t>(value) >> (8 * i));
  }
}

/// Reads a T at `offset` of `from`; the caller guarantees the room.
template <std::unsigned_integral T>
T get(std::span<const std::byte> from, std::size_t offset) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < sizeof(T); ++i) value |= static_cast<std::uint64_t>(from[offset + i]) << (8 * i);
  return static_cast<T>(value);
}

}  // namespace truce
