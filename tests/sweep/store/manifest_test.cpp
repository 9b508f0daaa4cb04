// The manifest comes back as it was written, and damage to it is found.
#include "sweep/store/manifest.hpp"

#include "sweep/base/sha256.hpp"
#include "tests/sweep/store/store_fixture.hpp"

namespace truce {
namespace {

using test::error_of;
using test::Folder;

Manifest sample() {
  return {"aa",
          "bb",
          123456789012,
          "cc",
          {{"hosts", std::vector<std::string>{"n1", "n\"2\\"}},
           {"attempts", std::int64_t{-3}},
           {"seconds", 0.1},
           {"whole", 2.0},
           {"none", std::vector<std::string>{}},
           {"text", std::string("line\nwith \t control \x01 and é")}}};
}

TEST(Manifest, ComesBackAsItWasWritten) {
  const Folder folder;
  EXPECT_EQ(manifest_path("out/first.h5"), "out/first.manifest.json");
  EXPECT_EQ(manifest_path("first.h5"), "./first.manifest.json");
  EXPECT_EQ(manifest_path("first.nc"), "./first.nc.manifest.json");
  EXPECT_EQ(manifest_path("r.1"), "./r.1.manifest.json");
  write_manifest(folder / "x.h5", {});
  write_manifest(folder / "x.h5", sample());
  const Manifest back = read_manifest(folder / "x.h5");
  EXPECT_EQ(back.file_hash, "aa");
  EXPECT_EQ(back.content_hash, "bb");
  EXPECT_EQ(back.bytes, 123456789012u);
  EXPECT_EQ(back.study_id, "cc");
  EXPECT_EQ(back.more, sample().more);
  ASSERT_NE(back.find("seconds"), nullptr);
  EXPECT_EQ(std::get<double>(*back.find("seconds")), 0.1);
  EXPECT_EQ(back.find("nothing"), nullptr);
  const auto files = std::distance(std::filesystem::directory_iterator(folder.path()), {});
  EXPECT_EQ(files, 1);  // no temporary is left
}

TEST(Manifest, ReadsJsonThatOtherProgramsWrote) {
  const Manifest back = manifest_from_json(
      "{\"x\":1e3,\"bytes\":7,\"file_hash\":\"\\u0061\\/\",\"content_hash\":\"\\u00e9\",\"study_id\":\"\",\"l\":[ "
      "\"a\" , \"b\" ]}",
      "here");
  EXPECT_EQ(back.file_hash, "a/");
  EXPECT_EQ(back.content_hash, "é");
  EXPECT_EQ(std::get<double>(*back.find("x")), 1000.0);
  EXPECT_EQ(std::get<std::vector<std::string>>(*back.find("l")), (std::vector<std::string>{"a", "b"}));
}

TEST(Manifest, EveryCutIsDamage) {
  const std::string text = to_json(sample());
  EXPECT_NO_THROW(manifest_from_json(text, "m"));
  for (std::size_t cut = 0; cut < text.size(); ++cut) {
    ASSERT_EQ(error_of([&] { manifest_from_json(text.substr(0, cut), "m"); }).first, Exit::corrupt) << cut;
  }
  for (const char* bad : {"[]", "{} x", "{\"bytes\": nan}", "{\"bytes\": 1e999}", "{\"a\": \"\\ud800\"}", "{\"a\" 1}",
                          "{\"a\": true}", "{\"a\": [1]}", "{\"a\": -}",
                          "{\"file_hash\": \"\", \"content_hash\": \"\", \"bytes\": -1, \"study_id\": \"\"}"}) {
    EXPECT_EQ(error_of([&] { manifest_from_json(bad, "m"); }).first, Exit::corrupt) << bad;
  }
}

TEST(Manifest, EveryFlippedBitIsDamage) {
  const std::string text = to_json(sample());
  for (std::size_t byte = 0; byte < text.size(); ++byte) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string bad = text;
      bad[byte] = static_cast<char>(static_cast<unsigned char>(bad[byte]) ^ (1u << bit));
      ASSERT_EQ(error_of([&] { manifest_from_json(bad, "m"); }).first, Exit::corrupt)
          << "byte " << byte << " bit " << bit;
    }
  }
}

TEST(Manifest, OfVersion1IsReadAndOfALaterOneIsRefused) {
  const std::string old = R"({"file_hash": "aa", "content_hash": "bb", "bytes": 7, "study_id": "cc", "hosts": ["n1"]})";
  const Manifest back = manifest_from_json(old, "m");
  EXPECT_EQ(back.bytes, 7u);
  EXPECT_EQ(back.more.size(), 1u);
  const std::string later = "{\n  \"manifest_version\": 3";
  const std::string text = later + ",\n  \"manifest_hash\": \"" + hex(sha256(test::as_span(later))) + "\"\n}\n";
  const auto [exit, said] = error_of([&] { manifest_from_json(text, "m"); });
  EXPECT_EQ(exit, Exit::corrupt);
  EXPECT_TRUE(test::says(said, {"version 3", "newer truce"})) << said;
}

TEST(Manifest, OneThatIsNotThereIsAnInputError) {
  const Folder folder;
  EXPECT_EQ(error_of([&] { read_manifest(folder / "x.h5"); }).first, Exit::io);
}

}  // namespace
}  // namespace truce
