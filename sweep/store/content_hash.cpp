// Hashes variables piece by piece, with one spelling of NaN.
#include "sweep/store/content_hash.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <vector>

#include "sweep/store/bytes.hpp"
#include "sweep/store/result.hpp"

namespace truce {

namespace {

constexpr std::uint64_t quiet = 0x7ff8000000000000;

/// True for a NaN of another spelling.
bool is_odd(std::uint64_t bits) {
  constexpr std::uint64_t infinity = 0x7ff0000000000000, magnitude = 0x7fffffffffffffff;
  return (bits & magnitude) > infinity && bits != quiet;
}

std::uint64_t bits_at(const std::byte* at) {
  std::uint64_t bits = 0;
  std::memcpy(&bits, at, sizeof bits);
  return bits;
}
static_assert(std::endian::native == std::endian::little, "doubles are little endian in files");

bool has_odd(std::span<const std::byte> doubles) {
  bool odd = false;
  for (std::size_t i = 0; i + 8 <= doubles.size(); i += 8) odd |= is_odd(bits_at(doubles.data() + i));
  return odd;
}

}  // namespace

void canonicalise(std::span<std::byte> doubles) {
  for (std::size_t i = 0; i + 8 <= doubles.size(); i += 8)
    if (is_odd(bits_at(doubles.data() + i))) put(doubles, i, quiet);
}

void ContentHash::begin(std::string_view name, Type type, std::span<const std::int64_t> sizes) {
  end_piece();
  type_ = type;
  all_.update(name);
  all_.update(std::string_view("\0", 1));
  all_.update(name_of(type));
  all_.update(std::string_view("\0", 1));
  std::uint64_t row = size_of(type);
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    std::array<std::byte, 8> size{};
    put(std::span<std::byte>(size), 0, static_cast<std::uint64_t>(sizes[i]));
    all_.update(size);
    if (i > 0) row *= static_cast<std::uint64_t>(sizes[i]);
  }
  piece_bytes_ = row * static_cast<std::uint64_t>(piece_rows);
}

void ContentHash::add(std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const std::uint64_t room = piece_bytes_ - filled_;
    const auto part = bytes.first(static_cast<std::size_t>(std::min<std::uint64_t>(room, bytes.size())));
    take(part);
    bytes = bytes.subspan(part.size());
    filled_ += part.size();
    if (filled_ == piece_bytes_) end_piece();
  }
}

void ContentHash::take(std::span<const std::byte> bytes) {
  if (type_ != Type::f64 || !has_odd(bytes)) return piece_.update(bytes);
  std::array<std::byte, 32768> buffer;
  for (std::size_t at = 0; at < bytes.size(); at += buffer.size()) {
    const auto part = std::span(buffer).first(std::min(buffer.size(), bytes.size() - at));
    std::ranges::copy(bytes.subspan(at, part.size()), part.begin());
    canonicalise(part);
    piece_.update(part);
  }
}

void ContentHash::end_piece() {
  if (filled_ == 0) return;
  all_.update(piece_.digest());
  piece_ = Sha256();
  filled_ = 0;
}

std::string ContentHash::finish() {
  end_piece();
  return hex(all_.digest());
}

std::string content_hash_of(Result& result) {
  ContentHash hash;
  std::vector<std::byte> buffer;
  for (std::size_t i = 0; i < result.variables().size(); ++i) {
    const Variable& variable = result.variables()[i];
    hash.begin(variable.name, variable.type, variable.sizes);
    const std::int64_t step = variable.step_rows();
    for (std::int64_t at = 0; at < variable.rows(); at += step) {
      const std::int64_t count = std::min(step, variable.rows() - at);
      buffer.resize(static_cast<std::size_t>(count) * variable.row_bytes());
      result.read_bytes(i, at, count, buffer);
      hash.add(buffer);
    }
  }
  return hash.finish();
}

}  // namespace truce
