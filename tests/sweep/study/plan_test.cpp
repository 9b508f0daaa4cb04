// What a good study becomes: defaults, marginals, levers, points, options, identity.
#include "sweep/study/plan.hpp"

#include <gtest/gtest.h>

#include "sweep/base/sha256.hpp"
#include "sweep/study/identity.hpp"
#include "sweep/study/marginal_shapes.hpp"
#include "sweep/study/study_keys.hpp"
#include "tests/sweep/study/study_kernel.hpp"

namespace truce {
namespace {

using testing::plan_of;
using Role = PlannedInput::Role;
using Shape = Marginal::Shape;

const std::string base = "[study]\nkernel = toy\n";

TEST(Plan, OfAStudyThatVariesNothingHasOnePointAtTheDefaults) {
  const Plan plan = plan_of(base);
  EXPECT_EQ(plan.points, 1);
  EXPECT_EQ(plan.policies(), 1);
  EXPECT_EQ(plan.runs(), 1);
  EXPECT_EQ(plan.file, "a.h5");
  EXPECT_EQ(plan.rows, Rows::point);
  EXPECT_FALSE(plan.block.has_value());
  for (std::size_t i = 0; i < plan.inputs.size(); ++i) {
    EXPECT_EQ(plan.inputs[i].role, Role::constant);
    EXPECT_EQ(plan.inputs[i].value, plan.kernel->inputs[i].standard);
  }
}

TEST(Plan, ReadsEveryKey) {
  const Plan plan = plan_of(
      "[study]\ntitle = A title # comment\nkernel = toy\nseed = 18446744073709551615\nreplicates = 1e3\n"
      "common_random_numbers = yes\n[design]\nmethod = monte_carlo\npoints = 4096\n[inputs]\nshare = uniform(0.1, .9)\n"
      "mode = loud\n[levers]\ncount = list(2, 4)\ndrift = steps(0, 1, 5)\n[store]\nfile = x/y.h5\nrows = run\nblock = "
      "12\n");
  EXPECT_EQ(plan.title, "A title");
  EXPECT_EQ(plan.seed, 18446744073709551615ULL);
  EXPECT_EQ(plan.replicates, 1000U);
  EXPECT_TRUE(plan.common_random_numbers);
  EXPECT_EQ(plan.method, Method::monte_carlo);
  EXPECT_EQ(plan.points, 4096);
  EXPECT_EQ(plan.rows, Rows::run);
  EXPECT_EQ(plan.file, "x/y.h5");
  EXPECT_EQ(plan.block, 12);
  EXPECT_EQ(plan.inputs[0].marginal.text, "uniform(0.1, 0.9)");
  EXPECT_EQ(plan.inputs[5].value, 1);
  ASSERT_EQ(plan.levers.size(), 2U);
  EXPECT_EQ(plan.levers[0].input, 4U);
  EXPECT_EQ(plan.levers[1].values, (std::vector<double>{0, 0.25, 0.5, 0.75, 1}));
  EXPECT_EQ(plan.policies(), 10);
  EXPECT_EQ(plan.runs(), 4096LL * 10 * 1000);
}

TEST(Plan, AllRangeVariesWhatNothingElseNames) {
  const Plan plan = plan_of(base +
                            "[design]\nmethod = sobol\npoints = 8\n[inputs]\nall = range\nrate = 2\n[levers]\n"
                            "drift = list(0, 0.5)\n");
  EXPECT_EQ(plan.inputs[0].marginal.text, "uniform(0, 1)");
  EXPECT_EQ(plan.inputs[1].role, Role::lever);
  EXPECT_EQ(plan.inputs[2].role, Role::constant);
  EXPECT_EQ(plan.inputs[3].marginal.text, "choice(1, 3, 6, 12)");
  EXPECT_EQ(plan.inputs[4].marginal.text, "integer(2, 5)");
  EXPECT_EQ(plan.inputs[5].marginal.text, "choice(quiet, loud, none)");
  EXPECT_EQ(plan.inputs[6].role, Role::constant) << "an empty range stays at the default";
}

TEST(Plan, GridPointsFollowFromTheLevels) {
  const Plan plan = plan_of(base +
                            "[design]\nmethod = grid\n[inputs]\nshare = list(0, 1)\ndrift = steps(-1, 1, 5)\n"
                            "count = integer(1, 3)\n");
  EXPECT_EQ(plan.points, 30);
}

TEST(Plan, OptionsReplaceKeysOfTheFileAndKeepTheOrderOfLevers) {
  const std::string text = base + "[levers]\nshare = list(0, 1)\ncount = list(1)\n";
  const Plan plan =
      plan_of(text, {"--levers.share=list(0.5)", "--study.seed", "7", "--inputs.drift", "-0.5", "--store.rows=run"});
  EXPECT_EQ(plan.levers[0].input, 0U);
  EXPECT_EQ(plan.levers[0].values, std::vector<double>{0.5});
  EXPECT_EQ(plan.seed, 7U);
  EXPECT_EQ(plan.inputs[1].value, -0.5);
  EXPECT_EQ(plan.rows, Rows::run);
}

TEST(Plan, NotesAnUnevenSobolAndATruncatedNormal) {
  const Plan plan = plan_of(base + "[design]\nmethod = sobol\npoints = 100\n[inputs]\ndrift = normal(0, 0.5)\n");
  ASSERT_EQ(plan.notes.size(), 2U);
  testing::expect_parts(plan.notes[0], {"inputs.drift", "normal(0, 0.5)", "-1 to 1", "0.0455"});  // 2 (1 - Phi(2))
  testing::expect_parts(plan.notes[1], {"100 is not a power of two", "64 or 128"});
}

TEST(Plan, NotesIndicesThatOneReplicateLeavesChanceIn) {
  const std::string saltelli = "[design]\nmethod = saltelli\npoints = 64\n[inputs]\nshare = uniform(0, 1)\n";
  const Plan plan = plan_of(base + saltelli);
  ASSERT_EQ(plan.notes.size(), 1U);
  testing::expect_parts(plan.notes[0], {"study.replicates: 1 leaves chance within the indices", "; write 2 or more"});
  EXPECT_TRUE(plan_of(base + "replicates = 2\n" + saltelli).notes.empty());
  EXPECT_TRUE(plan_of(base + "common_random_numbers = yes\n" + saltelli).notes.empty());
}

TEST(Plan, ReadsAListInAnyColumnOrder) {
  testing::write_file("l.csv", "mode,share\r\nloud,0.25\r\n\"none\", 1\r\n\r\n");
  const Plan plan = plan_of(base + "[design]\nmethod = list\nfile = l.csv\n");
  EXPECT_EQ(plan.points, 2);
  EXPECT_EQ(plan.list_columns, 2U);
  EXPECT_EQ(plan.list_values, (std::vector<double>{0.25, 1, 1, 2}));
  EXPECT_EQ(plan.inputs[5].column, 1U);
}

TEST(Identity, IgnoresSpellingTitleFileAndBlock) {
  const std::string rest = "[design]\nmethod = sobol\npoints = 64\n[inputs]\nshare = uniform(0, 1)\n";
  const Plan a = plan_of("[study]\nkernel = toy\ntitle = x\n" + rest);
  const Plan b = plan_of(
      "[design]\npoints=6.4e1\nmethod=sobol\n[inputs]\ncount = 2\nshare =  uniform( 0.0 ,1e0 )\n"
      "[study]\nkernel = toy\nseed = 0\n[store]\nfile = z.h5\nblock = 7\n");
  EXPECT_EQ(a.study_id, b.study_id);
  EXPECT_EQ(a.study_id.size(), 64U);
  EXPECT_EQ(a.study_id, hex(sha256(a.canonical + numeric_fingerprint())));
}

TEST(Identity, KnowsOneZero) {
  const std::string rest = base + "[design]\nmethod = sobol\npoints = 4\n[inputs]\n";
  const Plan minus = plan_of(rest + "drift = -0\nrate = uniform(1, 2)\n[levers]\nshare = list(-0.0, 1)\n");
  const Plan plus = plan_of(rest + "drift = 0\nrate = uniform(1, 2)\n[levers]\nshare = list(0, 1)\n");
  EXPECT_EQ(minus.canonical, plus.canonical);
  EXPECT_EQ(minus.study_id, plus.study_id);
}

TEST(Identity, ChangesWithEveryKeyThatDecidesBytes) {
  const std::string text = base + "[design]\nmethod = sobol\npoints = 64\n[inputs]\nshare = uniform(0, 1)\n";
  const Plan plan = plan_of(text);
  for (const char* option :
       {"--study.seed=1", "--study.replicates=2", "--study.common_random_numbers=yes", "--study.arithmetic=float",
        "--design.points=32", "--design.method=monte_carlo", "--inputs.share=uniform(0, 0.5)", "--inputs.rate=2",
        "--levers.rate=list(1)", "--store.rows=run", "--store.quantiles=yes"}) {
    const Plan other = plan_of(text, {option});
    EXPECT_NE(plan.study_id, other.study_id) << option;
    EXPECT_NE(identity_difference(plan.canonical, other.canonical), "") << option;
    const bool extends = std::string(option).find("points") != std::string::npos ||
                         std::string(option).find("replicates") != std::string::npos;
    EXPECT_EQ(plan.row_id == other.row_id, extends) << option;
  }
}

TEST(Identity, DifferenceNamesTheKeys) {
  const Plan a = plan_of(base + "seed = 1\n"), b = plan_of(base + "seed = 2\n[levers]\nshare = list(0.5)\n");
  EXPECT_EQ(identity_difference(a.canonical, a.canonical), "");
  EXPECT_EQ(identity_difference(a.canonical, b.canonical),
            "inputs.share: 0.5 against (not given)\nlevers.share: (not given) against list(0.5)\n"
            "study.seed: 1 against 2\n");
}

TEST(Identity, IsThatOfStudiesWithoutTheKeyWhereNoQuantilesAreAsked) {
  const Plan silent = plan_of(base), no = plan_of(base + "[store]\nquantiles = no\n");
  EXPECT_EQ(no.canonical, silent.canonical);
  EXPECT_EQ(silent.canonical.find("quantiles"), std::string::npos);
  const Plan yes = plan_of(base + "[store]\nquantiles = yes\n");
  EXPECT_TRUE(plan_from_canonical(yes.canonical, testing::toy_kernels()).quantiles);
}

TEST(Identity, CanonicalTextGivesThePlanBack) {
  const Plan plan = plan_of(
      base +
      "seed = 9\nreplicates = 5\n[design]\nmethod = latin_hypercube\npoints = 17\n[inputs]\nall = range\n"
      "drift = truncated_normal(0.1, 0.3, -0.5, 1)\nrate = loguniform(0.1, 3)\n[levers]\nmode = list(none, quiet)\n"
      "fixed = steps(0, 1, 4)\n[store]\nrows = run\n");
  const Plan again = plan_from_canonical(plan.canonical, testing::toy_kernels());
  EXPECT_EQ(again.study_id, plan.study_id);
  EXPECT_EQ(again.row_id, plan.row_id);
  EXPECT_EQ(again.levers[1].values, plan.levers[1].values);
  EXPECT_EQ(again.inputs[1].marginal.p_lo, plan.inputs[1].marginal.p_lo);
}

TEST(Identity, CanonicalTextOfAListAsksForItsColumns) {
  testing::write_file("l.csv", "rate,share\n2,0.25\n3,0.1\n");
  const Plan plan = plan_of(base + "[design]\nmethod = list\nfile = l.csv\n[levers]\ncount = list(1, 2)\n");
  const auto reader = [&](const std::vector<std::string>& columns, int) {
    EXPECT_EQ(columns, (std::vector<std::string>{"share", "rate"}));
    return std::vector<double>{0.25, 2, 0.1, 3};
  };
  EXPECT_EQ(plan_from_canonical(plan.canonical, testing::toy_kernels(), reader).study_id, plan.study_id);
  const auto wrong = [](const std::vector<std::string>&, int) { return std::vector<double>{0.25, 2, 0.1, 4}; };
  EXPECT_THROW(plan_from_canonical(plan.canonical, testing::toy_kernels(), wrong), Error);
  EXPECT_THROW(plan_from_canonical(plan.canonical, testing::toy_kernels()), Error);
}

TEST(Identity, CanonicalTextOfAnotherKernelVersionIsRefusedWithTheDifference) {
  const Plan plan = plan_of(base);
  auto newer = testing::toy_kernels();
  newer[0].version = 4;
  try {
    plan_from_canonical(plan.canonical, newer);
    FAIL();
  } catch (const Error& error) {
    testing::expect_parts(error.what(), {"toy version 3 against", "toy version 4"});
  }
}

TEST(Plan, HelpNamesEveryMethodAndDistribution) {
  const auto methods = method_help();
  ASSERT_EQ(methods.size(), method_names().size());
  for (std::size_t i = 0; i < methods.size(); ++i) EXPECT_EQ(methods[i].first, method_names()[i]);
  const auto distributions = distribution_help();
  const auto names = distribution_names();
  ASSERT_EQ(distributions.size(), names.size());
  for (std::size_t i = 0; i < names.size(); ++i) EXPECT_TRUE(distributions[i].first.starts_with(names[i] + "("));
}

TEST(Plan, HelpNamesEveryKey) {
  std::string keys;
  for (const auto& [key, meaning] : study_key_help()) {
    keys += key + " ";
    EXPECT_FALSE(meaning.empty()) << key;
  }
  EXPECT_EQ(
      keys,
      "study.title study.kernel study.seed study.replicates study.precision_of study.precision study.replicates_max "
      "study.common_random_numbers study.arithmetic design.method design.points design.base design.file design.grid "
      "design.declared claims.only claims.ranges inputs.all inputs.<input> inputs.<kernel>.<input> levers.<input> "
      "levers.<kernel>.<input> groups.<name> pair.<input> pair.mechanism claim <name>.title claim <name>.section "
      "claim <name>.extension claim <name>.kernels claim <name>.move claim <name>.under claim <name>.outcome "
      "claim <name>.sign claim <name>.where claim <name>.shared claim <name>.by_construction dimensions.<input> "
      "store.file store.rows store.quantiles "
      "store.block ");
}

}  // namespace
}  // namespace truce
