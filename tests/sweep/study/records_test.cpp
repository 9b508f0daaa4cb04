// The line pass over study files: what it keeps, and every fault by line.
#include "sweep/study/records.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>

#include "tests/sweep/study/study_kernel.hpp"

namespace truce {
namespace {

const std::vector<std::string> sections{"study", "inputs"};

struct Parsed {
  std::vector<Record> records;
  std::vector<std::string> faults;
};

Parsed parse(std::string_view text) {
  Problems problems;
  auto records = parse_records(text, "a.ini", sections, problems);
  return {std::move(records), problems.lines()};
}

TEST(Records, KeepKeyValueAndLine) {
  const auto [records, faults] = parse("# top\n[study]\n  title =  two words \n\n[inputs]\nx=1\n[study]\nseed = 4\n");
  EXPECT_TRUE(faults.empty());
  ASSERT_EQ(records.size(), 3U);
  EXPECT_EQ(records[0].where, "a.ini:3: study.title");
  EXPECT_EQ(records[0].value, "two words");
  EXPECT_EQ(records[1].name(), "inputs.x");
  EXPECT_EQ(records[2].where, "a.ini:8: study.seed");
}

TEST(Records, CutCommentsOnlyAtLineStartOrAfterABlank) {
  const auto [records, faults] = parse("[study]\ntitle = a#b # c\nfile = x\t# y\n  # whole = line\n");
  EXPECT_TRUE(faults.empty());
  ASSERT_EQ(records.size(), 2U);
  EXPECT_EQ(records[0].value, "a#b");
  EXPECT_EQ(records[1].value, "x");
}

TEST(Records, AcceptWindowsLineEndsAndAMissingLastNewline) {
  const auto [records, faults] = parse("[study]\r\ntitle = a\r\nseed = 1");
  EXPECT_TRUE(faults.empty());
  ASSERT_EQ(records.size(), 2U);
  EXPECT_EQ(records[0].value, "a");
  EXPECT_EQ(records[1].value, "1");
}

TEST(Records, RefuseOldMacLineEndsAsAWhole) {
  const auto [records, faults] = parse("[study]\rtitle = a\r");
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_TRUE(faults[0].starts_with("a.ini: ends its lines with CR alone")) << faults[0];
  EXPECT_TRUE(records.empty());
}

TEST(Records, ReportEveryFaultWithItsLine) {
  const auto [records, faults] = parse(
      "\xef\xbb\xbfx = 1\n[study]\nno equals\n= 3\ntitle =\nseed = 1\nseed = 2\n[study\n[inptus]\nskipped\n[inputs]\n"
      "a = \xff\nb = \x01\n");
  const std::vector<std::string> expected{"a.ini:1: begins with a byte-order mark",
                                          "a.ini:1: stands before any section",
                                          "a.ini:3: study: 'no equals' has no =",
                                          "a.ini:4: study: has no key before =",
                                          "a.ini:5: study.title: has no value",
                                          "a.ini:7: study.seed: given a second time (first on line 6)",
                                          "a.ini:8: '[study' is not closed",
                                          "a.ini:9: [inptus] is not a section",
                                          "a.ini:12: is not UTF-8",
                                          "a.ini:13: holds a control character"};
  ASSERT_EQ(faults.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) EXPECT_TRUE(faults[i].starts_with(expected[i])) << faults[i];
  EXPECT_NE(faults[7].find("did you mean inputs?"), std::string::npos) << faults[7];
  ASSERT_EQ(records.size(), 1U);
  EXPECT_EQ(records[0].value, "1");
}

TEST(Records, JudgeUtf8AsRfc3629) {
  for (const char* good : {"", "a", "\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x98\x80", "\xf4\x8f\xbf\xbf"}) {
    EXPECT_TRUE(is_utf8(good)) << good;
  }
  for (const char* bad : {"\x80", "\xc0\xaf", "\xc3", "\xe0\x80\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xf8"}) {
    EXPECT_FALSE(is_utf8(bad)) << bad;
  }
}

std::string read_failure(const std::filesystem::path& file) {
  try {
    read_user_text(file);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

TEST(Records, SayWhyAFileCannotBeRead) {
  const auto file = testing::write_file("a.ini", "x");
  EXPECT_EQ(read_user_text(file), "x");
  EXPECT_NE(read_failure(file.parent_path() / "none.ini").find("no such file"), std::string::npos);
  EXPECT_NE(read_failure(file.parent_path()).find("it is a folder"), std::string::npos);
  EXPECT_NE(read_failure("/dev/zero").find("a pipe or device"), std::string::npos);
  const auto pipe = file.parent_path() / "pipe", loop = file.parent_path() / "loop";
  std::filesystem::remove(pipe);
  std::filesystem::remove(loop);
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  EXPECT_NE(read_failure(pipe).find("a pipe or device"), std::string::npos);
  std::filesystem::create_symlink(loop, loop);
  const std::string looped = read_failure(loop);
  EXPECT_NE(looped.find("symbolic links"), std::string::npos) << looped;
  EXPECT_EQ(looped.find("no such file"), std::string::npos) << looped;
}

}  // namespace
}  // namespace truce
