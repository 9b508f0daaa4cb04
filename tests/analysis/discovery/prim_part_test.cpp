// The part `prim`: its tables say what the boxes are, and a box can be read back from them.
#include "analysis/discovery/prim_part.hpp"

#include <cmath>

#include "analysis/data/moments_reader.hpp"
#include "analysis/discovery/bins.hpp"
#include "tests/analysis/made_result.hpp"

namespace truce::analysis {
namespace {

/// War months of gamblers_ruin are 100 where the chance of winning is high, under the second policy alone.
struct Made {
  Made()
      : study(test::ruin("replicates = 2\n"), {"--design.points=400"}),
        design(study.plan),
        data(test::made_result(study.plan, [&](const std::string& column, std::int64_t row, std::size_t policy) {
          if (column == "war_months") return policy == 1 && chance(row) > 0.55 ? 100.0 : 1.0;
          return column.ends_with("_n") || column == "replicates" ? 2.0 : 0.0;
        })) {}
  double chance(std::int64_t base) const { return design.value(base, 0, 2); }

  test::Study study;
  Design design;
  Dataset data;
};

std::vector<AnswerTable> answer(const Made& made, double threshold) {
  Settings settings;
  settings.series = {made.data.find_series("war_months")};
  settings.resamples = 20;
  settings.thresholds = {{settings.series[0], threshold}};
  const auto crew = make_local_crew();
  return prim_part().answer({*crew, made.data, settings});
}

double at(const AnswerTable& table, const std::string& name, std::size_t place) {
  const auto found = std::ranges::find(table.answers, name, &Answer::name);
  return found == table.answers.end() ? -1 : found->values[place];
}

TEST(PrimPart, TellsTheBoxOfEachPolicyAndGoal) {
  const Made made;
  const auto tables = answer(made, 50);
  ASSERT_EQ(tables.size(), 3u);
  const std::size_t boxes = 3;
  const auto first_box = [&](std::size_t policy, std::size_t goal) { return (policy * 2 + goal) * boxes; };
  EXPECT_TRUE(std::isnan(at(tables[0], "prim_density", first_box(0, 0))));  // nowhere above the threshold
  EXPECT_TRUE(std::isnan(at(tables[0], "prim_density", first_box(0, 1))));  // everywhere below: no box tells more
  EXPECT_EQ(at(tables[0], "prim_density", first_box(1, 0)), 1);
  EXPECT_EQ(at(tables[0], "prim_coverage", first_box(1, 0)), 1);
  EXPECT_EQ(at(tables[0], "prim_threshold", first_box(1, 0)), 50);
  EXPECT_NEAR(at(tables[1], "prim_low", first_box(1, 0)), 0.55, 0.003);
  EXPECT_NEAR(at(tables[1], "prim_high", first_box(1, 1)), 0.55, 0.003);
  EXPECT_EQ(at(tables[1], "prim_restricted", first_box(1, 0)), 1);
  const std::size_t steps = tables[2].axes[3].labels.size();
  EXPECT_EQ(at(tables[2], "prim_step_mass", 2 * steps), 1);
  double chosen = 0;
  for (std::size_t step = 0; step < steps; ++step) {
    const double here = at(tables[2], "prim_step_chosen", 2 * steps + step);
    chosen += std::isnan(here) ? 0 : here;
  }
  EXPECT_EQ(chosen, 1);
}

TEST(PrimPart, BoxesOfLowOutcomesMirrorThoseOfHighOnes) {
  const Made made;
  const auto tables = answer(made, 50);
  EXPECT_EQ(at(tables[0], "prim_points", 6) + at(tables[0], "prim_points", 9), 400);
  EXPECT_EQ(at(tables[0], "prim_base_rate", 6) + at(tables[0], "prim_base_rate", 9), 1);
}

TEST(PrimPart, ARestrictionIsReadBackFromItsNumbers) {
  const test::Study study(
      "[study]\nkernel = anchored_peace\nseed = 3\n[design]\nmethod = sobol\npoints = 8\n[inputs]\n"
      "autocracy_a = uniform(0, 1)\ntalks_every = choice(1, 3, 6)\n[store]\n");
  for (std::size_t i = 0; i < study.plan.inputs.size(); ++i) {
    if (study.plan.inputs[i].role != PlannedInput::Role::varied) continue;
    const InputBins bins(study.plan, i);
    std::vector<bool> kept(bins.count(), false);
    for (std::size_t bin = 1; bin < std::min<std::size_t>(kept.size(), 100); ++bin) kept[bin] = true;
    const Restriction expected = bins.restriction(kept);
    EXPECT_EQ(bins.between(expected.low, expected.high, NAN), expected);
  }
}

}  // namespace
}  // namespace truce::analysis
