// Studies at the largest sizes that can be numbered: they are refused with the reason, or every product of sizes holds.
#include <gtest/gtest.h>

#include "sweep/crew/dispatch.hpp"
#include "sweep/run/runs_made.hpp"
#include "sweep/store/attempt.hpp"
#include "tests/sweep/run/run_fixture.hpp"

namespace truce {
namespace {

using test::error_of;
using test::says;
using test::Study;

constexpr std::int64_t most = std::int64_t{1} << 62;

std::string sized(const std::string& study_keys, std::int64_t points, const std::string& store_keys = "") {
  return "[study]\nkernel = gamblers_ruin\n" + study_keys +
         "[design]\nmethod = monte_carlo\npoints = " + std::to_string(points) +
         "\n[inputs]\nwin_probability = uniform(0.4, 0.6)\n[store]\n" + store_keys;
}

TEST(Sizes, MoreRunsThanCanBeNumberedAreRefused) {
  for (const char* more : {"replicates = 1000000000\n", "replicates = 4194305\n"}) {
    const auto [exit, text] = error_of([&] { Study(sized(more, std::int64_t{1} << 40)); });
    EXPECT_EQ(exit, Exit::usage);
    EXPECT_TRUE(says(text, {"1099511627776 points * 1 policies", "too many runs (at most 2^62"})) << text;
  }
}

TEST(Sizes, AsManyRunsAsCanBeNumberedHaveRowsAndUnits) {
  for (const bool runs : {false, true}) {
    const Study study(sized("replicates = 4194304\n", std::int64_t{1} << 40, runs ? "rows = run\n" : ""));
    EXPECT_EQ(study.plan.runs(), most);
    EXPECT_EQ(study.plan.units(), std::int64_t{1} << 52);
    const Layout layout = layout_of(study.plan);
    check_layout(layout);
    const RowMap map = row_map_of(study.plan);
    EXPECT_EQ(layout.rows, runs ? most : std::int64_t{1} << 40);
    EXPECT_EQ(map.first_row(study.plan.units()), layout.rows);
    const std::int64_t last = study.plan.units() - study.plan.chunks();
    EXPECT_EQ(map.rows({last, study.plan.chunks()}).end(), layout.rows);
    EXPECT_EQ(runs_made(study.plan, layout, {}), 0);
    std::vector<std::byte> value(8);
    const Computed computed(study.plan, layout);
    for (std::size_t c = 0; c < layout.columns.size(); ++c) {
      if (layout.columns[c].origin != Origin::computed) continue;
      value.resize(layout.columns[c].row_bytes());
      computed.fill(c, find_dimension(layout, layout.columns[c].dimensions.front())->size - 1, 1, value);
    }
  }
}

// Counting them one by one would take hours.
TEST(Sizes, RunsMadeOfAHugeStudyAreCountedWhereTheyAre) {
  const Study study(sized("replicates = 64\nprecision_of = war_months\nprecision = 100000\nreplicates_max = 1024\n",
                          std::int64_t{1} << 40));
  study.commit({{5, 3}, {(std::int64_t{1} << 39) + 1, 2}});
  const Scan scan = scan_journals(journal_folder(study.plan.file), study_id_of(study.plan), study.plan.units());
  EXPECT_EQ(runs_made(study.plan, layout_of(study.plan), scan), 5 * 64);
}

TEST(Sizes, ABlockThatNoRankCouldHoldIsRefused) {
  const auto refusal = [](const std::string& text) {
    const Study study(text);
    const Design design(study.plan);
    const Layout layout = layout_of(study.plan);
    return error_of([&] { BlockRun(study.plan, design, layout, code_for(study.plan)); });
  };
  const std::string block = "block = 1000000000\n";
  for (const auto& text :
       {sized("", std::int64_t{1} << 40, block), sized("replicates = 2000000\n", std::int64_t{1} << 40, block),
        sized("replicates = 1000000000\n", 1, "rows = run\n" + block),
        sized("replicates = 1000000000\n", 1, "quantiles = yes\nblock = 900000\n")}) {
    const auto [exit, message] = refusal(text);
    EXPECT_EQ(exit, Exit::usage);
    EXPECT_TRUE(says(message, {"store.block: a block of ", "at most 150 MB", "use a smaller block, or auto"}))
        << message;
  }
  const Study few(sized("", 8, block));  // it is cut to what there is
  const Design design(few.plan);
  const Layout layout = layout_of(few.plan);
  EXPECT_NO_THROW(BlockRun(few.plan, design, layout, code_for(few.plan)));
}

TEST(Sizes, BlocksAndUnitsNearTwoToThe62AreHandedOut) {
  for (const std::int64_t block : {most, most - 1, most / 2 + 1, std::int64_t{3} << 60}) {
    for (const std::int64_t chunks : {std::int64_t{1}, std::int64_t{7}, most}) {
      Dispatcher dispatcher({{0, most}}, block, chunks);
      std::int64_t units = 0;
      for (int n = 0; n < 9; ++n) {
        const auto next = dispatcher.next();
        if (!next) break;
        EXPECT_EQ(next->first, units);
        units = next->end();
        dispatcher.report(*next);
      }
      EXPECT_EQ(units + dispatcher.units_open(), most) << block << " " << chunks;
      EXPECT_LE(dispatcher.blocks_left(), most);
    }
  }
}

TEST(Sizes, JournalsOfAHugeStudySayWhatIsMissing) {
  const test::Folder folder;
  Journal(folder.path(), 1, 0, test::study(1)).commit(FrameKind::partial, {most - 1, 1}, std::vector<std::byte>(8));
  Journal(folder.path(), 2, 0, test::study(1)).commit(FrameKind::partial, {most, 1}, std::vector<std::byte>(8));
  const Scan scan = scan_journals(folder.path(), test::study(1), most);
  EXPECT_EQ(missing_units(scan, most), (std::vector<Range>{{0, most - 1}}));
  EXPECT_EQ(scan.files[1].good_bytes, 0U) << "a unit beyond the last one is damage";
}

}  // namespace
}  // namespace truce
