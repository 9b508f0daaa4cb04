// Blocks: the bytes do not depend on slices, batches or blocks; memory is bounded or the study is refused.
#include "sweep/run/block_run.hpp"

#include <gtest/gtest.h>

#include <set>

#include "tests/sweep/run/run_fixture.hpp"

namespace truce {
namespace {

using test::error_of;
using test::says;
using test::Study;

/// 201 chances x `starts` starts of gamblers_ruin, as policies.
std::string many_policies(const std::string& more, int starts) {
  std::string list = "1";
  for (int i = 2; i <= starts; ++i) list += ", " + std::to_string(i);
  return "[study]\nkernel = gamblers_ruin\nseed = 3\n" + more +
         "[design]\nmethod = monte_carlo\npoints = 2\n[inputs]\nforts = " + std::to_string(starts + 5) +
         "\n[levers]\nwin_probability = steps(0.4, 0.6, 201)\nforts_a = list(" + list + ")\n[store]\n";
}

TEST(BlockRun, WorksInSmallPiecesWhenTheClockRuns) {
  const Study study(test::ruin("replicates = 40\n"), {"--design.points=200"});
  const Design design(study.plan);
  const Layout layout = layout_of(study.plan);
  double time = 0;
  BlockRun slow(study.plan, design, layout, code_for(study.plan), [&] { return time += 1; });
  slow.begin({0, 200});
  int slices = 1;
  while (!slow.advance()) ++slices;
  // 400 siblings: at most 16 prepared and 256 runs (7 siblings of 40) folded in a slice whose time is over at once
  EXPECT_GT(slices, 400 / 16 + 400 / 7);
  EXPECT_EQ(std::vector<std::byte>(slow.payload().begin(), slow.payload().end()), study.payload({0, 200}));
}

TEST(BlockRun, GivesAUnitTheSameRowAloneAndAmongOthers) {
  const Study study(test::ruin("replicates = 3\n"), {"--design.points=3000"});  // several batches
  const Layout layout = layout_of(study.plan);
  const auto all = study.payload({0, 3000});
  const auto before = layout.bytes_before();
  for (const std::int64_t unit : {0, 1, 682, 683, 2999}) {
    const auto alone = study.payload({unit, 1});
    for (std::size_t c = 0; c < layout.columns.size(); ++c) {
      if (layout.columns[c].origin != Origin::row) continue;
      const auto bytes = static_cast<long>(layout.columns[c].row_bytes());
      const auto at = all.begin() + static_cast<long>(before[c]) * 3000 + unit * bytes;
      EXPECT_TRUE(std::equal(at, at + bytes, alone.begin() + static_cast<long>(before[c]))) << layout.columns[c].name;
    }
  }
}

/// The values of an f64 column of a payload of one row.
std::vector<double> column_of(const Layout& layout, std::span<const std::byte> row, const std::string& name) {
  const auto c = static_cast<std::size_t>(std::ranges::find(layout.columns, name, &Column::name) -
                                          layout.columns.begin());
  std::vector<double> values(layout.columns.at(c).width);
  std::memcpy(values.data(), row.data() + layout.bytes_before()[c], layout.columns[c].row_bytes());
  return values;
}

TEST(BlockRun, TakesDifferencesFromTheFirstPolicyAlsoBeyondABatch) {
  const Study study(many_policies("replicates = 100\n", 3));  // 603 policies x 100 runs, 40 policies a batch
  const Layout layout = layout_of(study.plan);
  const auto row = study.payload({1, 1});
  const auto mean = column_of(layout, row, "war_months"), difference = column_of(layout, row, "war_months_diff");
  ASSERT_EQ(mean.size(), 603U);
  for (std::size_t p = 0; p < mean.size(); ++p) EXPECT_NEAR(difference[p], mean[p] - mean[0], 1e-9) << p;
  EXPECT_GT(std::set<double>(mean.begin(), mean.end()).size(), 100U);
}

TEST(BlockRun, HoldsTheSameRunsInHandForAnyNumberOfPolicies) {
  const Study study(many_policies("replicates = 1024\n", 10));
  const Design design(study.plan);
  Batch batch(study.plan, design, code_for(study.plan));
  EXPECT_EQ(study.plan.policies(), 2010);
  EXPECT_EQ(batch.units_at_once(), 1);
  EXPECT_EQ(batch.policies_at_once(), 4);
}

TEST(BlockRun, RefusesWhatNeedsTooMuchMemory) {
  const auto refusal = [](const std::string& more, const std::vector<std::string>& options) {
    const Study study(many_policies(more, 50), options);
    const Design design(study.plan);
    const Layout layout = layout_of(study.plan);
    return error_of([&] { BlockRun(study.plan, design, layout, code_for(study.plan)); });
  };
  const auto [exit, text] = refusal("replicates = 1024\n", {"--store.rows=run"});
  EXPECT_EQ(exit, Exit::usage);
  EXPECT_TRUE(says(text, {"10050 policies", "a row for each", "store.rows = point"}));
  const Study points(many_policies("replicates = 1024\n", 50));
  const Design design(points.plan);
  const Layout layout = layout_of(points.plan);
  EXPECT_NO_THROW(BlockRun(points.plan, design, layout, code_for(points.plan)));
}

}  // namespace
}  // namespace truce
