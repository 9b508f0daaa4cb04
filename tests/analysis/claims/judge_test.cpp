// Claims on results with differences of the test's own: shares, effects, intervals, ranks.
#include "analysis/claims/judge.hpp"

#include <cmath>

#include "analysis/claims/ledger.hpp"
#include "tests/analysis/made_result.hpp"

namespace truce::analysis {
namespace {

using test::made_result;
using test::Study;

/// 64 points of gamblers_ruin, one claim with these lines.
std::string study_of(const std::string& claim, const std::string& name = "T1") {
  return "[study]\nkernel = gamblers_ruin\nseed = 3\nreplicates = 100\n[design]\nmethod = sobol\npoints = 64\n"
         "[inputs]\nwin_probability = uniform(0.4, 0.6)\n[claims]\nranges = full\n[claim " +
         name + "]\n" + claim + "[store]\n";
}
const std::string pair_of_settings = "move = forts_a = 3 -> 5\noutcome = war_months\n";

/// Moments of what is judged at a base point, in turn: holds for +, fails, no effect, undecided, undefined twice,
/// holds, fails with equal differences.
Difference made(std::int64_t base) {
  static const std::vector<Difference> all{{2, 0.5, 100}, {-2, 0.5, 100}, {0, 0, 100},    {0.5, 0.5, 100},
                                           {9, 0, 5},     {0, 0, 0},      {1, 0.25, 100}, {-4, 0, 50}};
  return all[static_cast<std::size_t>(base % 8)];
}

double moment(const Difference& d, const std::string& column) {
  if (column.ends_with("_n")) return d.n;
  return column.ends_with("_var") ? d.standard_error * d.standard_error * d.n : d.n > 0 ? d.mean : std::nan("");
}

/// Differences as `made` has them stand in the rows of member `to`; other rows hold what must not be read.
double made_pair(const std::string& column, std::int64_t row, std::size_t) {
  if (!column.starts_with("war_months_diff")) return column.ends_with("_n") || column == "replicates" ? 100 : 0;
  return row % 2 == 1 ? moment(made(row / 2), column) : column.ends_with("_n") ? 100 : 7;
}

Judged judged_by(Crew& crew, const std::filesystem::path& file) {
  const Dataset data(file);
  return judge(crew, data, {});
}

Judged judged(const std::filesystem::path& file) {
  const auto crew = make_local_crew();
  return judged_by(*crew, file);
}

std::vector<double> shares_of(const Judged& judged) {
  std::vector<double> shares;
  for (const Estimate& share : judged.shares) shares.push_back(share.value);
  return shares;
}

TEST(Judge, SharesAreThoseOfTheFourVerdicts) {
  const Study study(study_of(pair_of_settings + "sign = +\n"));
  const Judged line = judged(made_result(study.plan, made_pair));
  EXPECT_EQ(shares_of(line), (std::vector{0.25, 0.25, 0.125, 0.375}));
  EXPECT_EQ(line.undefined, 0.25);
  EXPECT_EQ(line.points, 64);
  // weights are numbers of pairs: (200 - 200 + 0 + 50 + 45 + 100 - 200) / 555
  EXPECT_NEAR(line.effect.value, -5.0 / 555, 1e-14);
  EXPECT_NEAR(line.effective, 555.0 * 555.0 * 8 / (5 * 1e4 + 25 + 2500), 1e-9);
  for (const Estimate& share : line.shares) {
    EXPECT_LT(share.low, share.value);
    EXPECT_GT(share.high, share.value);
  }
  EXPECT_EQ(line.verdict, Verdict::undecided);
  EXPECT_EQ(line.along, 32);  // the undecided and the undefined one of the eight too
  EXPECT_EQ(line.against, 16);
  EXPECT_TRUE(std::isnan(line.pairs_against));  // months are not -1, 0 or 1
}

/// A line with differences of 100 pairs with these means at 48 and at 16 of the 64 points.
Judged judged_split(double most, double rest, const std::string& sign) {
  const Study study(study_of(pair_of_settings + "sign = " + sign + "\n"));
  return judged(made_result(study.plan, [=](const std::string& column, std::int64_t row, std::size_t) {
    return column.starts_with("war_months_diff") ? moment({row / 2 % 4 == 0 ? rest : most, 0.01, 100}, column) : 0.0;
  }));
}

TEST(Judge, DecidesOnlyIfVotesAndMeanAgree) {
  EXPECT_EQ(judged_split(0.1, -0.1, "+").verdict, Verdict::holds);
  EXPECT_EQ(judged_split(0.1, -0.1, "-").verdict, Verdict::fails);
  for (const double rest : {-10.0, -0.3}) {  // a mean of the other sign, and one about 0
    const Judged up = judged_split(0.1, rest, "+"), down = judged_split(0.1, rest, "-");
    EXPECT_GT(up.balance.low, 0);
    EXPECT_EQ(up.verdict, Verdict::undecided) << rest;
    EXPECT_LT(down.balance.high, 0);
    EXPECT_EQ(down.verdict, Verdict::undecided) << rest;
  }
}

TEST(Judge, ALineIsOneSidedIfNoPointGoesTheOtherWay) {
  const Judged holds = judged_split(0.1, 0, "+"), fails = judged_split(0.1, 0, "-");
  EXPECT_TRUE(holds.one_sided());
  EXPECT_TRUE(fails.one_sided());
  EXPECT_EQ(holds.against, 0);
  EXPECT_EQ(fails.along, 0);
  EXPECT_FALSE(judged_split(0.1, -0.001, "+").one_sided());  // though no such point is decided
  EXPECT_FALSE(judged_split(0.1, -0.001, "-").one_sided());
  EXPECT_FALSE(judged_split(0, 0.001, "+").one_sided());  // nothing is decided
}

TEST(Judge, OfSharesItCountsThePairsThatGoTheOtherWay) {
  const Study study(study_of("move = forts_a = 3 -> 5\noutcome = ending_victory_a\nsign = +\n"));
  const double n = 100, up = 30, down = 7, mean = (up - down) / n, square = (up + down) / n;
  const Judged line = judged(made_result(study.plan, [&](const std::string& column, std::int64_t row, std::size_t) {
    if (!column.starts_with("ending_victory_a_diff") && column != "ending_diff_n") return 0.0;
    if (row >= 64) return column.ends_with("_n") ? 50.0 : 0.0;  // half of the points without an effect
    return column.ends_with("_n") ? n : column.ends_with("_var") ? (square - mean * mean) * n / (n - 1) : mean;
  }));
  EXPECT_EQ(line.pairs_against, down * 32 / (150 * 32));
  EXPECT_EQ(line.against, 0);
}

TEST(Judge, TheOtherSignSwapsHoldsAndFailsAndNothingElse) {
  const Study up(study_of(pair_of_settings + "sign = +\n")), down(study_of(pair_of_settings + "sign = -\n"));
  const auto uneven = [](const std::string& column, std::int64_t row, std::size_t policy) {
    return made_pair(column, row < 32 ? row % 2 : row, policy);  // some more of the first kind
  };
  const Judged a = judged(made_result(up.plan, uneven)), b = judged(made_result(down.plan, uneven));
  EXPECT_EQ(a.shares[0].value, b.shares[1].value);
  EXPECT_EQ(a.shares[1].value, b.shares[0].value);
  EXPECT_EQ(a.shares[2].value, b.shares[2].value);
  EXPECT_EQ(a.shares[3].value, b.shares[3].value);
  EXPECT_NE(a.shares[0].value, a.shares[1].value);
  EXPECT_EQ(a.effect.value, b.effect.value);
  EXPECT_EQ(a.balance.low, -b.balance.high);
}

TEST(Judge, UndecidedPointsAreNoSupport) {
  const Study study(study_of(pair_of_settings + "sign = +\n"));
  const Judged line = judged(made_result(study.plan, [](const std::string& column, std::int64_t row, std::size_t) {
    return column.starts_with("war_months_diff") ? moment({2, 1, 100}, column) : static_cast<double>(row % 2);
  }));
  EXPECT_EQ(shares_of(line), (std::vector{0.0, 0.0, 0.0, 1.0}));
  EXPECT_EQ(line.verdict, Verdict::undecided);
  EXPECT_EQ(line.effect.value, 2);
}

/// A claim under two settings, with these means of differences, each with the same standard error.
Judged judged_under(double first, double second, double error) {
  const Study study(study_of(pair_of_settings + "under = forts = 8 -> 12\nsign = +\n"));
  EXPECT_EQ(study.plan.policies(), 2);
  return judged(made_result(study.plan, [=](const std::string& column, std::int64_t row, std::size_t policy) {
    if (!column.starts_with("war_months_diff")) return 0.0;
    return moment({row % 2 == 0 ? 99 : policy == 0 ? first : second, error, 100}, column);
  }));
}

TEST(Judge, UnderTwoSettingsDifferencesAreSubtractedAndErrorsAdded) {
  EXPECT_EQ(judged_under(1, 7.25, 1).shares[0].value, 1);  // 6.25 against 3 * 2
  EXPECT_EQ(judged_under(1, 7.25, 1).effect.value, 6.25);
  EXPECT_EQ(judged_under(1, 6.75, 1).shares[3].value, 1);  // though 3 * sqrt(2) would be passed
  EXPECT_EQ(judged_under(7.25, 1, 1).shares[1].value, 1);
  EXPECT_EQ(judged_under(3, 3, 0).shares[2].value, 1);
  EXPECT_EQ(judged_under(3, 3, 0).verdict, Verdict::no_effect);
}

TEST(Judge, WithoutAMoveTheOutcomeItselfIsCompared) {
  const Study study(study_of("move = none\noutcome = war_months\nsign = -\n"));
  ASSERT_EQ(study.plan.members, 1);
  const Judged line = judged(made_result(study.plan, [](const std::string& column, std::int64_t row, std::size_t) {
    return column.starts_with("war_months") ? moment({row < 16 ? -2.0 : 2.0, 0.5, 100}, column) : 0.0;
  }));
  EXPECT_EQ(shares_of(line), (std::vector{0.25, 0.75, 0.0, 0.0}));
  EXPECT_EQ(line.verdict, Verdict::fails);
}

TEST(Judge, FindsTheBoxInWhichAClaimFails) {
  const Study study(study_of(pair_of_settings + "sign = +\n"), {"--design.points=512"});
  const auto file = made_result(study.plan, [&](const std::string& column, std::int64_t row, std::size_t) {
    if (!column.starts_with("war_months_diff")) return 0.0;
    std::vector<double> inputs(study.plan.inputs.size());
    Design(study.plan).point(row / 2, 0, inputs);
    return moment({inputs.back() > 0.55 ? -2.0 : 2.0, 0.5, 100}, column);
  });
  const Judged line = judged(file);
  ASSERT_TRUE(line.fails_box);
  ASSERT_EQ(line.fails_box->found.restrictions.size(), 1u);
  EXPECT_NEAR(line.fails_box->found.restrictions.front().limits.low, 0.55, 0.005);
  EXPECT_EQ(line.fails_box->lines.size(), 1u);
  EXPECT_TRUE(line.fails_box->lines.front().starts_with("win_probability = uniform(0.5"))
      << line.fails_box->lines.front();
}

TEST(Judge, AnyNumberOfRanksGivesTheSameLedger) {
  const Study study(study_of(pair_of_settings + "sign = +\n"));
  const auto file = made_result(study.plan, made_pair);
  std::string alone;
  for (const int ranks : {1, 2, 3}) {
    run_threads(ranks, 1, [&](Crew& crew) {
      Judged line = judged_by(crew, file);
      if (crew.rank() != 0) return;
      const Ledger ledger({line});
      const std::string text = csv_of(ledger_table(ledger)) + ledger_text(ledger);
      if (ranks == 1) alone = text;
      EXPECT_EQ(text, alone) << ranks;
    });
  }
}

/// A line of C1 with this verdict and none the other way but for `against` points.
Judged line_of(const std::string& kernel, Verdict verdict, double against) {
  Judged line;
  line.claim.name = "C1";
  line.claim.ranges = "full";
  line.claim.definite = "forts";
  line.kernel = kernel;
  line.verdict = verdict;
  line.along = 20;
  line.against = against;
  line.points = 64;
  line.effective = 16;
  return line;
}

/// The last lines of the matrix and below.
std::string matrix_of(const std::vector<Judged>& lines) {
  const std::string text = ledger_text(Ledger(lines));
  return text.substr(text.find("full ranges"));
}

TEST(Ledger, CountsNoAgreementWhereTheFormOfTheKernelMadeIt) {
  const std::vector<Judged> lines{line_of("anchored_peace", Verdict::holds, 0),
                                  line_of("crisis_offer", Verdict::holds, 1), line_of("forts", Verdict::holds, 0),
                                  line_of("screening", Verdict::undecided, 0)};
  const Agreement counts = Ledger(lines).agreement("C1", "full");
  EXPECT_EQ(counts.kernels, (std::array{2, 0, 0, 1}));
  EXPECT_EQ(counts.one_sided, (std::array{1, 0, 0, 0}));
  EXPECT_EQ(counts.by_construction, 1);
  const std::string text = matrix_of(lines);
  for (const std::string words : {"holds in 2 (1 one-sided), fails in 0 of 3; by construction in 1\n", "holds 0:0!  ",
                                  "holds 0:0*  ", "holds 0:0   ", "! one-sided", "* by construction"})
    EXPECT_NE(text.find(words), std::string::npos) << words << text;
  EXPECT_EQ(matrix_of({lines[1]}).find("one-sided"), std::string::npos);
}

TEST(Ledger, TellsWhatCarriesAClaimAndWhatItAddsToItsSource) {
  Judged line = line_of("screening", Verdict::holds, 1);
  line.claim.shared = "patron, holds";
  line.claim.extension = "the length of peace";
  const std::string text = ledger_text(Ledger({line}));
  for (const std::string words : {"extension of its source: the length of peace", "one shared part (patron, holds)",
                                  "C1 extension", "of 1; one shared part\n", "20:1 ", "worth 16 of 64 points"})
    EXPECT_NE(text.find(words), std::string::npos) << words << text;
}

TEST(Ledger, TellsOfABoxOnlyIfUnseenPointsBearItOut) {
  Judged line = line_of("screening", Verdict::holds, 1);
  line.holds_box = line.fails_box = VerdictBox{{}, {"cynicism = uniform(0, 0.5)"}};
  line.holds_box->found.p_new = 0.97;
  line.fails_box->found.p_new = 0.01;
  const std::string text = ledger_text(Ledger({line}));
  EXPECT_NE(text.find("no box where it holds"), std::string::npos) << text;
  EXPECT_NE(text.find("(p = 0.97)"), std::string::npos) << text;
  EXPECT_NE(text.find("      fails where cynicism = uniform(0, 0.5)"), std::string::npos) << text;
  EXPECT_NE(text.find("p = 0.01]"), std::string::npos) << text;
  line.fails_box->found.p_new = std::nan("");  // not searched in resamples
  EXPECT_FALSE(line.fails_box->is_told());
}

TEST(Ledger, OrdersClaimsAsPeopleCountAndRefusesTwoOfOne) {
  const auto line = [](const std::string& claim, const std::string& kernel, const std::string& ranges, int sign = 1) {
    Judged judged;
    judged.claim.name = claim;
    judged.claim.ranges = ranges;
    judged.claim.sign = sign;
    judged.claim.absent = "screening: no input x; war_of_nerves: not asked";
    judged.kernel = kernel;
    judged.file = claim + kernel + ranges;
    return judged;
  };
  const Ledger ledger(
      {line("C10", "forts", "full"), line("C2", "forts", "inner"), line("C2", "anchored_peace", "full")});
  EXPECT_EQ(ledger.claims(), (std::vector<std::string>{"C2", "C10"}));
  EXPECT_EQ(ledger.kernels(), (std::vector<std::string>{"anchored_peace", "forts", "screening", "war_of_nerves"}));
  EXPECT_EQ(ledger.ranges(), (std::vector<std::string>{"full", "inner"}));
  EXPECT_EQ(ledger.why_absent("C2", "screening"), "no input x");
  EXPECT_EQ(ledger.why_absent("C2", "forts"), "");
  EXPECT_EQ(ledger.find("C10", "forts", "inner"), nullptr);
  EXPECT_NE(test::error_of([&] {
              Ledger({line("C1", "forts", "full"), line("C1", "forts", "full")});
            }).second.find("both of"),
            std::string::npos);
  EXPECT_NE(test::error_of([&] {
              Ledger({line("C1", "forts", "full"), line("C1", "screening", "full", -1)});
            }).second.find("two signs"),
            std::string::npos);
}

}  // namespace
}  // namespace truce::analysis
