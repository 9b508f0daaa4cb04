// Members: which of them see the same chance events, and what their rows say of the differences.
#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "sweep/run/set_up.hpp"
#include "tests/sweep/run/run_fixture.hpp"

namespace truce {
namespace {

using test::column;
using test::Study;

/// A study of gamblers_ruin with 6 base points.
std::string ruin(const std::string& method, const std::string& study_keys, const std::string& sections) {
  return "[study]\nkernel = gamblers_ruin\nseed = 3\n" + study_keys + "[design]\nmethod = " + method +
         "\npoints = 6\n" + sections + "[store]\n";
}

const std::string chance = "[inputs]\nwin_probability = uniform(0.4, 0.6)\n";
const std::string policies = "[levers]\nforts_a = list(3, 5)\n";

std::vector<std::byte> all(const Study& study) { return study.payload({0, study.plan.units()}); }

/// All row columns that are no differences, of every `step`-th row from `first` on.
std::vector<std::vector<double>> rows_of(const Study& study, std::size_t first, std::size_t step) {
  const auto payload = all(study);
  std::vector<std::vector<double>> picked;
  for (const Column& c : layout_of(study.plan).columns) {
    if (c.origin != Origin::row || c.name.find("_diff") != std::string::npos) continue;
    const auto values = column(study, payload, c.name);
    auto& part = picked.emplace_back();
    for (std::size_t row = first; row * c.width < values.size(); row += step)
      for (std::size_t i = 0; i < c.width; ++i)
        part.push_back(std::isnan(values[row * c.width + i]) ? -1 : values[row * c.width + i]);
  }
  return picked;
}

TEST(Members, OfAPairWithEqualValuesDifferInNothing) {
  for (const std::string& levers : {std::string(), policies}) {
    const Study study(ruin("paired", "replicates = 40\n", chance + levers + "[pair]\nforts = 9 -> 9\n"));
    EXPECT_EQ(rows_of(study, 0, 2), rows_of(study, 1, 2));
    const auto payload = all(study);
    const auto difference = column(study, payload, "war_months_diff"),
               spread = column(study, payload, "war_months_diff_var");
    const std::size_t width = levers.empty() ? 1 : 2;
    for (std::size_t row = 1; row * width < difference.size(); row += 2)
      for (std::size_t i = row * width; i < (row + 1) * width; ++i) {
        EXPECT_EQ(difference[i], 0);
        EXPECT_EQ(spread[i], 0);
      }
  }
}

TEST(Members, OfAPairHaveTheRunsThatTheirBasePointHasWithoutThePair) {
  const Study paired(ruin("paired", "replicates = 30\n", chance + policies + "[pair]\nforts = 9 -> 12\n"));
  for (const std::size_t member : {0U, 1U}) {
    const Study alone(
        ruin("sobol", "replicates = 30\n", chance + (member == 0 ? "forts = 9\n" : "forts = 12\n") + policies));
    EXPECT_EQ(rows_of(paired, member, 2), rows_of(alone, 0, 1));
  }
}

TEST(Members, OfSaltelliSeeOtherChanceEventsUnlessAllSeeTheSame) {
  const std::string same = "[inputs]\nforts = choice(10, 10)\n";  // A, AB and B are one point
  for (const char* method : {"saltelli", "morris"}) {
    const Study own(ruin(method, "replicates = 30\n", same));
    const auto members = static_cast<std::size_t>(own.plan.members);
    EXPECT_NE(rows_of(own, 0, members), rows_of(own, 1, members));
    std::set<std::uint64_t> streams;
    for (std::int64_t base = 0; base < 6; ++base)
      for (int member = 0; member < own.plan.members; ++member) streams.insert(stream_of(own.plan, base, member));
    EXPECT_EQ(streams.size(), 6 * members);
    EXPECT_EQ(*streams.rbegin(), 6 * members - 1) << "they are the rows of point";
    const Study common(ruin(method, "replicates = 30\ncommon_random_numbers = yes\n", same));
    const auto first = rows_of(common, 0, 1000);
    for (std::size_t row = 1; row < 6 * members; ++row) EXPECT_EQ(rows_of(common, row, 1000), first);
  }
}

struct Sums {
  double n = 0, sum = 0, squares = 0;
};

/// Which sibling (policy, member) the differences of another are taken from, as FORMAT.md says.
std::pair<std::size_t, std::size_t> reference(bool pair, std::size_t policy, std::size_t member) {
  if (pair && member == 1) return {policy, 0};
  return {0, member};
}

/// Differences of war_months by another way: from the rows of all runs, [base][replicate][member][policy].
void expect_differences(const std::string& method, const std::string& sections) {
  constexpr std::size_t replicates = 25;
  const std::string keys = "replicates = " + std::to_string(replicates) + "\n";
  const Study points(ruin(method, keys, sections)), runs(ruin(method, keys, sections + "[store]\nrows = run\n"));
  const bool pair = points.plan.pair.has_value();
  const auto members = static_cast<std::size_t>(points.plan.members),
             width = static_cast<std::size_t>(points.plan.policies());
  const auto months = column(runs, all(runs), "war_months"), mean = column(points, all(points), "war_months_diff"),
             variance = column(points, all(points), "war_months_diff_var"),
             count = column(points, all(points), "war_months_diff_n");
  std::size_t differ = 0;
  for (std::size_t base = 0; base < 6; ++base)
    for (std::size_t member = 0; member < members; ++member)
      for (std::size_t policy = 0; policy < width; ++policy) {
        Sums sums;
        const auto [first_policy, first_member] = reference(pair, policy, member);
        for (std::size_t r = 0; r < replicates; ++r) {
          const std::size_t run = (base * replicates + r) * members * width;
          const double d = months[run + member * width + policy] - months[run + first_member * width + first_policy];
          sums.n += 1;
          sums.sum += d;
          sums.squares += d * d;
        }
        const std::size_t at = (base * members + member) * width + policy;
        EXPECT_EQ(count[at], sums.n);
        EXPECT_NEAR(mean[at], sums.sum / sums.n, 1e-9);
        EXPECT_NEAR(variance[at], (sums.squares - sums.sum * sums.sum / sums.n) / (sums.n - 1), 1e-6);
        differ += mean[at] != 0 ? 1 : 0;
      }
  EXPECT_GE(differ, 6U) << "the case shows nothing";
}

TEST(Members, OfAPairAreSubtractedRunByRun) {
  expect_differences("paired", chance + "[pair]\nforts = 9 -> 12\n");
  expect_differences("paired", chance + policies + "[pair]\nforts = 9 -> 12\n");
}

TEST(Members, OfSaltelliHaveDifferencesBetweenPoliciesAlone) {
  expect_differences("saltelli", chance + policies);
  const Study without(ruin("saltelli", "replicates = 4\n", chance));
  for (const Column& c : layout_of(without.plan).columns) EXPECT_EQ(c.name.find("_diff"), std::string::npos) << c.name;
}

/// Every base point of a study with replicates on demand has the rows that it has with as many from the start.
TEST(Members, StopTogetherWithTheRowsOfFixedReplicates) {
  const std::string stages =
      "replicates = 8\nreplicates_max = 2048\nprecision_of = ending_victory_a\nprecision = 0.06\n";
  const std::string wide = "[inputs]\nwin_probability = uniform(0.05, 0.6)\n";
  for (const auto& [method, sections] : {std::pair("paired", wide + policies + "[pair]\nforts = 9 -> 12\n"),
                                         {"saltelli", wide + "forts = integer(9, 12)\n" + policies}}) {
    const Study staged(ruin(method, stages, sections));
    const auto used = column(staged, all(staged), "replicates");
    const std::size_t siblings = used.size() / 6;
    EXPECT_GT(std::set(used.begin(), used.end()).size(), 1U) << "the case shows nothing";
    for (std::size_t base = 0; base < 6; ++base) {
      for (std::size_t s = 0; s < siblings; ++s) EXPECT_EQ(used[base * siblings + s], used[base * siblings]);
      const Study fixed(
          ruin(method, "replicates = " + std::to_string(static_cast<int>(used[base * siblings])) + "\n", sections));
      const auto unit = static_cast<std::int64_t>(base), chunks = fixed.plan.chunks();
      EXPECT_EQ(staged.payload({unit, 1}), fixed.payload({unit * chunks, chunks})) << method << base;
    }
  }
}

std::string text(const Column& column, const std::string& name) {
  for (const Attribute& attribute : column.attributes)
    if (attribute.name == name)
      if (const auto* words = std::get_if<std::string>(&attribute.value)) return *words;
  return "";
}

const Column& named(const Layout& layout, const std::string& name) {
  return *std::ranges::find(layout.columns, name, &Column::name);
}

TEST(Members, AreNamedInTheFile) {
  const Study grouped(ruin(
      "saltelli", "", chance + "forts = integer(9, 12)\nforts_a = integer(2, 4)\n[groups]\nforce = forts, forts_a\n"));
  const Layout layout = layout_of(grouped.plan);
  EXPECT_EQ(text(named(layout, "member"), "flag_meanings"), "A AB_force AB_win_probability B");
  EXPECT_EQ(text(named(layout, "member"), "method"), "saltelli");
  EXPECT_EQ(named(layout, "member").type, Type::u8);
  EXPECT_EQ(text(named(layout, "forts"), "group"), "force");
  EXPECT_EQ(text(named(layout, "win_probability"), "group"), "");
  const Study paired(ruin("paired", "", chance + policies + "[pair]\nforts = 9 -> 12\n"));
  const Layout pair = layout_of(paired.plan);
  EXPECT_EQ(text(named(pair, "member"), "flag_meanings"), "from to");
  EXPECT_EQ(text(named(pair, "member"), "pair"), "forts = 9 -> 12");
  EXPECT_EQ(text(named(pair, "forts"), "role"), "moved");
  EXPECT_EQ(named(pair, "forts").dimensions, std::vector<std::string>{"point"});
  EXPECT_NE(text(named(pair, "war_months_diff"), "long_name").find("of member to from member from at the same policy"),
            std::string::npos);
}

}  // namespace
}  // namespace truce
