// Sealing reads long points from the tallies of their chunks, whatever the room and the order of questions.
#include "sweep/run/row_source.hpp"

#include <gtest/gtest.h>

#include "tests/sweep/run/run_fixture.hpp"

namespace truce {
namespace {

using test::Study;

std::vector<std::byte> column(RowSource& source, const Layout& layout, std::size_t number, Range rows) {
  std::vector<std::byte> bytes(static_cast<std::size_t>(rows.count) * layout.columns[number].row_bytes());
  source.fill(number, rows.first, rows.count, bytes);
  return bytes;
}

class LongPoints : public testing::TestWithParam<std::size_t> {};

TEST_P(LongPoints, AreMergedAsInOneBlock) {
  const Study study(test::ruin("replicates = 2500\n"));  // 3 chunks a point
  const Layout layout = layout_of(study.plan);
  const RowMap map = row_map_of(study.plan);
  const auto whole = study.payload({0, study.plan.units()});
  const auto before = layout.bytes_before();
  study.commit_all(2);
  const auto folder = journal_folder(study.plan.file);
  const Scan scan = scan_journals(folder, study_id_of(study.plan), study.plan.units());
  RowSource source(study.plan, layout, map, scan, GetParam());
  for (std::size_t c = 0; c < layout.columns.size(); ++c) {
    if (layout.columns[c].origin != Origin::row) continue;
    const auto bytes = static_cast<long>(layout.columns[c].row_bytes());
    for (const Range rows : {Range{0, 5}, Range{3, 2}, Range{1, 1}}) {
      const auto at = whole.begin() + static_cast<long>(before[c]) * 5 + rows.first * bytes;
      EXPECT_EQ(column(source, layout, c, rows), std::vector(at, at + rows.count * bytes)) << layout.columns[c].name;
    }
  }
}

// room for one point, for some, for all
INSTANTIATE_TEST_SUITE_P(RowSource, LongPoints, testing::Values(1, 2000, 1 << 20));

TEST(RowSource, RefusesAFrameOfTalliesThatIsTooShort) {
  const Study study(test::ruin("replicates = 2500\n"));
  const Layout layout = layout_of(study.plan);
  const RowMap map = row_map_of(study.plan);
  const auto folder = journal_folder(study.plan.file);
  Journal(folder, 1, 0, study_id_of(study.plan)).commit(FrameKind::partial, {1, 2}, std::vector<std::byte>(16));
  const Scan scan = scan_journals(folder, study_id_of(study.plan), study.plan.units());
  EXPECT_EQ(test::error_of([&] { const RowSource source(study.plan, layout, map, scan); }).first, Exit::corrupt);
}

TEST(RowSource, SaysWhichUnitIsInNoFrame) {
  const Study study(test::ruin("replicates = 2500\n"));
  const Layout layout = layout_of(study.plan);
  const RowMap map = row_map_of(study.plan);
  const Scan nothing;
  RowSource source(study.plan, layout, map, nothing);
  const auto first = std::ranges::find(layout.columns, Origin::row, &Column::origin) - layout.columns.begin();
  const auto [exit, text] = test::error_of([&] { column(source, layout, static_cast<std::size_t>(first), {1, 1}); });
  EXPECT_EQ(exit, Exit::internal);
  EXPECT_TRUE(test::says(text, {"unit 3 "}));
}

}  // namespace
}  // namespace truce
