// SHA-256 as FIPS 180-4 writes it: 64-byte blocks, 64 rounds.
#include "sweep/base/sha256.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

namespace truce {
namespace {

std::uint32_t big_endian(const std::byte* at) {
  std::uint32_t word = 0;
  for (int i = 0; i < 4; ++i) word = word << 8 | std::to_integer<std::uint32_t>(at[i]);
  return word;
}

std::array<std::uint32_t, 64> schedule(const std::byte* block) {
  std::array<std::uint32_t, 64> w{};
  for (std::size_t t = 0; t < 16; ++t) w[t] = big_endian(block + 4 * t);
  for (std::size_t t = 16; t < 64; ++t) {
    const std::uint32_t s0 = std::rotr(w[t - 15], 7) ^ std::rotr(w[t - 15], 18) ^ w[t - 15] >> 3;
    const std::uint32_t s1 = std::rotr(w[t - 2], 17) ^ std::rotr(w[t - 2], 19) ^ w[t - 2] >> 10;
    w[t] = w[t - 16] + s0 + w[t - 7] + s1;
  }
  return w;
}

void compress_block(Sha256State& state, const std::byte* block) {
  const auto w = schedule(block);
  auto [a, b, c, d, e, f, g, h] = state;
  for (std::size_t t = 0; t < 64; ++t) {
    const std::uint32_t s1 = std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25);
    const std::uint32_t t1 = h + s1 + ((e & f) ^ (~e & g)) + sha256_constants[t] + w[t];
    const std::uint32_t s0 = std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22);
    const std::uint32_t t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
    h = g, g = f, f = e, e = d + t1, d = c, c = b, b = a, a = t1 + t2;
  }
  const Sha256State added{a, b, c, d, e, f, g, h};
  for (std::size_t i = 0; i < 8; ++i) state[i] += added[i];
}

}  // namespace

void sha256_compress_portable(Sha256State& state, std::span<const std::byte> blocks) {
  for (std::size_t at = 0; at + 64 <= blocks.size(); at += 64) compress_block(state, blocks.data() + at);
}

void Sha256::compress(std::span<const std::byte> blocks) {
  has_sha256_instructions() ? sha256_compress_x86(state_, blocks) : sha256_compress_portable(state_, blocks);
}

void Sha256::absorb(std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    if (used_ == 0 && bytes.size() >= 64) {
      const std::size_t whole = bytes.size() / 64 * 64;
      compress(bytes.first(whole));
      bytes = bytes.subspan(whole);
      continue;
    }
    const std::size_t taken = std::min(bytes.size(), 64 - used_);
    std::memcpy(pending_.data() + used_, bytes.data(), taken);
    used_ += taken;
    bytes = bytes.subspan(taken);
    if (used_ == 64) {
      compress(pending_);
      used_ = 0;
    }
  }
}

void Sha256::update(std::span<const std::byte> bytes) {
  length_ += bytes.size();
  absorb(bytes);
}

void Sha256::update(std::string_view text) { update(std::as_bytes(std::span(text))); }

Digest Sha256::digest() const {
  Sha256 last = *this;
  std::array<std::byte, 72> padding{std::byte{0x80}};
  const std::size_t zeros_end = used_ < 56 ? 56 - used_ : 120 - used_;
  for (std::size_t i = 0; i < 8; ++i) padding[zeros_end + i] = static_cast<std::byte>(length_ * 8 >> (56 - 8 * i));
  last.absorb(std::span(padding).first(zeros_end + 8));
  Digest digest{};
  for (std::size_t i = 0; i < 32; ++i) digest[i] = static_cast<std::byte>(last.state_[i / 4] >> (24 - 8 * (i % 4)));
  return digest;
}

Digest sha256(std::span<const std::byte> bytes) {
  Sha256 hash;
  hash.update(bytes);
  return hash.digest();
}

Digest sha256(std::string_view text) { return sha256(std::as_bytes(std::span(text))); }

std::string hex(std::span<const std::byte> bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (const std::byte b : bytes) {
    text += digits[std::to_integer<std::size_t>(b >> 4)];
    text += digits[std::to_integer<std::size_t>(b & std::byte{15})];
  }
  return text;
}

}  // namespace truce
