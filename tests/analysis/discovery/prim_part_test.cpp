// The part `prim`: its tables say what the boxes are, and a box can be read back from them.
#include "analysis/discovery/prim_part.hpp"

#include <cmath>
#include <cstring>

#include "analysis/data/moments_reader.hpp"
#include "analysis/discovery/bins.hpp"
#include "sweep/crew/collective.hpp"
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

/// Victories (at the second policy) and war months rise with the chance of winning; at the first policy chance alone
/// decides, between 0 and `share`.
std::filesystem::path noisy_result(const test::Study& study, double share) {
  const Design design(study.plan);
  return test::made_result(study.plan, [&](const std::string& column, std::int64_t row, std::size_t policy) {
    const double rise = (design.value(row, 0, 2) - 0.4) / 0.2, noise = static_cast<double>(row * 7919 % 101) / 101;
    if (column == "ending_victory_a") return policy == 1 ? 0.8 * rise + 0.2 * noise : share * noise;
    if (column == "war_months") return 20 * rise + 30 * noise;
    return column.ends_with("_n") || column == "replicates" ? 2.0 : 0.0;
  });
}

std::vector<AnswerTable> answer(Crew& crew, const std::filesystem::path& file, std::size_t series, double bytes_each) {
  const Dataset data(file);
  Settings settings;
  settings.series = {data.find_series("ending_victory_a"), data.find_series("war_months")};
  settings.series.resize(series);
  settings.resamples = 10;
  return prim_tables({crew, data, settings}, CodedPoints(crew, data, bytes_each));
}

TEST(PrimPart, AnyNumberOfRanksGivesTheSameNumbersHoweverTheyHoldThePoints) {
  const test::Study study(test::ruin("replicates = 2\n"), {"--design.points=400"});
  const auto file = noisy_result(study, 1);
  for (const std::size_t series : {1, 2}) {  // 4 searches, 8 searches
    const auto expected = answer(*make_local_crew(), file, series, CodedPoints::most_bytes_each);
    for (const std::size_t search : {2, 3}) EXPECT_GT(at(expected[0], "prim_mass", search * 3), 0);
    for (const int ranks : {1, 2, 3, 5})
      for (const double bytes_each : {CodedPoints::most_bytes_each, 0.0})
        run_threads(ranks, 1, [&](Crew& crew) {
          const auto tables = answer(crew, file, series, bytes_each);
          ASSERT_EQ(tables.size(), crew.rank() == 0 ? expected.size() : 0);
          for (std::size_t t = 0; t < tables.size(); ++t) {
            EXPECT_EQ(tables[t].axes, expected[t].axes);
            for (std::size_t a = 0; a < tables[t].answers.size(); ++a) {
              const auto &numbers = tables[t].answers[a].values, &same = expected[t].answers[a].values;
              ASSERT_EQ(numbers.size(), same.size());
              EXPECT_EQ(std::memcmp(numbers.data(), same.data(), same.size() * sizeof(double)), 0)
                  << tables[t].answers[a].name << " on " << ranks << " ranks";
            }
          }
        });
  }
}

TEST(PrimPart, WhatFailsInOneSearchFailsOnAllRanks) {
  const test::Study study(test::ruin("replicates = 2\n"), {"--design.points=400"});
  const auto file = noisy_result(study, 1.5);  // no share
  for (const int ranks : {1, 2, 3, 5})
    for (const double bytes_each : {CodedPoints::most_bytes_each, 0.0}) {
      int told = 0;
      run_threads(ranks, 1, [&](Crew& crew) {
        try {
          answer(crew, file, 2, bytes_each);
        } catch (const AgreedError& error) {
          told += std::string(error.what()).find("shares lie between 0 and 1") != std::string::npos ? 1 : 0;
        }
      });
      EXPECT_EQ(told, ranks);
    }
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
