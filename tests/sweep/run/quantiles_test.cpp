// Quantiles from histograms against sorted values, over chunks, blocks and the range's ends.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <random>

#include "sweep/run/row_source.hpp"
#include "sweep/run/tally.hpp"
#include "tests/sweep/run/run_fixture.hpp"

namespace truce {
namespace {

using test::Study;

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

/// A flag and an outcome from -2 to 3 that is defined where the flag is 0.
Kernel one_value() {
  Kernel k;
  k.outcomes = {{"flag", "1", OutcomeKind::flag, "", 0, 1, {}, {}},
                {"value", "stake", OutcomeKind::real, "", -2, 3, {}, {"", "flag", 0}}};
  return k;
}

/// The smallest value that `percent` of the values do not exceed: by sorting.
double sorted_quantile(std::vector<double> values, int percent) {
  std::ranges::sort(values);
  const std::size_t rank = (values.size() * static_cast<std::size_t>(percent) + 99) / 100;
  return values.at(std::max<std::size_t>(rank, 1) - 1);
}

Tally tally_of(const TallyShape& shape, const std::vector<double>& values, Range part) {
  std::vector<double> outcomes;
  for (std::int64_t i = part.first; i < part.end(); ++i) {
    const double value = values[static_cast<std::size_t>(i)];
    outcomes.insert(outcomes.end(), {std::isnan(value) ? 1.0 : 0.0, value});
  }
  return Tallier(shape).tally({outcomes, std::vector<std::uint8_t>(static_cast<std::size_t>(part.count), 0)});
}

std::vector<double> quantiles_of(const TallyShape& shape, const Tally& tally) {
  std::vector<double> out(quantile_percents.size());
  quantiles(shape, 0, tally, out);
  return out;
}

std::vector<double> random_values(std::size_t count, unsigned seed) {
  std::mt19937_64 random(seed);
  std::uniform_real_distribution<double> uniform(0, 1);
  std::vector<double> values(count);
  for (double& value : values) {
    const double u = uniform(random);
    value = uniform(random) < 0.3 ? missing : 3 - 5 * u * u;
  }
  return values;
}

TEST(Quantiles, LieWithinABinOfTheSortedValues) {
  const Kernel kernel = one_value();
  const TallyShape shape(kernel, false, true);
  const double width = 5.0 / 1024;
  EXPECT_EQ(bin_width(kernel.outcomes[1]), width);
  for (const std::size_t count : {2U, 3U, 7U, 40U, 333U, 1024U}) {
    auto values = random_values(count, static_cast<unsigned>(count));
    values[0] = 0.1;  // at least one is defined
    const auto found = quantiles_of(shape, tally_of(shape, values, {0, static_cast<std::int64_t>(count)}));
    std::erase_if(values, [](double value) { return std::isnan(value); });
    for (std::size_t q = 0; q < found.size(); ++q)
      EXPECT_NEAR(found[q], sorted_quantile(values, quantile_percents[q]), width) << count << " runs, number " << q;
  }
}

TEST(Quantiles, OfEqualValuesAreTheMiddleOfTheirBin) {
  const Kernel kernel = one_value();
  const TallyShape shape(kernel, false, true);
  const auto found = quantiles_of(shape, tally_of(shape, {0.5 + 1e-9}, {0, 1}));  // 0.5 is the lower edge of a bin
  for (const double value : found) EXPECT_DOUBLE_EQ(value, 0.5 + 2.5 / 1024);
}

TEST(Quantiles, AreTheEndsOfTheRangeForWhatLiesBeyondIt) {
  const Kernel kernel = one_value();
  const TallyShape shape(kernel, false, true);
  const auto found = quantiles_of(shape, tally_of(shape, {-7, -2.1, 1e300, 3.5}, {0, 4}));
  EXPECT_EQ(found, (std::vector<double>{-2, -2, -2, 3, 3}));
  const auto at_ends = quantiles_of(shape, tally_of(shape, {-2, 3}, {0, 2}));
  EXPECT_NEAR(at_ends[2], -2, 5.0 / 1024);
  EXPECT_NEAR(at_ends[3], 3, 5.0 / 1024);
  EXPECT_GT(at_ends[2], -2);  // inside the range: in its first bin, not below it
  EXPECT_LT(at_ends[3], 3);
}

TEST(Quantiles, AreMissingWhereNothingIsDefined) {
  const Kernel kernel = one_value();
  const TallyShape shape(kernel, false, true);
  for (const double value : quantiles_of(shape, tally_of(shape, {missing, missing}, {0, 2})))
    EXPECT_TRUE(std::isnan(value));
}

TEST(Quantiles, OfMergedChunksAreThoseOfOnePass) {
  const Kernel kernel = one_value();
  const TallyShape shape(kernel, false, true);
  const auto values = random_values(1000, 5);
  const Tally whole = tally_of(shape, values, {0, 1000});
  Tally merged = empty_tally(shape);
  for (const Range part : {Range{0, 100}, Range{100, 1}, Range{101, 899}})
    merge(shape, tally_of(shape, values, part), merged.numbers);
  find_used(shape, merged);
  EXPECT_EQ(merged.used, whole.used);
  EXPECT_EQ(quantiles_of(shape, merged), quantiles_of(shape, whole));
}

TEST(Quantiles, ForgetTheRunsOfTheTallyBefore) {
  const Kernel kernel = one_value();
  const TallyShape shape(kernel, false, true);
  Tallier tallier(shape);
  const std::vector<std::uint8_t> none(2, 0);
  tallier.tally({std::vector<double>{0, 1, 0, 2}, none});
  const Tally second = tallier.tally({std::vector<double>{0, -1, 0, -1}, none});
  EXPECT_EQ(second.numbers, tally_of(shape, {-1, -1}, {0, 2}).numbers);
}

/// All values of an f64 row column, from the journals of a study.
std::vector<double> column(const Study& study, std::string_view name) {
  const Layout layout = layout_of(study.plan);
  const RowMap map = row_map_of(study.plan);
  const Scan scan = scan_journals(journal_folder(study.plan.file), study_id_of(study.plan), study.plan.units());
  RowSource source(study.plan, layout, map, scan);
  const auto c =
      static_cast<std::size_t>(std::ranges::find(layout.columns, name, &Column::name) - layout.columns.begin());
  std::vector<double> values(static_cast<std::size_t>(layout.rows) * layout.columns.at(c).width);
  source.fill(c, 0, layout.rows, std::as_writable_bytes(std::span(values)));
  return values;
}

TEST(Quantiles, OfAStudyAreThoseOfItsSortedRunsForAnyBlock) {
  const std::string text = test::ruin("replicates = 2500\n");  // 3 chunks a point
  const Study runs(text, {"--store.rows=run"});
  runs.commit_all(15);
  const auto months = column(runs, "war_months");
  for (const std::int64_t block : {1, 2, 3, 15}) {
    const Study points(text, {"--store.quantiles=yes"});
    points.commit_all(block);
    for (std::size_t q = 0; q < quantile_percents.size(); ++q) {
      const auto found = column(points, std::vector{"war_months_q05", "war_months_q25", "war_months_q50",
                                                    "war_months_q75", "war_months_q95"}[q]);
      for (std::size_t row = 0; row < found.size(); ++row) {  // [point][policy]
        std::vector<double> own;
        for (std::size_t r = 0; r < 2500; ++r) own.push_back(months[(row / 2 * 2500 + r) * 2 + row % 2]);
        EXPECT_NEAR(found[row], sorted_quantile(own, quantile_percents[q]), 500.0 / 1024) << block << " " << row;
      }
    }
  }
}

TEST(Quantiles, ColumnsTellTheirErrorAndNothingElseChanges) {
  const Study without(test::ruin("replicates = 20\n")),
      with(test::ruin("replicates = 20\n"), {"--store.quantiles=yes"});
  without.commit_all(5);
  with.commit_all(5);
  const Layout before = layout_of(without.plan), after = layout_of(with.plan);
  EXPECT_EQ(after.columns.size(), before.columns.size() + 5);
  for (const Column& c : before.columns)
    if (c.origin == Origin::row && c.type == Type::f64) {
      const auto a = column(without, c.name), b = column(with, c.name);
      EXPECT_EQ(std::memcmp(a.data(), b.data(), a.size() * sizeof(double)), 0) << c.name;
    }
  const auto median = std::ranges::find(after.columns, "war_months_q50", &Column::name);
  ASSERT_NE(median, after.columns.end());
  const auto number = [&](std::string_view name) {
    const auto attribute = std::ranges::find(median->attributes, name, &Attribute::name);
    return attribute == median->attributes.end() ? missing : std::get<double>(attribute->value);
  };
  EXPECT_EQ(number("quantile"), 0.5);
  EXPECT_EQ(number("bin_width"), 500.0 / 1024);
}

}  // namespace
}  // namespace truce
