// The content hash against its definition, written out by hand.
#include "sweep/store/content_hash.hpp"

#include "sweep/store/result.hpp"
#include "tests/sweep/store/store_fixture.hpp"

namespace truce {
namespace {

std::string little_endian(std::uint64_t value) {
  std::string bytes(8, '\0');
  put(std::as_writable_bytes(std::span(bytes)), 0, value);
  return bytes;
}

std::string digest_of(const std::string& text) {
  const Digest digest = sha256(std::string_view(text));
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

std::string hash_in_cuts_of(const std::string& column, std::size_t cut) {
  const std::vector<std::int64_t> sizes{70000, 2}, none;
  ContentHash hash;
  hash.begin("x", Type::u8, sizes);
  for (std::size_t at = 0; at < column.size(); at += cut) {
    hash.add(test::as_span(std::string_view(column).substr(at, cut)));
  }
  hash.begin("scalar", Type::f64, none);
  hash.add(test::as_span(little_endian(0xfff8000000000001)));
  return hash.finish();
}

TEST(ContentHash, IsWhatItsDefinitionSays) {
  std::string column(140000, '\0');
  for (std::size_t i = 0; i < column.size(); ++i) column[i] = static_cast<char>(i * 7 % 251);
  std::string text = std::string("x\0uint8\0", 8) + little_endian(70000) + little_endian(2);
  text += digest_of(column.substr(0, 131072)) + digest_of(column.substr(131072));
  text += std::string("scalar\0float64\0", 15) + digest_of(little_endian(0x7ff8000000000000));
  const std::string expected = hex(sha256(std::string_view(text)));
  for (const std::size_t cut : {std::size_t{140000}, std::size_t{1000}, std::size_t{131072}, std::size_t{77}}) {
    EXPECT_EQ(hash_in_cuts_of(column, cut), expected) << cut;
  }
}

TEST(ContentHash, LeavesInfinitiesZerosAndNumbersAlone) {
  for (const std::uint64_t bits :
       {0x7ff0000000000000u, 0xfff0000000000000u, 0x8000000000000000u, 0x3ff0000000000001u}) {
    std::string value = little_endian(bits);
    canonicalise(std::as_writable_bytes(std::span(value)));
    EXPECT_EQ(value, little_endian(bits));
  }
  for (const std::uint64_t bits : {0x7ff0000000000001u, 0xffffffffffffffffu, 0xfff8000000000000u}) {
    std::string value = little_endian(bits);
    canonicalise(std::as_writable_bytes(std::span(value)));
    EXPECT_EQ(value, little_endian(0x7ff8000000000000));
  }
}

TEST(ContentHash, ReadFromTheFileItIsTheOneThatWasWritten) {
  const test::Folder folder;
  const Layout layout = test::sample_layout(66000);
  const Sealed sealed = write_result(folder / "a.h5", layout, test::fill_of(layout));
  Result result(folder / "a.h5");
  EXPECT_EQ(result.text("content_hash"), sealed.content_hash);
  EXPECT_EQ(content_hash_of(result), sealed.content_hash);
}

}  // namespace
}  // namespace truce
