// Boxes as lines of a study: what is written is what the box holds, and the parser reads it back.
#include "analysis/discovery/box.hpp"

#include "analysis/discovery/bins.hpp"
#include "tests/analysis/made_result.hpp"

namespace truce::analysis {
namespace {

const char* const varied =
    "[study]\nkernel = anchored_peace\nseed = 3\nreplicates = 2\n[design]\nmethod = sobol\npoints = 8\n[inputs]\n"
    "autocracy_a = uniform(0, 1)\nwar_cost_a = loguniform(0.001, 0.1)\nbalance_drift = normal(0, 0.001)\n"
    "justice_anchor = triangular(0, 0.2, 0.6)\ntalks_every = choice(1, 3, 6)\nhorizon_months = integer(1, "
    "12)\n[store]\n";

std::size_t input_of(const Plan& plan, std::string_view name) {
  return static_cast<std::size_t>(std::ranges::find(plan.kernel->inputs, name, &Input::name) -
                                  plan.kernel->inputs.begin());
}

/// Keeps bins [first, last].
Restriction keep(const Plan& plan, std::string_view name, std::size_t first, std::size_t last) {
  const InputBins bins(plan, input_of(plan, name));
  std::vector<bool> kept(bins.count(), false);
  for (std::size_t i = first; i <= last; ++i) kept[i] = true;
  return bins.restriction(kept);
}

TEST(Box, LinesKeepTheDistributionWithinTheLimits) {
  const test::Study study(varied);
  const Box box{{keep(study.plan, "autocracy_a", 128, 255), keep(study.plan, "war_cost_a", 0, 127),
                 keep(study.plan, "balance_drift", 128, 255), keep(study.plan, "justice_anchor", 0, 255),
                 keep(study.plan, "talks_every", 1, 2), keep(study.plan, "horizon_months", 3, 5)}};
  const std::vector<std::string> lines = box_lines(study.plan, box);
  ASSERT_EQ(lines.size(), 6u);
  EXPECT_EQ(lines[0], "autocracy_a = uniform(0.5, 1)");
  EXPECT_EQ(lines[1].substr(0, 30), "war_cost_a = loguniform(0.001,");
  EXPECT_NEAR(box.restrictions[1].high, 0.01, 1e-12);
  EXPECT_EQ(lines[2].substr(0, 43), "balance_drift = truncated_normal(0, 0.001, ");
  EXPECT_NEAR(box.restrictions[2].low, 0, 1e-15);
  EXPECT_EQ(lines[3], "justice_anchor = uniform(0, 0.6)");
  EXPECT_EQ(lines[4], "talks_every = choice(3, 6)");
  EXPECT_EQ(lines[5], "horizon_months = integer(4, 6)");
}

TEST(Box, TheStudyOfItsLinesStaysInside) {
  const test::Study study(varied);
  const Box box{{keep(study.plan, "autocracy_a", 64, 100), keep(study.plan, "balance_drift", 0, 30),
                 keep(study.plan, "talks_every", 1, 1), keep(study.plan, "horizon_months", 3, 5)}};
  std::string text = "[study]\nkernel = anchored_peace\nseed = 3\n[design]\nmethod = sobol\npoints = 64\n[inputs]\n";
  for (const std::string& line : box_lines(study.plan, box)) text += line + "\n";
  const test::Study inside(text + "[store]\n");
  const Design design(inside.plan), whole(study.plan);
  std::vector<double> inputs(inside.plan.kernel->inputs.size());
  for (std::int64_t base = 0; base < 64; ++base) {
    design.point(base, 0, inputs);
    EXPECT_TRUE(contains(box, inputs));
  }
  inputs[input_of(study.plan, "horizon_months")] = 7;
  EXPECT_FALSE(contains(box, inputs));
}

TEST(Box, BinsOfAnInputAreAlikeInProbability) {
  const test::Study study(varied);
  for (const std::string_view name : {"autocracy_a", "war_cost_a", "balance_drift", "justice_anchor"}) {
    const std::size_t input = input_of(study.plan, name);
    const InputBins bins(study.plan, input);
    ASSERT_EQ(bins.count(), 256u);
    for (int i = 0; i < 256; ++i)
      EXPECT_EQ(bins.code(study.plan.inputs[input].marginal.quantile((i + 0.5) / 256)), i) << name;
  }
}

TEST(Box, ValuesOfAListHaveABinEach) {
  const test::Folder folder;
  std::ofstream(folder / "points.csv") << "autocracy_a\n0.3\n0.1\n0.3\n0.7\n";
  const test::Study study(
      "[study]\nkernel = anchored_peace\nseed = 3\nreplicates = 2\n[design]\nmethod = list\nfile = " +
      (folder / "points.csv").string() + "\n[inputs]\n[store]\n");
  const InputBins bins(study.plan, input_of(study.plan, "autocracy_a"));
  ASSERT_EQ(bins.count(), 3u);
  EXPECT_EQ(bins.code(0.3), 1);
  const Restriction restriction = bins.restriction({false, true, true});
  EXPECT_EQ(restriction.levels, (std::vector<double>{0.3, 0.7}));
  EXPECT_EQ(box_lines(study.plan, {{restriction}})[0], "autocracy_a = choice(0.3, 0.7)");
}

}  // namespace
}  // namespace truce::analysis
