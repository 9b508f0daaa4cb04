// Reading back: every value, name and attribute; and clear words for files that are no results.
#include "sweep/store/result.hpp"

#include "tests/sweep/store/store_fixture.hpp"

namespace truce {
namespace {

using test::error_of;
using test::Folder;
using test::says;

class ResultFile : public ::testing::Test {
 protected:
  ResultFile() { write_result(path_, layout_, test::fill_of(layout_)); }
  Folder folder_;
  std::filesystem::path path_ = folder_ / "a.h5";
  Layout layout_ = test::sample_layout(66000);  // more than one chunk
};

TEST_F(ResultFile, GivesBackEveryValue) {
  Result result(path_);
  for (std::size_t c = 0; c < 4; ++c) {
    const Column& column = layout_.columns[c];
    const std::vector<double> values = result.all(column.name);
    ASSERT_EQ(values.size(), 66000 * column.width);
    for (std::size_t i = 0; i < values.size(); ++i) {
      double expected = test::value_at(c, static_cast<std::int64_t>(i / column.width), i % column.width);
      if (column.type == Type::i32) expected = std::trunc(expected);
      if (column.type == Type::u8) expected = std::fmod(std::trunc(expected), 200);
      if (std::isnan(expected)) {
        ASSERT_TRUE(std::isnan(values[i])) << column.name << " " << i;
      } else {
        ASSERT_EQ(values[i], expected) << column.name << " " << i;
      }
    }
  }
  EXPECT_EQ(result.all("replicates"), (std::vector<double>{64}));
  EXPECT_EQ(result.all("guarantee"), (std::vector<double>{0, 0.25, 0.5}));
  EXPECT_EQ(result.all("war_month"), (std::vector<double>{12, 60.5}));
  EXPECT_EQ(result.all("point")[65999], 65999);
}

TEST_F(ResultFile, ReadsAnyRows) {
  Result result(path_);
  const std::size_t survival = result.index("survival");
  for (const Range rows : {Range{0, 1}, Range{65535, 2}, Range{65999, 1}, Range{100, 0}}) {
    std::vector<double> values(static_cast<std::size_t>(rows.count) * 6);
    result.read(survival, rows.first, rows.count, values);
    for (std::size_t i = 0; i < values.size(); ++i) {
      EXPECT_EQ(values[i], test::value_at(1, rows.first + static_cast<std::int64_t>(i / 6), i % 6));
    }
  }
  std::vector<double> values(12);
  EXPECT_EQ(error_of([&] { result.read(survival, 65999, 2, values); }).first, Exit::internal);
  EXPECT_EQ(error_of([&] { result.read(survival, 0, 3, values); }).first, Exit::internal);
}

TEST_F(ResultFile, KnowsNamesFormsAndAttributesInFileOrder) {
  const Result result(path_);
  std::vector<std::string> names;
  for (const Variable& variable : result.variables()) names.push_back(variable.name);
  EXPECT_EQ(names, (std::vector<std::string>{"point", "policy", "war_month", "war_length", "survival", "runs_failed",
                                             "status", "autocracy", "base", "replicates", "guarantee"}));
  const Variable& survival = result.variables()[result.index("survival")];
  EXPECT_EQ(survival.dimensions, (std::vector<std::string>{"point", "policy", "war_month"}));
  EXPECT_EQ(survival.sizes, (std::vector<std::int64_t>{66000, 3, 2}));
  EXPECT_FALSE(survival.is_dimension);
  EXPECT_TRUE(result.variables()[0].is_dimension);
  EXPECT_EQ(result.variables()[0].dimensions, (std::vector<std::string>{"point"}));
  EXPECT_TRUE(result.variables()[result.index("replicates")].sizes.empty());
  const Variable& status = result.variables()[result.index("status")];
  EXPECT_EQ(status.type, Type::u8);
  EXPECT_EQ(std::get<std::vector<std::uint8_t>>(status.attributes.at(0).value), (std::vector<std::uint8_t>{0, 1, 2}));
  EXPECT_EQ(result.text("title"), "");
  EXPECT_EQ(result.text("study"), std::get<std::string>(layout_.attributes.back().value));
  EXPECT_EQ(result.number("seed"), 861);
  EXPECT_EQ(result.number("level"), 0.25);
  EXPECT_EQ(result.text("content_hash").size(), 64u);
  EXPECT_EQ(result.attributes().front().name, "file_type");
  EXPECT_EQ(result.attributes().size(), layout_.attributes.size() + 1);
  EXPECT_EQ(error_of([&] { result.text("nothing"); }).first, Exit::corrupt);
  EXPECT_EQ(error_of([&] { static_cast<void>(result.index("nothing")); }).first, Exit::usage);
}

TEST_F(ResultFile, ACutFileIsSaidToBeCut) {
  const std::string good = test::bytes_of(path_);
  for (const std::size_t size :
       {std::size_t{0}, std::size_t{7}, std::size_t{47}, std::size_t{2000}, good.size() / 2, good.size() - 1}) {
    test::write_bytes(folder_ / "cut.h5", good.substr(0, size));
    const auto [exit, text] = error_of([&] { Result(folder_ / "cut.h5"); });
    EXPECT_EQ(exit, Exit::corrupt);
    EXPECT_TRUE(says(text, {"cut.h5", std::to_string(size) + " bytes"}));
  }
}

TEST_F(ResultFile, AFileOfAnotherKindIsSaidToBeOne) {
  test::write_bytes(folder_ / "text.h5", std::string(5000, 'x'));
  const auto [text_exit, of_text] = error_of([&] { Result(folder_ / "text.h5"); });
  EXPECT_EQ(text_exit, Exit::usage);
  EXPECT_TRUE(says(of_text, {"is no truce result", "the signature of HDF5"}));
  test::write_bytes(folder_ / "text.codebook.md", "");  // so it was a result once
  EXPECT_EQ(error_of([&] { Result(folder_ / "text.h5"); }).first, Exit::corrupt);
  Layout foreign = test::sample_layout(10);
  foreign.attributes[0].value = std::string("somebody's results");
  write_result(folder_ / "foreign.h5", foreign, test::fill_of(foreign));
  const auto [exit, text] = error_of([&] { Result(folder_ / "foreign.h5"); });
  EXPECT_EQ(exit, Exit::usage);
  EXPECT_TRUE(says(text, {"file_type", "truce result"}));
  std::filesystem::create_directory(folder_ / "folder.h5");
  EXPECT_EQ(error_of([&] { Result(folder_ / "folder.h5"); }).first, Exit::usage);
  EXPECT_EQ(error_of([&] { Result("/dev/null"); }).first, Exit::usage);
  test::write_bytes(folder_ / "old.h5", "\x89HDF\r\n\x1a\n" + std::string(100, '\0'));
  EXPECT_TRUE(says(error_of([&] { Result(folder_ / "old.h5"); }).second, {"an HDF5 file of another program"}));
  EXPECT_EQ(error_of([&] { Result(folder_ / "none.h5"); }).first, Exit::io);
}

TEST_F(ResultFile, WhatIsMadeFromAResultNamesIt) {
  Layout made = test::sample_layout(10);
  made.attributes[0].value = std::string(analysis_file_type);
  const auto told = [&](const std::string& name, std::vector<Attribute> more) {
    Layout layout = made;
    layout.attributes.insert(layout.attributes.end(), more.begin(), more.end());
    write_result(folder_ / name, layout, test::fill_of(layout));
    const auto [exit, text] = error_of([&] { Result(folder_ / name); });
    EXPECT_EQ(exit, Exit::usage);
    return text;
  };
  const Attribute result{"result", std::string("first.h5")}, claims{"content", std::string("claims")};
  EXPECT_TRUE(
      says(told("made_a.h5", {result, {"content", std::string("analysis")}}), {"is an analysis of first.h5; name"}));
  EXPECT_TRUE(says(told("made_b.h5", {result}), {"is an analysis of first.h5; name first.h5"}));
  EXPECT_TRUE(
      says(told("made_c.h5", {result, {"discrepancy", 0.05}}), {"is a calibration of first.h5; name first.h5"}));
  EXPECT_TRUE(says(told("made_d.h5", {claims}), {"is a ledger of claims; name the results that it was made from"}));
}

TEST_F(ResultFile, AFlippedBitInTheRowsIsFoundWhenTheyAreRead) {
  std::string bytes = test::bytes_of(path_);
  // two neighbours of column 1, rows of which stand nowhere else
  std::string needle(16, '\0');
  const auto words = std::as_writable_bytes(std::span(needle));
  put(words, 0, std::bit_cast<std::uint64_t>(test::value_at(1, 1234, 4)));
  put(words, 8, std::bit_cast<std::uint64_t>(test::value_at(1, 1234, 5)));
  const std::size_t at = bytes.find(needle);
  ASSERT_NE(at, std::string::npos);
  bytes[at + 3] = static_cast<char>(bytes[at + 3] ^ 4);
  test::write_bytes(path_, bytes);
  Result result(path_);
  EXPECT_EQ(error_of([&] { result.all("survival"); }).first, Exit::corrupt);
  EXPECT_NO_THROW(result.all("status"));
}

}  // namespace
}  // namespace truce
