// CRC-32C against published values, a bitwise second method, and itself cut in pieces.
#include "sweep/store/crc32c.hpp"

#include <gtest/gtest.h>

#include <string_view>
#include <vector>

namespace truce {
namespace {

std::span<const std::byte> bytes_of(std::string_view text) { return std::as_bytes(std::span(text)); }

std::uint32_t by_bits(std::span<const std::byte> bytes) {
  std::uint32_t crc = 0xffffffffu;
  for (const std::byte byte : bytes) {
    crc ^= static_cast<std::uint32_t>(byte);
    for (int i = 0; i < 8; ++i) crc = (crc & 1u) != 0 ? (crc >> 1) ^ 0x82f63b78u : crc >> 1;
  }
  return ~crc;
}

std::vector<std::byte> pattern(std::size_t size) {
  std::vector<std::byte> bytes(size);
  for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<std::byte>((i * i * 31 + i * 7 + 5) & 0xff);
  return bytes;
}

TEST(Crc32c, GivesThePublishedValues) {
  // RFC 3720 B.4 and the catalogue of parametrised CRC algorithms.
  EXPECT_EQ(crc32c(bytes_of("123456789")), 0xe3069283u);
  EXPECT_EQ(crc32c(std::vector<std::byte>(32, std::byte{0})), 0x8a9136aau);
  EXPECT_EQ(crc32c(std::vector<std::byte>(32, std::byte{0xff})), 0x62a8ab43u);
  EXPECT_EQ(crc32c({}), 0u);
}

TEST(Crc32c, InstructionAndTablesAgreeWithTheBitwiseMethodAtEveryLengthAndAlignment) {
  const std::vector<std::byte> bytes = pattern(200);
  for (std::size_t from = 0; from < 9; ++from) {
    for (std::size_t size = 0; size + from <= bytes.size(); size += 3) {
      const auto part = std::span(bytes).subspan(from, size);
      ASSERT_EQ(crc32c(part), by_bits(part));
      ASSERT_EQ(crc32c_portable(part), by_bits(part));
    }
  }
}

TEST(Crc32c, ContinuesFromAnyCut) {
  const std::vector<std::byte> bytes = pattern(61);
  for (std::size_t cut = 0; cut <= bytes.size(); ++cut) {
    const auto all = std::span<const std::byte>(bytes);
    EXPECT_EQ(crc32c(all.subspan(cut), crc32c(all.first(cut))), crc32c(all));
    EXPECT_EQ(crc32c_portable(all.subspan(cut), crc32c_portable(all.first(cut))), crc32c(all));
  }
}

}  // namespace
}  // namespace truce
