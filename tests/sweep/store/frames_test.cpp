// From units to rows: any tiling gives the same columns, overlaps are compared, gaps are named.
#include "sweep/store/frames.hpp"

#include "tests/sweep/store/store_fixture.hpp"

namespace truce {
namespace {

using test::error_of;
using test::Folder;
using test::payload_of;
using test::says;

constexpr std::int64_t base_points = 12;
const RowMap two_members{1, 2, 3, 1, false};

void commit(Journal& journal, const Layout& layout, Range units, const RowMap& map = two_members) {
  journal.commit(FrameKind::rows, units, payload_of(layout, map.rows(units)));
}

std::vector<std::byte> column_of(const Layout& layout, std::size_t column, Range rows) {
  std::vector<std::byte> bytes(static_cast<std::size_t>(rows.count) * layout.columns[column].row_bytes());
  test::fill_of(layout)(column, rows.first, rows.count, bytes);
  return bytes;
}

TEST(RowMap, CountsMembersAndChunksAsTheDesignSays) {
  const RowMap points{3, 2, 5, 2500, false};
  EXPECT_EQ(points.first_row(0), 0);
  EXPECT_EQ(points.first_row(6), 4);
  EXPECT_EQ(points.rows({3, 6}), (Range{2, 4}));
  EXPECT_TRUE(points.is_whole({3, 6}));
  EXPECT_FALSE(points.is_whole({3, 5}));
  const RowMap runs{3, 2, 5, 2500, true};
  EXPECT_EQ(runs.first_row(1), 1024 * 10);
  EXPECT_EQ(runs.first_row(2), 2048 * 10);
  EXPECT_EQ(runs.first_row(3), 2500 * 10);
  EXPECT_EQ(runs.rows({2, 1}), (Range{20480, 4520}));
}

TEST(FrameReader, GivesTheSameRowsForAnyTilingAndAnyCut) {
  const Folder folder;
  const Layout layout = test::sample_layout(base_points * 2);
  Journal first(folder.path(), 1, 0, test::study(1)), second(folder.path(), 2, 1, test::study(1));
  for (const Range units : {Range{0, 5}, Range{9, 3}}) commit(first, layout, units);
  for (const Range units : {Range{4, 2}, Range{6, 3}, Range{4, 2}}) commit(second, layout, units);
  const Scan scan = scan_journals(folder.path(), test::study(1), base_points);
  check_overlaps(scan, layout, two_members);
  FrameReader reader(scan, layout, two_members);
  EXPECT_TRUE(reader.uncovered().empty());
  for (std::size_t column = 0; column < 4; ++column) {
    for (std::int64_t at = 0; at < layout.rows; ++at) {
      for (std::int64_t count = 0; at + count <= layout.rows; ++count) {
        std::vector<std::byte> bytes(static_cast<std::size_t>(count) * layout.columns[column].row_bytes());
        ASSERT_TRUE(reader.read(column, at, count, bytes).empty());
        ASSERT_EQ(bytes, column_of(layout, column, {at, count})) << column << " " << at << " " << count;
      }
    }
  }
}

TEST(FrameReader, NamesTheRowsThatNoFrameCovers) {
  const Folder folder;
  const Layout layout = test::sample_layout(base_points * 2);
  Journal journal(folder.path(), 1, 0, test::study(1));
  commit(journal, layout, {2, 3});
  commit(journal, layout, {7, 1});
  journal.commit(FrameKind::partial, {9, 1}, {});
  const Scan scan = scan_journals(folder.path(), test::study(1), base_points);
  FrameReader reader(scan, layout, two_members);
  EXPECT_EQ(reader.uncovered(), (std::vector<Range>{{0, 4}, {10, 4}, {16, 8}}));
  std::vector<std::byte> bytes(11 * layout.columns[2].row_bytes(), std::byte{0x77});
  EXPECT_EQ(reader.read(2, 6, 11, bytes), (std::vector<Range>{{10, 4}, {16, 1}}));
  EXPECT_EQ(bytes[16], std::byte{0x77});  // row 10 is left alone
  EXPECT_EQ(std::vector(bytes.begin(), bytes.begin() + 16), column_of(layout, 2, {6, 4}));
}

TEST(FrameReader, ReadsRunRowsFromChunksOfReplicates) {
  const Folder folder;
  const RowMap runs{2, 1, 1, 1500, true};
  Layout layout = test::sample_layout(3000);
  Journal journal(folder.path(), 1, 0, test::study(1));
  for (const Range units : {Range{1, 2}, Range{0, 1}, Range{3, 1}}) commit(journal, layout, units, runs);
  const Scan scan = scan_journals(folder.path(), test::study(1), 4);
  FrameReader reader(scan, layout, runs);
  EXPECT_TRUE(reader.uncovered().empty());
  std::vector<std::byte> bytes(3000 * layout.columns[0].row_bytes());
  EXPECT_TRUE(reader.read(0, 0, 3000, bytes).empty());
  EXPECT_EQ(bytes, column_of(layout, 0, {0, 3000}));
}

TEST(FrameReader, RejectsAFrameWhoseSizeDoesNotFitTheColumns) {
  const Folder folder;
  const Layout layout = test::sample_layout(base_points * 2);
  Journal(folder.path(), 1, 0, test::study(1)).commit(FrameKind::rows, {0, 1}, std::vector<std::byte>(10));
  const Scan scan = scan_journals(folder.path(), test::study(1), base_points);
  EXPECT_EQ(error_of([&] { FrameReader(scan, layout, two_members); }).first, Exit::corrupt);
}

// 2^61 rows of 16 bytes have 2^65 bytes, which are 0 modulo 2^64.
TEST(FrameReader, RejectsAFrameWhoseSizeFitsOnlyByOverflow) {
  const Folder folder;
  const std::int64_t many = std::int64_t{1} << 61;
  Layout layout;
  layout.rows = many;
  layout.columns = {{"a", Type::f64, {"point"}, Origin::row, 2, {}, {}}};
  const RowMap map;
  Journal(folder.path(), 1, 0, test::study(1)).commit(FrameKind::rows, {0, many}, {});
  const Scan scan = scan_journals(folder.path(), test::study(1), many);
  EXPECT_EQ(error_of([&] { FrameReader(scan, layout, map); }).first, Exit::corrupt);
}

TEST(Overlaps, TheSameBlockWithOtherBytesIsAConflictThatNamesBoth) {
  const Folder folder;
  const Layout layout = test::sample_layout(base_points * 2);
  auto bad = payload_of(layout, two_members.rows({3, 2}));
  bad[5] ^= std::byte{1};
  Journal first(folder.path(), 1, 0, test::study(1));
  commit(first, layout, {3, 2});
  Journal(folder.path(), 2, 7, test::study(1)).commit(FrameKind::rows, {3, 2}, bad);
  const Scan scan = scan_journals(folder.path(), test::study(1), base_points);
  const auto [exit, text] = error_of([&] { check_overlaps(scan, layout, two_members); });
  EXPECT_EQ(exit, Exit::conflict);
  EXPECT_TRUE(says(text, {"not deterministic", "attempt 1 rank 0", "attempt 2 rank 7", "base points 3 to 4"}));
}

TEST(Overlaps, OneBitInAnyColumnOfAPartialOverlapIsFound) {
  const Layout layout = test::sample_layout(base_points * 2);
  const Range wide{0, 6}, narrow{4, 4};
  const auto good = payload_of(layout, two_members.rows(narrow));
  std::size_t before = 0;
  for (std::size_t column = 0; column < 4; ++column) {
    const std::size_t row_bytes = layout.columns[column].row_bytes();
    for (const std::size_t row : {0u, 3u, 4u, 7u}) {  // rows 0..3 of the narrow frame overlap, 4..7 do not
      const Folder folder;
      Journal journal(folder.path(), 1, 0, test::study(1));
      commit(journal, layout, wide);
      auto bad = good;
      bad[before + row * row_bytes + row_bytes - 1] ^= std::byte{0x10};
      journal.commit(FrameKind::rows, narrow, bad);
      const Scan scan = scan_journals(folder.path(), test::study(1), base_points);
      if (row < 4) {
        const auto [exit, text] = error_of([&] { check_overlaps(scan, layout, two_members); });
        EXPECT_EQ(exit, Exit::conflict);
        EXPECT_TRUE(says(text, {"base points 4 to 5", layout.columns[column].name}));
      } else {
        EXPECT_NO_THROW(check_overlaps(scan, layout, two_members));
      }
    }
    before += 8 * row_bytes;
  }
}

// No unit of them has a byte, so that nothing could be compared, 2^61 times.
TEST(Overlaps, ChunksWithoutBytesAreAConflict) {
  const Folder folder;
  const Layout layout = test::sample_layout(base_points * 2);
  const std::int64_t many = std::int64_t{1} << 61;
  Journal journal(folder.path(), 1, 0, test::study(1));
  journal.commit(FrameKind::partial, {0, many}, {});
  journal.commit(FrameKind::partial, {1, many}, {});
  const Scan scan = scan_journals(folder.path(), test::study(1), 2 * many);
  EXPECT_EQ(error_of([&] { check_overlaps(scan, layout, two_members); }).first, Exit::conflict);
}

TEST(Overlaps, ChunksOfOnePointMustAgreeToo) {
  const Folder folder;
  const Layout layout = test::sample_layout(base_points * 2);
  Journal journal(folder.path(), 1, 0, test::study(1));
  journal.commit(FrameKind::partial, {3, 1}, std::vector<std::byte>(16));
  journal.commit(FrameKind::partial, {3, 1}, std::vector<std::byte>(16));
  EXPECT_NO_THROW(check_overlaps(scan_journals(folder.path(), test::study(1), 12), layout, two_members));
  journal.commit(FrameKind::partial, {3, 1}, std::vector<std::byte>(16, std::byte{1}));
  const Scan scan = scan_journals(folder.path(), test::study(1), 12);
  EXPECT_EQ(error_of([&] { check_overlaps(scan, layout, two_members); }).first, Exit::conflict);
}

TEST(Overlaps, OneBitInChunksThatOverlapInPartIsFound) {
  const Layout layout = test::sample_layout(base_points * 2);
  const RowMap long_points{12, 2, 3, 12000, false};
  constexpr std::size_t chunk = 16;  // bytes
  std::vector<std::byte> wide(3 * chunk), narrow(2 * chunk);
  for (std::size_t i = 0; i < wide.size(); ++i) wide[i] = static_cast<std::byte>(i);
  for (std::size_t i = 0; i < narrow.size(); ++i) narrow[i] = static_cast<std::byte>(i + 2 * chunk);
  for (const std::size_t at : {0u, 15u, 16u, 31u}) {  // chunk 5 is in both, chunk 6 in the narrow frame only
    const Folder folder;
    auto bad = narrow;
    bad[at] ^= std::byte{4};
    Journal journal(folder.path(), 1, 0, test::study(1));
    journal.commit(FrameKind::partial, {3, 3}, wide);
    journal.commit(FrameKind::partial, {5, 2}, bad);
    const Scan scan = scan_journals(folder.path(), test::study(1), 12);
    if (at < chunk) {
      const auto [exit, text] = error_of([&] { check_overlaps(scan, layout, long_points); });
      EXPECT_EQ(exit, Exit::conflict);
      EXPECT_TRUE(says(text, {"base points 0 to 0"})) << text;
    } else {
      EXPECT_NO_THROW(check_overlaps(scan, layout, long_points));
    }
  }
}

}  // namespace
}  // namespace truce
