// A larger study of the same rows: which methods have one, and what it differs in.
#include "sweep/study/extension.hpp"

#include <gtest/gtest.h>

#include "sweep/study/design.hpp"
#include "sweep/study/study_keys.hpp"
#include "tests/sweep/study/study_kernel.hpp"

namespace truce {
namespace {

using testing::expect_parts;
using testing::plan_of;
using testing::toy_kernels;

std::string study(const std::string& method, const std::string& more = "") {
  const std::string pair = method.starts_with("paired") ? "[pair]\nrate = 1 -> 2\n" : "";
  return "[study]\ntitle = A title\nkernel = toy\nreplicates = 8\n" + more + "[design]\nmethod = " + method +
         "\npoints = 16\n[inputs]\nshare = uniform(0, 1)\ncount = integer(2, 5)\n[levers]\ndrift = list(0, 0.5)\n" +
         pair;
}

Plan extended(const Plan& plan, const Extension& extension) { return extend_plan(plan, extension, toy_kernels()); }

std::string refusal(const Plan& plan, const Extension& extension) {
  try {
    extended(plan, extension);
  } catch (const Error& error) {
    EXPECT_EQ(error.exit(), Exit::usage);
    return error.what();
  }
  return "";
}

TEST(Extension, IsTheStudyThatAsksForMoreAtOnce) {
  for (const char* method : {"sobol", "monte_carlo", "saltelli", "morris", "paired\nbase = monte_carlo"}) {
    const Plan plan = plan_of(study(method));
    EXPECT_EQ(extended(plan, {40, {}}).canonical, plan_of(study(method), {"--design.points=40"}).canonical);
    EXPECT_EQ(extended(plan, {{}, 40}).canonical, plan_of(study(method), {"--study.replicates=40"}).canonical);
    EXPECT_EQ(extended(plan, {40, {}}).title, "A title");
    EXPECT_EQ(extended(plan, {40, {}}).row_id, plan.row_id);
    EXPECT_NE(extended(plan, {40, {}}).study_id, plan.study_id);
  }
}

// The table is right: a method without a reason keeps every point, one with a reason moves some.
TEST(Extension, KeepsThePointsOfEveryMethodThatHasNoReasonAgainstIt) {
  for (const char* method :
       {"sobol", "monte_carlo", "latin_hypercube", "saltelli", "morris", "paired", "paired\nbase = latin_hypercube"}) {
    const Plan plan = plan_of(study(method)), larger = plan_of(study(method), {"--design.points=40"});
    const Design before(plan), after(larger);
    bool same = true;
    for (std::int64_t base = 0; base < plan.points; ++base)
      for (int member = 0; member < plan.members; ++member)
        same = same && before.value(base, member, 0) == after.value(base, member, 0);
    EXPECT_EQ(same, why_points_move(plan.placement).empty()) << method;
  }
}

TEST(Extension, HasAnAnswerForEveryMethod) {
  for (std::size_t method = 0; method < method_names().size(); ++method) {
    const std::string& name = method_names()[method];
    const bool move = name == "grid" || name == "latin_hypercube" || name == "list";
    EXPECT_EQ(why_points_move(static_cast<Method>(method)).empty(), !move) << name;
  }
}

TEST(Extension, OfPointsThatMoveIsRefusedWithTheReason) {
  expect_parts(refusal(plan_of(study("latin_hypercube")), {40, {}}), {"latin_hypercube", "strata", "larger study"});
  expect_parts(refusal(plan_of(study("paired\nbase = latin_hypercube")), {40, {}}),
               {"(base = latin_hypercube", "strata"});
  const Plan grid = plan_of("[study]\nkernel = toy\n[design]\nmethod = grid\n[inputs]\ncount = integer(2, 5)\n");
  expect_parts(refusal(grid, {40, {}}), {"grid", "levels"});
  EXPECT_EQ(extended(grid, {{}, 40}).replicates, 40u) << "but replicates can be had of any method";
}

TEST(Extension, OfAListHasItsPointsAndMoreReplicates) {
  testing::write_file("l.csv", "share\n0.25\n0.75\n");
  const Plan list = plan_of("[study]\nkernel = toy\n[design]\nmethod = list\nfile = l.csv\n");
  expect_parts(refusal(list, {40, {}}), {"list", "CSV"});
  const Plan larger = extended(list, {{}, 40});
  EXPECT_EQ(larger.row_id, list.row_id);
  EXPECT_EQ(larger.list_values, list.list_values);
}

TEST(Extension, ThatIsNoMoreIsRefused) {
  const Plan plan = plan_of(study("sobol"));
  for (const std::int64_t points : {1, 15, 16})
    expect_parts(refusal(plan, {points, {}}), {"--points", "16", "not more"});
  for (const std::int64_t replicates : {1, 8})
    expect_parts(refusal(plan, {{}, replicates}), {"--replicates", "8", "not more"});
  expect_parts(refusal(plan, {(std::int64_t{1} << 32) + 1, {}}), {"design.points", "out of range"});
}

TEST(Extension, OfReplicatesOnDemandIsOfPointsOnly) {
  const std::string more = "precision_of = length\nprecision = 0.5\nreplicates_max = 64\n";
  const Plan plan = plan_of(study("sobol", more));
  expect_parts(refusal(plan, {{}, 64}), {"precision_of", "decides itself"});
  EXPECT_EQ(extended(plan, {32, {}}).canonical, plan_of(study("sobol", more), {"--design.points=32"}).canonical);
}

}  // namespace
}  // namespace truce
