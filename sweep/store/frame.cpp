// Packs and checks frame headers.
#include "sweep/store/frame.hpp"

#include <algorithm>

#include "sweep/store/bytes.hpp"
#include "sweep/store/crc32c.hpp"

namespace truce {
namespace {

constexpr std::uint32_t magic = 0x4a435254;  // "TRCJ"
constexpr std::uint16_t version = 1;

}  // namespace

std::array<std::byte, frame_id_bytes> frame_id(const StudyId& id) {
  std::array<std::byte, frame_id_bytes> head{};
  std::copy_n(id.begin(), frame_id_bytes, head.begin());
  return head;
}

std::array<std::byte, frame_header_bytes> pack(const FrameHeader& header) {
  std::array<std::byte, frame_header_bytes> bytes{};
  const std::span<std::byte> to(bytes);
  put(to, 0, magic);
  put(to, 4, version);
  put(to, 6, static_cast<std::uint16_t>(header.kind));
  std::ranges::copy(header.id, bytes.begin() + 8);
  put(to, 24, header.attempt);
  put(to, 28, header.rank);
  put(to, 32, static_cast<std::uint64_t>(header.units.first));
  put(to, 40, static_cast<std::uint64_t>(header.units.count));
  put(to, 48, header.bytes);
  put(to, 56, header.crc);
  put(to, 60, crc32c(to.first(60)));
  return bytes;
}

std::optional<FrameHeader> unpack(std::span<const std::byte, frame_header_bytes> bytes) {
  const std::uint16_t kind = get<std::uint16_t>(bytes, 6);
  if (get<std::uint32_t>(bytes, 0) != magic || get<std::uint16_t>(bytes, 4) != version) return std::nullopt;
  if (get<std::uint32_t>(bytes, 60) != crc32c(bytes.first(60)) || (kind != 1 && kind != 2)) return std::nullopt;
  FrameHeader header;
  header.kind = static_cast<FrameKind>(kind);
  std::copy_n(bytes.begin() + 8, frame_id_bytes, header.id.begin());
  header.attempt = get<std::uint32_t>(bytes, 24);
  header.rank = get<std::uint32_t>(bytes, 28);
  header.units.first = static_cast<std::int64_t>(get<std::uint64_t>(bytes, 32));
  header.units.count = static_cast<std::int64_t>(get<std::uint64_t>(bytes, 40));
  header.bytes = get<std::uint64_t>(bytes, 48);
  header.crc = get<std::uint32_t>(bytes, 56);
  return header;
}

}  // namespace truce
