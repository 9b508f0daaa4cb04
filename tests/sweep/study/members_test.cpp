// Members: what the rows of one base point have in common, and in what they differ, from first principles.
#include "sweep/study/members.hpp"

#include <gtest/gtest.h>

#include <set>

#include "kernels/philox.hpp"
#include "sweep/study/design.hpp"
#include "sweep/study/sobol.hpp"
#include "tests/sweep/study/rival_kernels.hpp"

namespace truce {
namespace {

using testing::plan_alone;
using testing::plan_of;
using testing::rival_plans;

using Names = std::vector<std::string>;
using Lines = std::vector<std::pair<std::string, std::string>>;

constexpr std::size_t share = 0, drift = 1, rate = 2, every = 3, count = 4, mode = 5;
const std::string inputs =
    "[inputs]\nshare = uniform(0, 1)\ndrift = normal(0, 0.1)\nevery = choice(1, 3, 6, 12)\ncount = integer(2, 9)\n";

std::string study(const std::string& design, const std::string& more = inputs) {
  return "[study]\nkernel = toy\nseed = 861\n[design]\nmethod = " + design + "\n" + more;
}

Plan sampled(const std::string& method, int points, const std::string& more = "") {
  return plan_of(study(method + "\npoints = " + std::to_string(points), inputs + more));
}

std::vector<double> row(const Design& design, const Plan& plan, std::int64_t base, int member) {
  std::vector<double> values(plan.inputs.size(), -99);
  design.point(base, member, values);
  return values;
}

TEST(Saltelli, TakesExactlyOneColumnOfEachMemberFromB) {
  const Plan plan = sampled("saltelli", 256);
  ASSERT_EQ(plan.members, 4 + 2);
  EXPECT_EQ(plan.rows_of_point(), 256 * 6);
  EXPECT_EQ(member_names(plan), (Names{"A", "AB_share", "AB_drift", "AB_every", "AB_count", "B"}));
  const Design design(plan);
  const std::vector<std::size_t> varied{share, drift, every, count};
  std::set<std::size_t> moved;
  for (std::int64_t base = 0; base < 256; ++base) {
    const auto a = row(design, plan, base, 0), b = row(design, plan, base, 5);
    for (std::size_t f = 0; f < varied.size(); ++f) {
      const auto ab = row(design, plan, base, static_cast<int>(f) + 1);
      for (std::size_t i = 0; i < a.size(); ++i) EXPECT_EQ(ab[i], i == varied[f] ? b[i] : a[i]) << i;
      if (ab != a) moved.insert(f);
    }
    EXPECT_NE(a[share], b[share]);
    EXPECT_EQ(b[rate], 1) << "what is not varied is constant";
  }
  EXPECT_EQ(moved.size(), varied.size());
}

TEST(Saltelli, HasTheRowsOfASobolDesignInA) {
  const Plan saltelli = sampled("saltelli", 64), sobol = sampled("sobol", 64);
  const Design with_members(saltelli), without(sobol);
  for (std::int64_t base = 0; base < 64; ++base)
    EXPECT_EQ(row(with_members, saltelli, base, 0), row(without, sobol, base, 0));
}

TEST(Saltelli, StratifiesEveryColumnOfAAndOfB) {
  constexpr std::int64_t points = 128;
  const Plan plan = plan_of(study("saltelli\npoints = 128", "[inputs]\nall = range\n"));
  const Design design(plan);
  std::set<std::vector<double>> columns;
  for (const bool from_b : {false, true})
    for (std::size_t input = 0; input < plan.inputs.size(); ++input) {
      std::set<int> strata;
      std::vector<double> column;
      for (std::int64_t base = 0; base < points; ++base) {
        column.push_back(design.probability(base, input, from_b));
        strata.insert(static_cast<int>(column.back() * points));
      }
      EXPECT_EQ(strata.size(), static_cast<std::size_t>(points)) << input << (from_b ? " of B" : " of A");
      columns.insert(column);
    }
  EXPECT_EQ(columns.size(), 2 * plan.inputs.size()) << "no two columns are the same dimension";
}

// The toy kernel declares 7 inputs: B has dimensions 7 to 13 of the sequence, scrambled with the keys of these.
TEST(Saltelli, HasInBTheDimensionsBehindThoseOfA) {
  const Plan plan = sampled("saltelli", 64);
  const Design design(plan);
  const auto directions = sobol_directions(14);
  for (const std::size_t input : {share, drift, every, count})
    for (const bool from_b : {false, true}) {
      const std::size_t dimension = input + (from_b ? 7 : 0);
      const auto key = philox({static_cast<std::uint32_t>(dimension), 0, 18U << 24, 0}, {861, 0});
      for (std::uint32_t base = 0; base < 64; ++base) {
        const std::uint32_t bits = sobol_point(std::span(directions).subspan(32 * dimension, 32), base);
        EXPECT_EQ(design.probability(base, input, from_b), uniform(owen_scramble(bits, {key[0], key[1]})));
      }
    }
}

TEST(Saltelli, VaryingOneMoreInputChangesNothingForTheOthers) {
  const Plan few = sampled("saltelli", 32), more = sampled("saltelli", 32, "rate = loguniform(1, 2)\n");
  ASSERT_EQ(more.members, few.members + 1);
  const Design of_few(few), of_more(more);
  for (std::int64_t base = 0; base < 32; ++base)
    for (const std::size_t input : {share, drift, every, count}) {
      EXPECT_EQ(of_few.value(base, 0, input), of_more.value(base, 0, input));
      EXPECT_EQ(of_few.value(base, few.members - 1, input), of_more.value(base, more.members - 1, input));
    }
}

TEST(Morris, HasTheRowsOfSaltelliWithoutB) {
  const std::string groups = "[groups]\nboth = count, share\n";
  for (const auto& more : {std::string(), groups}) {
    const Plan saltelli = sampled("saltelli", 32, more), morris = sampled("morris", 32, more);
    ASSERT_EQ(morris.members, saltelli.members - 1);
    const Design of_saltelli(saltelli), of_morris(morris);
    for (std::int64_t base = 0; base < 32; ++base)
      for (int member = 0; member < morris.members; ++member)
        EXPECT_EQ(row(of_morris, morris, base, member), row(of_saltelli, saltelli, base, member));
  }
  EXPECT_EQ(member_names(sampled("morris", 32, groups)), (Names{"base", "both", "drift", "every"}));
}

TEST(Groups, MoveTogetherInThePlaceOfTheirFirstInput) {
  const Plan alone = sampled("saltelli", 16),
             plan = sampled("saltelli", 16, "[groups]\ntiming = every\nboth = count, drift\n");
  EXPECT_EQ(member_names(plan), (Names{"A", "AB_share", "AB_both", "AB_timing", "B"}));
  EXPECT_EQ(group_of(plan, drift), "both");
  EXPECT_EQ(group_of(plan, share), "");
  const Design design(plan), ungrouped(alone);
  for (std::int64_t base = 0; base < 16; ++base) {
    const auto a = row(design, plan, base, 0), both = row(design, plan, base, 2), b = row(design, plan, base, 4);
    for (std::size_t i = 0; i < a.size(); ++i) EXPECT_EQ(both[i], i == drift || i == count ? b[i] : a[i]) << i;
    EXPECT_EQ(b, row(ungrouped, alone, base, 5)) << "A and B know nothing of groups";
  }
}

TEST(Groups, OfOneStudyAreWrittenInOneWay) {
  const Plan plan = sampled("morris", 16, "[groups]\ntiming = every\nboth = count, drift\n");
  EXPECT_NE(plan.canonical.find("[groups]\nboth = drift, count\ntiming = every\n"), std::string::npos)
      << plan.canonical;
  EXPECT_EQ(plan.study_id, sampled("morris", 16, "[groups]\nboth = drift, count\ntiming = every\n").study_id);
  EXPECT_NE(plan.study_id, sampled("morris", 16, "[groups]\nboth = drift, count\n").study_id);
  EXPECT_EQ(plan_from_canonical(plan.canonical, testing::toy_kernels()).study_id, plan.study_id);
}

TEST(Paired, MovesItsInputsAndNothingElse) {
  const std::string pair = "[pair]\nmode = quiet -> none\nrate = 0.5->2\n";
  const Plan plan = plan_of(study("paired\npoints = 32", inputs + pair)), sobol = sampled("sobol", 32);
  ASSERT_EQ(plan.members, 2);
  EXPECT_EQ(member_names(plan), (Names{"from", "to"}));
  EXPECT_EQ(pair_lines(plan), (Lines{{"rate", "0.5 -> 2"}, {"mode", "quiet -> none"}}));
  const Design design(plan), base_points(sobol);
  for (std::int64_t base = 0; base < 32; ++base)
    for (const int member : {0, 1}) {
      auto expected = row(base_points, sobol, base, 0);
      expected[rate] = member == 0 ? 0.5 : 2;
      expected[mode] = member == 0 ? 0 : 2;
      EXPECT_EQ(row(design, plan, base, member), expected);
    }
}

TEST(Paired, StandsOnAnyDesignOfBasePoints) {
  testing::write_file("l.csv", "share,count\n0.25,3\n1,4\n");
  const std::string list = "list\nfile = l.csv", finite = "[inputs]\nshare = list(0, 0.5)\ncount = integer(2, 4)\n";
  for (const auto& [base, more] : {std::pair(std::string("latin_hypercube\npoints = 8"), inputs),
                                   {"monte_carlo\npoints = 8", inputs},
                                   {"grid", finite},
                                   {list, ""}}) {
    const Plan plan = plan_of(study("paired\nbase = " + base, more + "[pair]\nrate = 1 -> 3\n"));
    const Plan alone = plan_of(study(base, more));
    ASSERT_EQ(plan.points, alone.points);
    const Design design(plan), base_points(alone);
    for (std::int64_t number = 0; number < plan.points; ++number) {
      EXPECT_EQ(row(design, plan, number, 0), row(base_points, alone, number, 0)) << base;
      EXPECT_EQ(design.value(number, 1, rate), 3);
    }
  }
}

TEST(Paired, SwitchesAMechanismBetweenItsOffValuesAndTheStudys) {
  for (const bool on_last : {true, false}) {
    const std::string line = std::string("mechanism = sharing: ") + (on_last ? "off -> on" : "on -> off");
    const Plan plan = plan_of(study("paired\npoints = 16", inputs + "[pair]\n" + line + "\n")),
               sobol = sampled("sobol", 16);
    EXPECT_EQ(pair_lines(plan), (Lines{{"mechanism", line.substr(12)}}));
    const Design design(plan), base_points(sobol);
    for (std::int64_t base = 0; base < 16; ++base) {
      auto expected = row(base_points, sobol, base, 0);
      EXPECT_EQ(row(design, plan, base, on_last ? 1 : 0), expected);
      expected[share] = 0;
      expected[count] = 2;
      EXPECT_EQ(row(design, plan, base, on_last ? 0 : 1), expected);
    }
    EXPECT_EQ(plan_from_canonical(plan.canonical, testing::toy_kernels()).study_id, plan.study_id);
  }
}

// Only the member in which the mechanism is on has the values of the list.
TEST(Paired, ReadsAListBackFromTheMemberThatHasIt) {
  testing::write_file("l.csv", "share\n0.25\n1\n");
  for (const char* way : {"off -> on", "on -> off"}) {
    const Plan plan =
        plan_of(study("paired\nbase = list\nfile = l.csv", std::string("[pair]\nmechanism = sharing: ") + way + "\n"));
    const Design design(plan);
    const ListReader reader = [&](const Names& columns, int member) {
      EXPECT_EQ(columns, Names{"share"});
      return std::vector<double>{design.value(0, member, share), design.value(1, member, share)};
    };
    EXPECT_EQ(plan_from_canonical(plan.canonical, testing::toy_kernels(), reader).study_id, plan.study_id) << way;
  }
}

TEST(Paired, FromAndToMayBeTheSame) {
  const Plan plan = sampled("paired", 8, "[pair]\nrate = 2 -> 2\n");
  const Design design(plan);
  EXPECT_EQ(row(design, plan, 3, 0), row(design, plan, 3, 1));
  EXPECT_EQ(plan.notes.back(), "pair.rate: from and to are the same value, so nothing will differ");
}

TEST(Members, OfSeveralKernelsShareAAndB) {
  const std::string design =
      "[design]\nmethod = saltelli\npoints = 16\n[inputs]\nshare = uniform(0, 0.5)\ncost = uniform(0, 1)\n";
  const auto plans = rival_plans(design + "depth = uniform(1, 3)\n[groups]\nboth = share, depth\n");
  ASSERT_EQ(plans.size(), 2U);
  EXPECT_EQ(member_names(plans[0]), (Names{"A", "AB_cost", "AB_both", "B"})) << "north has no depth";
  EXPECT_EQ(member_names(plans[1]), (Names{"A", "AB_both", "AB_cost", "B"})) << "south declares depth, share, cost";
  const Design north(plans[0]), south(plans[1]);
  for (std::int64_t base = 0; base < 16; ++base)
    for (const int member : {0, 3}) {
      EXPECT_EQ(north.value(base, member, 2), south.value(base, member, 1)) << "share";
      EXPECT_EQ(north.value(base, member, 1), south.value(base, member, 2)) << "cost";
    }
}

// In company B begins behind the inputs of all kernels; alone, the same lines must say so.
TEST(Members, OfOneOfSeveralKernelsAreThoseThatItHasAlone) {
  const auto plans = rival_plans("[design]\nmethod = saltelli\npoints = 16\n[inputs]\nshare = uniform(0, 0.5)\n");
  for (const Plan& plan : plans) {
    EXPECT_NE(plan.canonical.find("declared = 4\n"), std::string::npos);
    const Plan again = plan_from_canonical(plan.canonical, testing::rival_kernels());
    EXPECT_EQ(again.study_id, plan.study_id);
    const Design alone(again), together(plan);
    const int b = plan.members - 1;
    for (std::int64_t base = 0; base < 16; ++base) EXPECT_EQ(row(alone, again, base, b), row(together, plan, base, b));
  }
  const Plan without =
      plan_alone("north", "[design]\nmethod = saltelli\npoints = 16\n[inputs]\nshare = uniform(0, 0.5)\n");
  EXPECT_EQ(without.canonical.find("declared"), std::string::npos);
  EXPECT_NE(Design(without).value(5, 2, 2), Design(plans[0]).value(5, 2, 2)) << "north alone declares 3";
}

}  // namespace
}  // namespace truce
