// What a journal promises: committed blocks are found again, of the right study, and nothing else.
#include "sweep/store/journal.hpp"

#include "tests/sweep/store/store_fixture.hpp"

namespace truce {
namespace {

using test::error_of;
using test::Folder;
using test::says;

std::vector<std::byte> payload(std::size_t size, unsigned seed) {
  std::vector<std::byte> bytes(size);
  for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<std::byte>((i * 131 + std::size_t{seed} * 17) & 0xff);
  return bytes;
}

std::vector<std::byte> read_all_of(const Scan& scan, const FrameRef& frame) {
  std::vector<std::byte> bytes(frame.bytes);
  read_payload(scan, frame, 0, bytes);
  return bytes;
}

TEST(Journal, GivesBackWhatWasCommitted) {
  const Folder folder;
  Journal(folder.path(), 1, 0, test::study(1)).commit(FrameKind::rows, {4, 4}, payload(100, 1));
  Journal second(folder.path(), 1, 3, test::study(1));
  second.commit(FrameKind::rows, {0, 4}, payload(3000000, 2));
  second.commit(FrameKind::partial, {8, 1}, {});
  const Scan scan = scan_journals(folder.path(), test::study(1), 10);
  ASSERT_EQ(scan.frames.size(), 3u);
  EXPECT_EQ(scan.frames[0].units, (Range{0, 4}));
  EXPECT_EQ(scan.frames[0].rank, 3u);
  EXPECT_EQ(read_all_of(scan, scan.frames[0]), payload(3000000, 2));
  EXPECT_EQ(read_all_of(scan, scan.frames[1]), payload(100, 1));
  EXPECT_EQ(scan.frames[2].kind, FrameKind::partial);
  EXPECT_EQ(scan.frames[2].bytes, 0u);
  EXPECT_EQ(scan.attempts, 1u);
  EXPECT_EQ(missing_units(scan, 10), (std::vector<Range>{{9, 1}}));
  for (const Scan::File& file : scan.files) EXPECT_TRUE(file.damage.empty() && file.good_bytes == file.bytes);
}

TEST(Journal, FrameHeaderHasTheBytesThatFormatMdStates) {
  const Folder folder;
  Journal(folder.path(), 0x0102, 0x0304, test::study(1)).commit(FrameKind::partial, {5, 6}, payload(7, 1));
  const std::string bytes = test::bytes_of(folder / "attempt-0258/rank-000772.journal");
  ASSERT_EQ(bytes.size(), 64u + 7u);
  EXPECT_EQ(bytes.substr(0, 8), std::string("TRCJ\x01\x00\x02\x00", 8));
  EXPECT_EQ(bytes.substr(24, 8), std::string("\x02\x01\x00\x00\x04\x03\x00\x00", 8));
  EXPECT_EQ(bytes.substr(32, 8), std::string("\x05\0\0\0\0\0\0\0", 8));
  EXPECT_EQ(bytes.substr(40, 8), std::string("\x06\0\0\0\0\0\0\0", 8));
  EXPECT_EQ(bytes.substr(48, 8), std::string("\x07\0\0\0\0\0\0\0", 8));
}

TEST(Journal, MissingNamesEveryGapOnce) {
  const Folder folder;
  EXPECT_EQ(missing_units(scan_journals(folder / "none", test::study(1), 5), 5), (std::vector<Range>{{0, 5}}));
  Journal journal(folder.path(), 1, 0, test::study(1));
  for (const Range range : {Range{6, 2}, Range{2, 3}, Range{3, 1}, Range{4, 2}}) {
    journal.commit(FrameKind::rows, range, payload(8, 1));
  }
  const Scan scan = scan_journals(folder.path(), test::study(1), 12);
  EXPECT_EQ(missing_units(scan, 12), (std::vector<Range>{{0, 2}, {8, 4}}));
}

TEST(Journal, RefusesFramesOfAnotherStudy) {
  const Folder folder;
  Journal(folder.path(), 1, 0, test::study(1)).commit(FrameKind::rows, {0, 1}, payload(8, 1));
  const auto [exit, text] = error_of([&] { scan_journals(folder.path(), test::study(2), 10); });
  EXPECT_EQ(exit, Exit::usage);
  EXPECT_TRUE(says(text, {"rank-000000.journal", "another study"}));
}

TEST(Journal, DoesNotTakeUnitsBeyondTheStudy) {
  const Folder folder;
  Journal journal(folder.path(), 1, 0, test::study(1));
  journal.commit(FrameKind::rows, {0, 2}, payload(8, 1));
  journal.commit(FrameKind::rows, {9, 2}, payload(8, 1));
  const Scan scan = scan_journals(folder.path(), test::study(1), 10);
  ASSERT_EQ(scan.frames.size(), 1u);
  EXPECT_TRUE(says(scan.files[0].damage, {"a block"}));
  EXPECT_EQ(scan_journals(folder.path(), test::study(1), 11).frames.size(), 2u);
}

TEST(Journal, NeverOpensAnExistingJournal) {
  const Folder folder;
  Journal first(folder.path(), 1, 0, test::study(1));
  EXPECT_EQ(error_of([&] { Journal(folder.path(), 1, 0, test::study(1)); }).first, Exit::io);
}

TEST(Journal, SaysHowManyBytesAFullDiskLacksAndKeepsWhatWasCommitted) {
  const Folder folder;
  Journal journal(folder.path(), 1, 0, test::study(1));
  journal.commit(FrameKind::rows, {0, 1}, payload(1000, 1));
  {
    const test::SmallDisk disk(4096);
    const auto [exit, text] = error_of([&] { journal.commit(FrameKind::rows, {1, 1}, payload(9936, 2)); });
    EXPECT_EQ(exit, Exit::io);
    EXPECT_TRUE(says(text, {"rank-000000.journal", "10000 bytes", "free"}));
  }
  EXPECT_EQ(missing_units(scan_journals(folder.path(), test::study(1), 3), 3), (std::vector<Range>{{1, 2}}));
  journal.commit(FrameKind::rows, {2, 1}, payload(9936, 3));  // room again: the torn bytes are written over
  const Scan scan = scan_journals(folder.path(), test::study(1), 3);
  ASSERT_EQ(scan.frames.size(), 2u);
  EXPECT_EQ(read_all_of(scan, scan.frames[1]), payload(9936, 3));
}

TEST(Journal, NamesAFolderThatCannotBeMade) {
  const Folder folder;
  test::write_bytes(folder / "plain", "a file where a folder should be");
  const auto [exit, text] = error_of([&] { Journal(folder / "plain", 1, 0, test::study(1)); });
  EXPECT_EQ(exit, Exit::io);
  EXPECT_TRUE(says(text, {(folder / "plain").string()}));
}

}  // namespace
}  // namespace truce
