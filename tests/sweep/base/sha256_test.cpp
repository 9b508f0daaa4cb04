// SHA-256 against the vectors of FIPS 180-4's examples (NIST CSRC) and against itself split anywhere.
#include "sweep/base/sha256.hpp"

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace truce
