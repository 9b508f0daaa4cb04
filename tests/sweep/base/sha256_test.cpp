// SHA-256 against the vectors of FIPS 180-4's examples (NIST CSRC) and against itself split anywhere.
#include "sweep/base/sha256.hpp"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace truce {
namespace {

TEST(Sha256, GivesTheVectorsOfFips180) {
  EXPECT_EQ(hex(sha256(std::string_view(""))), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(hex(sha256(std::string_view("abc"))), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(hex(sha256(std::string_view("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"))),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(hex(sha256(std::string(1000000, 'a'))), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, DoesNotDependOnHowTheBytesAreSplit) {
  for (const std::size_t length : {0U, 1U, 55U, 56U, 63U, 64U, 65U, 119U, 128U, 200U}) {
    std::string text;
    for (std::size_t i = 0; i < length; ++i) text += static_cast<char>('a' + i % 26);
    const Digest whole = sha256(text);
    for (std::size_t cut = 0; cut <= length; ++cut) {
      Sha256 hash;
      hash.update(std::string_view(text).substr(0, cut));
      EXPECT_EQ(hash.digest(), sha256(text.substr(0, cut)));
      hash.update(std::string_view(text).substr(cut));
      EXPECT_EQ(hash.digest(), whole) << length << " cut at " << cut;
    }
  }
}

/// The blocks of a message: one bit 1, zeros, its length in bits (FIPS 180-4, section 5.1.1).
std::vector<std::byte> padded(std::string_view text) {
  std::vector<std::byte> blocks((text.size() + 9 + 63) / 64 * 64);
  for (std::size_t i = 0; i < text.size(); ++i) blocks[i] = static_cast<std::byte>(text[i]);
  blocks[text.size()] = std::byte{0x80};
  for (std::size_t i = 0; i < 8; ++i) blocks[blocks.size() - 1 - i] = static_cast<std::byte>(text.size() * 8 >> 8 * i);
  return blocks;
}

constexpr Sha256State initial{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                              0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
constexpr Sha256State of_abc{0xba7816bf, 0x8f01cfea, 0x414140de, 0x5dae2223,
                             0xb00361a3, 0x96177a9c, 0xb410ff61, 0xf20015ad};

TEST(Sha256, PortableFormGivesFips180) {
  Sha256State state = initial;
  sha256_compress_portable(state, padded("abc"));
  EXPECT_EQ(state, of_abc);
}

TEST(Sha256, ProcessorInstructionsGiveFips180) {
  if (!has_sha256_instructions()) GTEST_SKIP() << "this processor has no SHA instructions";
  Sha256State state = initial;
  sha256_compress_x86(state, padded("abc"));
  EXPECT_EQ(state, of_abc);
}

TEST(Sha256, OfAnyLengthIsThatOfThePortableForm) {
  std::mt19937_64 random(861);
  for (std::size_t length = 0; length < 1000; ++length) {
    std::string text(length, ' ');
    for (auto& c : text) c = static_cast<char>(random());
    Sha256State state = initial;
    sha256_compress_portable(state, padded(text));
    const Digest digest = sha256(text);
    for (std::size_t i = 0; i < 32; ++i)
      ASSERT_EQ(digest[i], static_cast<std::byte>(state[i / 4] >> (24 - 8 * (i % 4)))) << length;
  }
}

TEST(Sha256, BothFormsAgreeOnRandomBlocksAndStates) {
  if (!has_sha256_instructions()) GTEST_SKIP() << "this processor has no SHA instructions";
  std::mt19937_64 random(861);
  for (std::size_t trial = 0; trial < 300; ++trial) {
    const std::size_t start = random() % 16, blocks = random() % 9;  // any alignment
    std::vector<std::byte> bytes(start + 64 * blocks);
    for (auto& byte : bytes) byte = static_cast<std::byte>(random());
    Sha256State a{};
    for (auto& word : a) word = static_cast<std::uint32_t>(random());
    Sha256State b = a;
    sha256_compress_portable(a, std::span(bytes).subspan(start));
    sha256_compress_x86(b, std::span(bytes).subspan(start));
    ASSERT_EQ(a, b) << blocks << " blocks from byte " << start;
  }
}

}  // namespace
}  // namespace truce
