// The study of a box: narrowed where the box is, otherwise as it was, and one that truce runs.
#include "analysis/claims/next_study.hpp"

#include "tests/analysis/made_result.hpp"

namespace truce::analysis {
namespace {

using test::Study;

const std::string claim_study =
    "[study]\nkernel = gamblers_ruin\nseed = 3\nreplicates = 8\n[design]\nmethod = monte_carlo\npoints = 5\n[inputs]\n"
    "win_probability = uniform(0.4, 0.6)\nforts = 12\n[claims]\nranges = full\n[claim C1]\ntitle = More forts, more "
    "often "
    "won\nextension = the number\nshared = battles, forts\nsection = Conclusion\nmove = forts_a = 3 -> 5\nunder = "
    "forts = 8 -> 12\noutcome = ending_victory_a\nsign = "
    "+\n"
    "where = win_probability = uniform(0.45, 0.6)\n";

/// Loaded as the one plan of a study file.
Plan loaded(const std::string& text) {
  const Study study(text);
  return study.plan;
}

TEST(NextStudy, KeepsClaimAndDesignAndNarrowsTheBox) {
  const Plan plan = loaded(claim_study);
  const Plan next = loaded(next_study(plan, {"win_probability = uniform(0.5, 0.55)"}, "# why\n"));
  ASSERT_TRUE(next.claim);
  EXPECT_EQ(next.claim->outcome, "ending_victory_a");
  EXPECT_EQ(next.claim->section, "Conclusion");
  EXPECT_EQ(next.claim->extension, "the number");
  EXPECT_EQ(next.claim->shared, "battles, forts");
  EXPECT_EQ(next.claim->sign, 1);
  EXPECT_EQ(next.title, plan.title);
  EXPECT_EQ(next.placement, Method::monte_carlo);
  ASSERT_TRUE(next.pair);
  EXPECT_EQ(next.pair->moves.size(), 1u);
  EXPECT_EQ(next.levers.front().values, plan.levers.front().values);
  EXPECT_NE(next.canonical.find("win_probability = uniform(0.5, 0.55)\n"), std::string::npos);
  EXPECT_EQ(next.points, plan.points);
}

TEST(NextStudy, WithoutABoxItIsTheSameStudyAgain) {
  const Plan plan = loaded(claim_study), next = loaded(next_study(plan, {}, ""));
  std::string expected = plan.canonical;  // but that the condition stands in [inputs] now
  const auto at = expected.find("where = ");
  ASSERT_NE(at, std::string::npos);
  expected.erase(at, expected.find('\n', at) + 1 - at);
  EXPECT_EQ(next.canonical, expected);
}

TEST(NextStudy, OfAStudyWithoutClaimsKeepsLevers) {
  const Plan plan = loaded(test::ruin("replicates = 2\n"));
  const Plan next = loaded(next_study(plan, {"win_probability = uniform(0.45, 0.5)"}, ""));
  EXPECT_EQ(next.levers.size(), 1u);
  EXPECT_FALSE(next.claim);
}

TEST(NextStudy, RefusesWhatTheStudyDoesNotVary) {
  const Plan plan = loaded(claim_study);
  EXPECT_NE(test::error_of([&] { next_study(plan, {"forts_a = 3"}, ""); }).second.find("does not vary forts_a"),
            std::string::npos);
}

}  // namespace
}  // namespace truce::analysis
