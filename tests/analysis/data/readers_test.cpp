// Readers: rows that are points and rows that are runs give the same moments, however they are cut.
#include <cmath>

#include "analysis/data/moments_reader.hpp"
#include "tests/analysis/made_result.hpp"

namespace truce::analysis {
namespace {

using test::made_result;
using test::sealed;
using test::Study;

/// All moments of a series, read in pieces of `step` base points.
Moments all_moments(const Dataset& data, std::size_t series, std::int64_t step) {
  MomentsReader reader(data, series);
  const auto rows = data.bases() * data.members(), policies = static_cast<std::int64_t>(data.policies());
  Moments all{Block(rows, policies), Block(rows, policies), Block(rows, policies)};
  for (std::int64_t base = 0; base < data.bases(); base += step) {
    const Range bases{base, std::min(step, data.bases() - base)}, at = rows_of(data, bases);
    const Moments& piece = reader.read(bases);
    all.mean.middleRows(at.first, at.count) = piece.mean;
    all.var.middleRows(at.first, at.count) = piece.var;
    all.n.middleRows(at.first, at.count) = piece.n;
  }
  return all;
}

/// NaN where the other is, else near.
void expect_same(const Block& a, const Block& b) {
  ASSERT_EQ(a.rows(), b.rows());
  ASSERT_EQ(a.cols(), b.cols());
  EXPECT_TRUE((a.isNaN() == b.isNaN()).all());
  EXPECT_LT((a.isNaN()).select(0, a - b).abs().maxCoeff(), 1e-12 * (1 + a.isNaN().select(0, a).abs().maxCoeff()));
}

TEST(Readers, RunsAndPointsGiveTheSameMoments) {
  const Study points(test::ruin("replicates = 16\n")), runs(test::ruin("replicates = 16\n"), {"--store.rows=run"});
  const Dataset of_points(sealed(points)), of_runs(sealed(runs));
  ASSERT_EQ(of_points.series_names(), of_runs.series_names());
  ASSERT_EQ(of_points.policies(), 2u);
  for (std::size_t s = 0; s < of_points.series().size(); ++s) {
    const Moments a = all_moments(of_points, s, 2), b = all_moments(of_runs, s, 3);
    expect_same(a.mean, b.mean);
    expect_same(a.var, b.var);
    expect_same(a.n, b.n);
  }
}

TEST(Readers, ChunksOfTheFileAreNoBoundary) {
  const Study study(test::ruin("replicates = 16\n"), {"--design.points=70000"});
  const Dataset data(made_result(study.plan, [](const std::string& column, std::int64_t row, std::size_t policy) {
    const auto value = static_cast<double>(2 * row) + static_cast<double>(policy);
    return column.ends_with("_n") || column == "replicates" ? 16 : column == "status" ? 0 : value;
  }));
  MomentsReader reader(data, 0);
  for (const std::int64_t first : {65000, 65535, 69000}) {
    const Moments& piece = reader.read({first, 1000});
    ASSERT_EQ(piece.mean.rows(), 1000);
    EXPECT_EQ(piece.mean(0, 1), static_cast<double>(2 * first + 1));
    EXPECT_EQ(piece.mean(999, 0), static_cast<double>(2 * (first + 999)));
  }
}

TEST(Readers, TheShareOfFailedRunsHasTheMomentsOfItsZerosAndOnes) {
  const Study study(test::ruin("replicates = 16\n"));
  const Dataset data(made_result(study.plan, [](const std::string& column, std::int64_t row, std::size_t) {
    if (column == "replicates") return 4.0;
    return column == "runs_failed" && row == 2 ? 1.0 : 0.0;
  }));
  MomentsReader reader(data, data.find_series("failed"));
  const Moments& all = reader.read({0, 5});
  EXPECT_EQ(all.mean(2, 0), 0.25);
  EXPECT_EQ(all.var(2, 0), 0.25);  // of 0, 0, 0, 1
  EXPECT_EQ(all.mean(1, 1), 0);
  EXPECT_EQ(all.var(1, 1), 0);
}

TEST(Readers, AnUnknownOutcomeIsNamedWithItsNeighbour) {
  const Study study(test::ruin("replicates = 2\n"));
  const Dataset data(sealed(study));
  EXPECT_NE(test::error_of([&] { data.find_series("war_month"); }).second.find("did you mean"), std::string::npos);
}

}  // namespace
}  // namespace truce::analysis
