// The 64-byte header of a journal frame, packed and checked (layout in sweep/FORMAT.md).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "sweep/store/journal.hpp"

namespace truce {

inline constexpr std::size_t frame_header_bytes = 64;
inline constexpr std::size_t frame_id_bytes = 16;  ///< of the study id that stand in a frame

struct FrameHeader {
  FrameKind kind = FrameKind::rows;
  std::array<std::byte, frame_id_bytes> id{};
  std::uint32_t attempt = 0, rank = 0;
  Range units;
  std::uint64_t bytes = 0;  ///< of the payload
  std::uint32_t crc = 0;    ///< CRC-32C of the payload
};

std::array<std::byte, frame_id_bytes> frame_id(const StudyId& id);
std::array<std::byte, frame_header_bytes> pack(const FrameHeader& header);
/// Empty unless magic, version, kind and the header's CRC hold.
std::optional<FrameHeader> unpack(std::span<const std::byte, frame_header_bytes> bytes);

}  // namespace truce
