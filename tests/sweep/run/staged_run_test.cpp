// Replicates on demand: every point stops where a search over fixed studies says, and has the bytes of that study.
#include <gtest/gtest.h>

#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <set>

#include "sweep/run/pilot.hpp"
#include "sweep/run/runs_made.hpp"
#include "tests/sweep/run/run_fixture.hpp"

namespace truce {
namespace {

using test::Study;

std::string keys(std::int64_t first, std::int64_t most, const std::string& of, double half_width) {
  return "replicates = " + std::to_string(first) + "\nreplicates_max = " + std::to_string(most) +
         "\nprecision_of = " + of + "\nprecision = " + std::to_string(half_width) + "\n";
}

/// The values of one column in a payload of whole points.
std::vector<double> column(const Study& study, const std::vector<std::byte>& payload, std::int64_t points,
                           const std::string& name) {
  const Layout layout = layout_of(study.plan);
  const auto c =
      static_cast<std::size_t>(std::ranges::find(layout.columns, name, &Column::name) - layout.columns.begin());
  const std::byte* from = payload.data() + layout.bytes_before().at(c) * static_cast<std::size_t>(points);
  const bool whole = layout.columns.at(c).type == Type::i32;
  std::vector<double> values(layout.columns[c].width * static_cast<std::size_t>(points));
  for (std::size_t i = 0; i < values.size(); ++i) {
    std::int32_t count = 0;
    std::memcpy(&count, from + 4 * i, 4);
    whole ? void(values[i] = count) : void(std::memcpy(&values[i], from + 8 * i, 8));
  }
  return values;
}

/// Half-widths from what a fixed study stores, by other formulas: the ends of Wilson's interval are the roots of
/// (1 + z^2/n) p^2 - (2 s + z^2/n) p + s^2, Student's quantile is Boost's.
double half_width(const std::string& of, double mean, double variance, double n) {
  if (of.starts_with("ending")) {
    const double z2 = 1.959963984540054 * 1.959963984540054, a = 1 + z2 / n, b = -(2 * mean + z2 / n);
    return std::sqrt(b * b - 4 * a * mean * mean) / (2 * a);
  }
  if (!(n >= 2) || !(variance > 0)) return std::numeric_limits<double>::infinity();
  return quantile(boost::math::students_t(n - 1), 0.975) * std::sqrt(variance / n);
}

/// Whether every policy of a point in a study of fixed replicates is precise enough.
bool is_enough(const Study& fixed, const std::vector<std::byte>& row, const std::string& of, double most) {
  const bool whole_flag = of == "ending";
  for (const std::string& name : whole_flag ? std::vector<std::string>{"ending_settlement", "ending_victory_a",
                                                                       "ending_victory_d", "ending_ongoing"}
                                            : std::vector<std::string>{of}) {
    const auto n = column(fixed, row, 1, of.starts_with("ending") ? "ending_n" : of + "_n");
    const auto mean = column(fixed, row, 1, name), variance = column(fixed, row, 1, name + "_var");
    for (std::size_t p = 0; p < n.size(); ++p)
      if (!(n[p] > 0) || half_width(of, mean[p], variance[p], n[p]) > most) return false;
  }
  return true;
}

struct Case {
  std::string of;
  double precision;
  std::int64_t first, most;
};

class Stages : public testing::TestWithParam<Case> {};

TEST_P(Stages, EndAsASearchOverFixedStudiesSaysWithTheirBytes) {
  const auto& [of, precision, first, most] = GetParam();
  const Study staged(test::ruin(keys(first, most, of, precision)), {"--design.points=12"});
  std::set<std::int64_t> used;
  for (std::int64_t base = 0; base < 12; ++base) {
    std::vector<std::byte> expected;
    for (std::int64_t replicates = first;; replicates = std::min(2 * replicates, most)) {
      const Study fixed(test::ruin("replicates = " + std::to_string(replicates) + "\n"), {"--design.points=12"});
      const std::int64_t chunks = fixed.plan.chunks();
      expected = fixed.payload({base * chunks, chunks});
      if (replicates < most && !is_enough(fixed, expected, of, precision)) continue;
      used.insert(replicates);
      break;
    }
    EXPECT_EQ(staged.payload({base, 1}), expected) << base;
  }
  EXPECT_GT(used.size(), 1U) << "the case shows nothing";
}

// within one chunk; beyond it, with a first stage that fits into no chunk evenly; a first stage above a chunk
INSTANTIATE_TEST_SUITE_P(StagedRun, Stages,
                         testing::Values(Case{"ending_victory_a", 0.08, 8, 1000}, Case{"ending", 0.03, 16, 4096},
                                         Case{"war_months", 1.0, 300, 5000}, Case{"war_months", 3.0, 2, 1024},
                                         Case{"ending_victory_d", 0.017, 1500, 6000}));

TEST(StagedRun, GivesAPointTheSameRowAloneAndAmongOthers) {
  const Study study(test::ruin(keys(4, 3000, "ending_victory_a", 0.05)), {"--design.points=200"});  // several batches
  const Layout layout = layout_of(study.plan);
  const auto all = study.payload({0, 200});
  const auto before = layout.bytes_before();
  for (std::int64_t unit = 0; unit < 200; unit += 7) {
    const auto alone = study.payload({unit, 1});
    for (std::size_t c = 0; c < layout.columns.size(); ++c) {
      if (layout.columns[c].origin != Origin::row) continue;
      const auto bytes = static_cast<long>(layout.columns[c].row_bytes());
      const auto at = all.begin() + static_cast<long>(before[c]) * 200 + unit * bytes;
      EXPECT_TRUE(std::equal(at, at + bytes, alone.begin() + static_cast<long>(before[c]))) << layout.columns[c].name;
    }
  }
}

TEST(StagedRun, StopsSiblingsTogetherAtTheLeastPrecise) {
  // p = 1/2 of 10 forts: A wins 5 of 10 wars from 5 forts (some 270 runs), 1 of 10 from 1 fort (some 100)
  const auto replicates = [](const std::string& starts) {
    const Study study("[study]\nkernel = gamblers_ruin\n" + keys(16, 4096, "ending_victory_a", 0.06) +
                      "[levers]\nforts_a = list(" + starts + ")\n[store]\n");
    return column(study, study.payload({0, 1}), 1, "replicates");
  };
  const double calm = replicates("1").front(), wild = replicates("5").front();
  EXPECT_LT(calm, wild);
  EXPECT_EQ(replicates("1, 5"), (std::vector<double>{wild, wild}));
  EXPECT_EQ(replicates("5, 1"), (std::vector<double>{wild, wild}));
}

TEST(StagedRun, NeverStopsWhereAllValuesAreEqual) {
  const Study study("[study]\nkernel = gamblers_ruin\n" + keys(16, 100, "war_months", 2.0) +
                    "[inputs]\nforts = 2\nforts_a = 1\n[store]\n");  // every war is one battle
  EXPECT_EQ(column(study, study.payload({0, 1}), 1, "replicates"), std::vector<double>{100});
}

TEST(StagedRun, TakesAPointWithASiblingThatAlwaysFailsToTheEnd) {
  const std::string more = "[levers]\nforts = list(9, 12)\n[inputs]\nforts_a = 10\n[store]\n";
  const Study staged("[study]\nkernel = gamblers_ruin\n" + keys(16, 1500, "ending", 0.3) + more);
  const Study fixed("[study]\nkernel = gamblers_ruin\nreplicates = 1500\n" + more);
  const auto row = staged.payload({0, 1});
  EXPECT_EQ(column(staged, row, 1, "runs_failed"), (std::vector<double>{1500, 0}));
  EXPECT_EQ(row, fixed.payload({0, fixed.plan.chunks()}));
}

TEST(StagedRun, MarksTheRunsThatBreakTheirDeclaration) {
  Kernel broken = *find_kernel("gamblers_ruin");
  broken.outcomes[0].meanings = broken.outcomes[0].meanings.first(2);  // a victory of D has a code that is not declared
  const std::span<const Kernel> from(&broken, 1);
  const std::string kernel = "[study]\nkernel = gamblers_ruin\n";
  const Study staged(kernel + keys(16, 2048, "war_months", 2.5) + "[store]\n", {}, from);
  const auto row = staged.payload({0, 1});
  const double used = column(staged, row, 1, "replicates").front();
  EXPECT_LT(used, 2048);
  EXPECT_NEAR(column(staged, row, 1, "runs_failed").front(), used / 2, 2 * std::sqrt(used));
  const Study fixed(kernel + "[store]\n", {"--study.replicates=" + std::to_string(static_cast<int>(used))}, from);
  EXPECT_EQ(row, fixed.payload({0, fixed.plan.chunks()}));
}

TEST(StagedRun, WorksInSmallPiecesAndCountsWhatItRan) {
  const Study study(test::ruin(keys(16, 2048, "ending_victory_a", 0.05)), {"--design.points=30"});
  const Design design(study.plan);
  const Layout layout = layout_of(study.plan);
  double time = 0;
  BlockRun slow(study.plan, design, layout, code_for(study.plan), [&] { return time += 1; });
  slow.begin({0, 30});
  std::int64_t slices = 1, seen = 0;
  for (; !slow.advance(); ++slices) {
    EXPECT_GE(slow.ended(), seen);
    seen = slow.ended();
  }
  const auto whole = study.payload({0, 30});
  EXPECT_EQ(std::vector<std::byte>(slow.payload().begin(), slow.payload().end()), whole);
  double runs = 0;
  for (const double replicates : column(study, whole, 30, "replicates")) runs += replicates;
  EXPECT_EQ(static_cast<double>(slow.runs()), runs);
  EXPECT_EQ(slow.ended(), slow.runs());
  EXPECT_GT(slices, slow.runs() / 1024);  // no more than a chunk of one sibling is folded at once here
}

TEST(StagedRun, RefusesPointsWhoseRunsCannotBeKept) {
  const auto make_block = [](const std::string& most) {
    const Study study("[study]\nkernel = gamblers_ruin\n" + keys(16, 16, "ending", 0.4) +
                          "[levers]\nwin_probability = steps(0.4, 0.6, 20000)\n[store]\n",
                      {"--study.replicates_max=" + most});
    const Design design(study.plan);
    const Layout layout = layout_of(study.plan);
    BlockRun(study.plan, design, layout, code_for(study.plan));
  };
  const auto [exit, text] = test::error_of([&] { make_block("1024"); });
  EXPECT_EQ(exit, Exit::usage);
  EXPECT_TRUE(test::says(text, {"20000 policies", "kept until it is precise enough", "lower study.replicates_max"}));
  EXPECT_NO_THROW(make_block("64"));
}

TEST(StagedRun, IsExpectedByThePilotFromWholePoints) {
  const Study study(test::ruin(keys(16, 4096, "ending_victory_a", 0.05)), {"--design.points=32"});
  const Design design(study.plan);
  double time = 0;
  const Pilot pilot = time_pilot(study.plan, design, layout_of(study.plan), code_for(study.plan), 1e6,
                                 [&] { return time += 1e-6; });
  EXPECT_EQ(pilot.units, 32);
  double runs = 0;
  for (const double replicates : column(study, study.payload({0, 32}), 32, "replicates")) runs += replicates;
  EXPECT_DOUBLE_EQ(pilot.runs_a_unit() * 32, runs);
}

TEST(RunsMade, AreTheReplicatesOfTheCommittedRows) {
  const Study study(test::ruin(keys(16, 4096, "ending_victory_a", 0.05)));
  const auto folder = journal_folder(study.plan.file);
  make_folder(folder);
  Journal journal(folder, begin_attempt(folder), 0, study_id_of(study.plan));
  double runs = 0;
  for (const std::int64_t unit : {1, 3}) {
    const auto payload = study.payload({unit, 1});
    journal.commit(FrameKind::rows, {unit, 1}, payload);
    for (const double replicates : column(study, payload, 1, "replicates")) runs += replicates;
  }
  const Scan scan = scan_journals(folder, study_id_of(study.plan), study.plan.units());
  EXPECT_EQ(static_cast<double>(runs_made(study.plan, layout_of(study.plan), scan)), runs);
  EXPECT_EQ(units_missing(study.plan, scan), 3);
}

}  // namespace
}  // namespace truce
