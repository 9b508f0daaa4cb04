// Tallies: moments, differences, failures and Kaplan-Meier survival against hand-worked cases.
#include "sweep/run/tally.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

#include "sweep/run/failure_rule.hpp"

namespace truce {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
constexpr std::string_view endings[] = {"deal", "a", "b"};
constexpr double event_codes[] = {1};
constexpr double months[] = {1, 2, 5};

/// Outcomes: ending (flag of three), value (defined where ending = 0), time, event.
Kernel small_kernel() {
  Kernel k;
  k.name = "small";
  k.outcomes = {{"ending", "1", OutcomeKind::flag, "", 0, 2, endings, {}},
                {"value", "stake", OutcomeKind::real, "", 0, 1, {}, {"there is a deal", "ending", 0}},
                {"time", "month", OutcomeKind::real, "", 0, 10, {}, {}},
                {"event", "1", OutcomeKind::flag, "", 0, 1, {}, {}}};
  k.curves = {{"curve", "month", "", "time", "event", event_codes, months}};
  return k;
}

std::vector<double> tally_of(const TallyShape& shape, const std::vector<double>& outcomes,
                             std::vector<std::uint8_t> failed, const std::vector<double>& first) {
  const std::vector<std::uint8_t> none(failed.size(), 0);
  Tallier tallier(shape);
  tallier.set_reference({first, none});
  return tallier.tally({outcomes, failed}).numbers;
}

std::vector<double> survival_of(const TallyShape& shape, const std::vector<double>& outcomes) {
  const std::vector<std::uint8_t> none(outcomes.size() / shape.kernel().outcomes.size(), 0);
  std::vector<double> out(shape.curves()[0].months.size());
  Tallier tallier(shape);
  survival(shape, 0, tallier.tally({outcomes, none}), out);
  return out;
}

TEST(Tally, SplitsAFlagIntoOneSeriesPerMeaning) {
  const Kernel kernel = small_kernel();
  const auto series = series_of(kernel);
  ASSERT_EQ(series.size(), 6U);
  EXPECT_EQ(series[0].name, "ending_deal");
  EXPECT_EQ(series[2].name, "ending_b");
  EXPECT_EQ(series[5].name, "event");
}

TEST(Tally, GivesCountMeanAndSquaresOfDefinedValuesOnly) {
  const Kernel kernel = small_kernel();
  const TallyShape shape(kernel, false);
  const std::vector<double> runs{0, 0.2, 1, 0, /**/ 1, missing, 2, 0, /**/ 0, 0.6, 3, 1, /**/ 0, 9, 9, 1};
  const auto t = tally_of(shape, runs, {0, 0, 0, 1}, runs);
  EXPECT_EQ(t[shape.moment(0)], 3);
  EXPECT_DOUBLE_EQ(t[shape.moment(0) + 1], 2.0 / 3);
  EXPECT_EQ(t[shape.moment(3)], 2);
  EXPECT_DOUBLE_EQ(t[shape.moment(3) + 1], 0.4);
  EXPECT_NEAR(t[shape.moment(3) + 2], 0.08, 1e-15);
  EXPECT_EQ(t[shape.failed()], 1);
  EXPECT_EQ(t[shape.replicates()], 4);
}

TEST(Tally, DifferencesArePairedReplicateByReplicate) {
  const Kernel kernel = small_kernel();
  const TallyShape shape(kernel, true);
  const std::vector<double> first{0, 0.1, 1, 0, /**/ 0, 0.2, 2, 0};
  const std::vector<double> second{0, 0.4, 4, 0, /**/ 1, missing, 5, 0};
  const auto t = tally_of(shape, second, {0, 0}, first);
  EXPECT_EQ(t[shape.difference(3)], 1);  // value: defined in both for one replicate
  EXPECT_DOUBLE_EQ(t[shape.difference(3) + 1], 0.3);
  EXPECT_EQ(t[shape.difference(4)], 2);  // time
  EXPECT_DOUBLE_EQ(t[shape.difference(4) + 1], 3);
  EXPECT_DOUBLE_EQ(t[shape.difference(4) + 2], 0);
}

TEST(Tally, MergedChunksAgreeWithTheWhole) {
  const Kernel kernel = small_kernel();
  const TallyShape shape(kernel, false);
  std::vector<double> runs;
  for (int i = 0; i < 60; ++i)
    runs.insert(runs.end(), {double(i % 3), i % 3 == 0 ? 0.01 * i : missing, 0.5 * (i % 7), double(i % 2)});
  const auto whole = tally_of(shape, runs, std::vector<std::uint8_t>(60, 0), runs);
  std::vector<double> merged(shape.size(), 0.0);
  for (const std::size_t cut : {std::size_t{0}, std::size_t{20}}) {
    const std::size_t n = cut == 0 ? 20 : 40;
    const std::vector<double> part(runs.begin() + static_cast<long>(cut * 4),
                                   runs.begin() + static_cast<long>((cut + n) * 4));
    Tally later{tally_of(shape, part, std::vector<std::uint8_t>(n, 0), part), {}};
    find_used(shape, later);
    merge(shape, later, merged);
  }
  for (std::size_t i = 0; i < shape.size(); ++i) EXPECT_NEAR(whole[i], merged[i], 1e-12) << i;
}

// The second method looks through all runs for each bin: half months, events and the censored apart.
TEST(Tally, CountsTimesInBinsWhateverTheirOrder) {
  const Kernel kernel = small_kernel();
  const TallyShape shape(kernel, false);
  const auto& curve = shape.curves()[0];
  std::mt19937_64 random(861);
  Tallier tallier(shape);
  for (std::size_t count = 1; count < 200; ++count) {
    std::vector<double> runs;
    std::vector<std::uint8_t> failed;
    for (std::size_t run = 0; run < count; ++run) {
      const bool again = run > 0 && random() % 3 > 0;  // long stretches of one place
      const double time = again ? runs[runs.size() - 2] : static_cast<double>(random() % 65) / 8;
      runs.insert(runs.end(), {1, missing, time, again ? runs.back() : static_cast<double>(random() % 2)});
      failed.push_back(random() % 8 == 0);
    }
    const Tally& tally = tallier.tally({runs, failed});
    for (std::size_t bin = 0; bin < curve.events.count; ++bin) {
      double events = 0, censored = 0;
      for (std::size_t run = 0; run < count; ++run) {
        const double halves = std::min(std::ceil(2 * runs[4 * run + 2]), static_cast<double>(curve.events.count - 1));
        if (failed[run] == 0 && halves == static_cast<double>(bin)) ++(runs[4 * run + 3] == 1 ? events : censored);
      }
      ASSERT_EQ(tally.numbers[curve.events.first + bin], events) << count << " runs, bin " << bin;
      ASSERT_EQ(tally.numbers[curve.censored() + bin], censored) << count << " runs, bin " << bin;
      const bool used = (tally.used[curve.events.first_word + bin / 64] >> bin % 64 & 1) != 0;
      ASSERT_EQ(used, events + censored > 0) << count << " runs, bin " << bin;
    }
  }
}

TEST(Tally, SurvivalIsTheProductLimitEstimate) {
  // Times 0.5 (event), 1.5 (censored), 2 (event), 4 (event), 5 (censored): S(1) = 4/5, S(2) = 4/5 * 2/3, S(5) = S(2)/2.
  const Kernel kernel = small_kernel();
  const TallyShape shape(kernel, false);
  const std::vector<double> runs{1,      missing, 0.5, 1, /**/ 1, missing, 1.5, 0, /**/ 1, missing, 2, 1,
                                 /**/ 1, missing, 4,   1, /**/ 1, missing, 5,   0};
  const auto s = survival_of(shape, runs);
  EXPECT_NEAR(s[0], 0.8, 1e-15);
  EXPECT_NEAR(s[1], 0.8 * 2 / 3, 1e-15);
  EXPECT_NEAR(s[2], 0.8 / 3, 1e-15);
}

TEST(Tally, SurvivalIsUnknownOnceEverybodyIsCensored) {
  const Kernel kernel = small_kernel();
  const TallyShape shape(kernel, false);
  const std::vector<double> runs{1, missing, 1.5, 0, /**/ 1, missing, 0.5, 1};
  const auto s = survival_of(shape, runs);
  EXPECT_DOUBLE_EQ(s[0], 0.5);
  EXPECT_TRUE(std::isnan(s[1]));
}

TEST(Failures, UndeclaredMissingInfinityAndForeignCodesFailTheRun) {
  const Kernel kernel = small_kernel();
  const double infinite = std::numeric_limits<double>::infinity();
  const std::vector<double> runs{0,
                                 0.2,
                                 1,
                                 0,
                                 /* fine */ 0,
                                 missing,
                                 1,
                                 0, /* undeclared NaN */
                                 1,
                                 missing,
                                 1,
                                 0,
                                 /* declared */ 1,
                                 0.3,
                                 1,
                                 0, /* value where undefined */
                                 0,
                                 infinite,
                                 1,
                                 0,
                                 3,
                                 missing,
                                 1,
                                 0,
                                 /* no such code */ 1,
                                 missing,
                                 1,
                                 0.5};
  std::vector<std::uint8_t> failed(7, 0);
  mark_failures(kernel, runs, failed);
  EXPECT_EQ(failed, (std::vector<std::uint8_t>{0, 1, 0, 1, 1, 1, 1}));
}

TEST(Failures, AnOutcomeThatIsAlwaysDefinedMustBeANumber) {
  const Kernel kernel = small_kernel();
  const double infinite = std::numeric_limits<double>::infinity();
  for (const double time : {missing, infinite, -infinite}) {
    std::vector<std::uint8_t> failed(2, 0);
    mark_failures(kernel, std::vector<double>{1, missing, time, 0, /**/ 1, missing, 1e308, 0}, failed);
    EXPECT_EQ(failed, (std::vector<std::uint8_t>{1, 0})) << time;
  }
}

TEST(Failures, OneWrongNumberIsFoundAtAnyPlace) {
  const Kernel kernel = small_kernel();
  const double infinite = std::numeric_limits<double>::infinity();
  const std::pair<std::size_t, double> wrong[] = {{0, -1}, {0, 3},    {0, 0.5}, {0, missing}, {2, infinite},
                                                  {3, 2},  {3, -0.5}, {3, 0.5}, {2, missing}, {2, -infinite}};
  for (std::size_t count = 1; count < 6; ++count)
    for (std::size_t place = 0; place < count; ++place)
      for (const auto& [outcome, value] : wrong) {
        std::vector<double> runs;
        for (std::size_t run = 0; run < count; ++run) runs.insert(runs.end(), {2, missing, 1e308, 1});
        runs[4 * place + outcome] = value;
        std::vector<std::uint8_t> failed(count, 0), expected = failed;
        expected[place] = 1;
        mark_failures(kernel, runs, failed);
        EXPECT_EQ(failed, expected) << outcome << " is " << value << " in run " << place << " of " << count;
      }
}

}  // namespace
}  // namespace truce
