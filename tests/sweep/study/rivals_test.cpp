// Studies of several kernels: one numbering of inputs, the same values where they are shared, an identity for each.
#include <gtest/gtest.h>

#include "sweep/study/design.hpp"
#include "sweep/study/extension.hpp"
#include "sweep/study/identity.hpp"
#include "tests/sweep/store/store_fixture.hpp"
#include "tests/sweep/study/rival_kernels.hpp"

namespace truce {
namespace {

using testing::plan_alone;
using testing::rival_kernels;
using testing::rival_plans;
using Role = PlannedInput::Role;

const std::string shared = "[inputs]\npace = uniform(0, 2)\ncost = uniform(0, 1)\nshare = uniform(0, 0.5)\n";
const std::string sobol = "seed = 5\n[design]\nmethod = sobol\npoints = 32\n";

std::vector<double> point(const Plan& plan, std::int64_t number) {
  std::vector<double> inputs(plan.inputs.size());
  Design(plan).point(number, 0, inputs);
  return inputs;
}

void expect_round_trip(const Plan& plan) {
  const ListReader list = [&](const std::vector<std::string>& columns, int) {
    EXPECT_EQ(columns.size(), plan.list_columns);
    return plan.list_values;
  };
  const Plan again = plan_from_canonical(plan.canonical, rival_kernels(), list);
  EXPECT_EQ(again.study_id, plan.study_id);
  EXPECT_EQ(again.row_id, plan.row_id);
  ASSERT_EQ(again.points, plan.points);
  for (std::int64_t number = 0; number < plan.points; ++number) EXPECT_EQ(point(again, number), point(plan, number));
}

TEST(Rivals, InputsAreNumberedOverAllThatTheKernelsDeclareAsTheyAreNamed) {
  const auto plans = rival_plans(sobol + shared);
  ASSERT_EQ(plans.size(), 2U);
  EXPECT_EQ(plans[0].kernel->name, "north");
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(plans[0].inputs[i].dimension, i);
  EXPECT_EQ(plans[1].inputs[0].dimension, 3U) << "depth comes after all of north";
  EXPECT_EQ(plans[1].inputs[1].dimension, 2U);
  EXPECT_EQ(plans[1].inputs[2].dimension, 1U);
  EXPECT_EQ(plans[1].inputs[0].role, Role::constant);
}

TEST(Rivals, SharedInputsHaveTheSameValuesAtTheSamePoint) {
  for (const char* method : {"monte_carlo", "latin_hypercube", "sobol"}) {
    const auto plans = rival_plans("[design]\npoints = 32\nmethod = " + std::string(method) + "\n" + shared +
                                   "depth = uniform(1, 3)\n");
    const Plan alone = plan_alone(
        "south", "[design]\npoints = 32\nmethod = " + std::string(method) + "\n[inputs]\ncost = uniform(0, 1)\n");
    for (std::int64_t number = 0; number < 32; ++number) {
      const auto north = point(plans[0], number), south = point(plans[1], number);
      EXPECT_EQ(north[1], south[2]) << method << ", cost at " << number;
      EXPECT_EQ(north[2], south[1]) << method << ", share at " << number;
      EXPECT_NE(south[0] / 2 - 0.5, north[0] / 2) << "depth has a dimension of its own";
      EXPECT_NE(south[2], point(alone, number)[2]) << "alone, cost is the third of south";
    }
    for (const Plan& plan : plans) expect_round_trip(plan);
  }
}

TEST(Rivals, AreWhatTheFirstKernelGivesAlone) {
  const auto plans = rival_plans(sobol + shared);
  EXPECT_EQ(plans[0].study_id, plan_alone("north", sobol + shared).study_id);
  EXPECT_EQ(plans[0].canonical.find("dimensions"), std::string::npos);
  const std::string own = sobol + "[inputs]\ncost = uniform(0, 1)\nshare = uniform(0, 0.5)\n";
  EXPECT_NE(plans[1].study_id, plan_alone("south", own).study_id);
  EXPECT_EQ(plans[1].study_id, plan_alone("south", own + "[dimensions]\nshare = 2\ncost = 1\n").study_id);
  EXPECT_NE(plans[1].canonical.find("[levers]\n[dimensions]\nshare = 2\ncost = 1\n[store]"), std::string::npos)
      << plans[1].canonical;
}

TEST(Rivals, AStudyOfOneKernelHasTheTextThatItAlwaysHad) {
  const Plan plan = plan_alone("south", "seed = 5\n[design]\nmethod = grid\n[inputs]\ncost = list(0, 1)\n");
  EXPECT_EQ(plan.canonical,
            "# study format 1, south version 1\n[study]\nkernel = south\nseed = 5\nreplicates = 1\n"
            "common_random_numbers = no\n[design]\nmethod = grid\npoints = 2\n[inputs]\ndepth = 2\nshare = 0.2\n"
            "cost = list(0, 1)\n[levers]\n[store]\nrows = point\n");
  EXPECT_EQ(plan_alone("south", "seed = 5\n[design]\nmethod = grid\n[inputs.south]\ncost = list(0, 1)\n").study_id,
            plan.study_id);
}

TEST(Rivals, AGridHasTheRowsOfAllThatAnyKernelVaries) {
  const auto plans = rival_plans(
      "[design]\nmethod = grid\n[inputs]\npace = list(0, 1)\nshare = list(0, 0.25, 0.5)\ndepth = list(1, 2)\n"
      "[inputs.north]\ncost = list(0, 1)\n[inputs.south]\ncost = 0.5\n");
  std::int64_t row = 0;
  for (const double pace : {0., 1.})
    for (const double cost : {0., 1.})
      for (const double share : {0., 0.25, 0.5})
        for (const double depth : {1., 2.}) {
          EXPECT_EQ(point(plans[0], row), (std::vector<double>{pace, cost, share})) << row;
          EXPECT_EQ(point(plans[1], row), (std::vector<double>{depth, share, 0.5})) << row;
          ++row;
        }
  for (const Plan& plan : plans) {
    EXPECT_EQ(plan.points, row);
    expect_round_trip(plan);
  }
  EXPECT_NE(plans[1].canonical.find("grid = 4, 3, 2\n[inputs]"), std::string::npos) << plans[1].canonical;
}

TEST(Rivals, AGridOfWhatOneKernelLacksRepeatsItsPoint) {
  const auto plans = rival_plans("[design]\nmethod = grid\n[inputs]\npace = list(0, 1, 2)\n");
  EXPECT_EQ(plans[1].points, 3);
  EXPECT_EQ(point(plans[1], 2), (std::vector<double>{2, 0.2, 0.1}));
  expect_round_trip(plans[1]);
  EXPECT_EQ(plans[0].canonical,
            plan_alone("north", "[design]\nmethod = grid\n[inputs]\npace = list(0, 1, 2)\n").canonical);
}

TEST(Rivals, AListLeavesOutTheColumnsThatAKernelDoesNotHave) {
  testing::write_file("l.csv", "share,depth,pace\n0.25,1,0.5\n0.5,3,1.5\n");
  const auto plans = rival_plans("[design]\nmethod = list\nfile = l.csv\n");
  EXPECT_EQ(point(plans[0], 1), (std::vector<double>{1.5, 0.1, 0.5}));
  EXPECT_EQ(point(plans[1], 1), (std::vector<double>{3, 0.5, 0.1}));
  for (const Plan& plan : plans) expect_round_trip(plan);
  testing::write_file("l.csv", "pace\n0.5\n1.5\n");
  const auto bare = rival_plans("[design]\nmethod = list\nfile = l.csv\n");
  EXPECT_EQ(bare[1].points, 2);
  EXPECT_EQ(bare[1].list_columns, 0U);
  for (const Plan& plan : bare) expect_round_trip(plan);
}

TEST(Rivals, KeysOfOneKernelGoBeforeThoseOfAllAndKeepTheDimension) {
  const auto plans = rival_plans(sobol + shared + "[inputs.south]\nshare = uniform(0, 0.25)\nall = range\n",
                                 {"--inputs.south.cost=0.3", "--inputs.north.cost=uniform(0, 0.5)"});
  EXPECT_EQ(plans[0].inputs[2].marginal.text, "uniform(0, 0.5)");
  EXPECT_EQ(plans[0].inputs[1].marginal.text, "uniform(0, 0.5)");
  EXPECT_EQ(plans[1].inputs[1].marginal.text, "uniform(0, 0.25)");
  EXPECT_EQ(plans[1].inputs[0].marginal.text, "uniform(1, 3)") << "all = range of south alone";
  EXPECT_EQ(plans[1].inputs[2].role, Role::constant);
  for (std::int64_t number = 0; number < 32; ++number)
    EXPECT_DOUBLE_EQ(point(plans[1], number)[1], point(plans[0], number)[2] / 2) << "the same probability";
}

TEST(Rivals, AllRangeIsForAllKernels) {
  for (const Plan& plan : rival_plans(sobol + "[inputs]\nall = range\n"))
    for (const PlannedInput& input : plan.inputs) EXPECT_EQ(input.role, Role::varied);
}

TEST(Rivals, LeversOfAllComeBeforeThoseOfOne) {
  const auto plans = rival_plans("[levers.south]\ndepth = list(1, 2, 3)\n[levers]\nshare = list(0, 0.5)\n");
  EXPECT_EQ(plans[0].policies(), 2);
  EXPECT_EQ(plans[1].policies(), 6);
  std::vector<double> north(3), south(3);
  for (std::int64_t policy = 0; policy < 6; ++policy) {
    Design(plans[0]).policy(policy / 3, north);
    Design(plans[1]).policy(policy, south);
    EXPECT_EQ(south[1], north[2]) << policy;
    EXPECT_EQ(south[0], static_cast<double>(policy % 3 + 1)) << policy;
  }
  const auto own =
      rival_plans("[levers.south]\nshare = list(0.1)\n[levers]\nshare = list(0, 0.5)\ncost = list(0, 1)\n");
  EXPECT_EQ(own[1].levers[0].values, std::vector<double>{0.1}) << "in the place of the lever of all";
  EXPECT_EQ(own[0].levers[0].values.size(), 2U);
}

TEST(Rivals, FilesAreNamedAfterTheKernels) {
  const auto files = [](const std::string& rest) {
    std::vector<std::string> names;
    for (const Plan& plan : rival_plans(rest)) names.push_back(plan.file);
    return names;
  };
  using Names = std::vector<std::string>;
  EXPECT_EQ(files(""), (Names{"rivals.north.h5", "rivals.south.h5"}));
  EXPECT_EQ(files("[store]\nfile = out/x.h5\n"), (Names{"out/x.north.h5", "out/x.south.h5"}));
  for (const std::string file : {"a.b", "a"}) {
    const std::string said = test::error_of([&] { files("[store]\nfile = " + file + "\n"); }).second;
    EXPECT_NE(said.find(file + " does not end in .h5"), std::string::npos) << said;
    EXPECT_EQ(said.find("north"), std::string::npos) << "told once";
  }
}

TEST(Rivals, AreExtendedOneByOne) {
  const auto plans = rival_plans(sobol + shared), larger = rival_plans(sobol + shared, {"--design.points=64"});
  EXPECT_EQ(extend_plan(plans[1], {.points = 64, .replicates = {}}, rival_kernels()).study_id, larger[1].study_id);
  const auto grids = [](const std::string& replicates) {
    return rival_plans("replicates = " + replicates + "\n[design]\nmethod = grid\n[inputs]\npace = list(0, 1)\n");
  };
  EXPECT_EQ(extend_plan(grids("2")[1], {.points = {}, .replicates = 4}, rival_kernels()).study_id,
            grids("4")[1].study_id);
}

}  // namespace
}  // namespace truce
