// The four verdicts at their boundaries.
#include "analysis/claims/verdict.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace truce::analysis {
namespace {

TEST(Verdict, FollowsTheSignBeyondThreeStandardErrors) {
  EXPECT_EQ(verdict_of({0.31, 0.1, 100}, 1), Verdict::holds);
  EXPECT_EQ(verdict_of({0.31, 0.1, 100}, -1), Verdict::fails);
  EXPECT_EQ(verdict_of({-0.31, 0.1, 100}, 1), Verdict::fails);
  EXPECT_EQ(verdict_of({-0.31, 0.1, 100}, -1), Verdict::holds);
}

TEST(Verdict, IsUndecidedUpToThreeStandardErrorsWhateverIsExpected) {
  for (const int sign : {1, -1}) {
    EXPECT_EQ(verdict_of({0.75, 0.25, 100}, sign), Verdict::undecided);  // exactly three
    EXPECT_EQ(verdict_of({-0.75, 0.25, 100}, sign), Verdict::undecided);
    EXPECT_EQ(verdict_of({0, 0.1, 100}, sign), Verdict::undecided);  // a mean of 0 is no lack of effect
  }
}

TEST(Verdict, HasNoEffectWhereEveryDifferenceIsExactlyZero) {
  EXPECT_EQ(verdict_of({0, 0, 100}, 1), Verdict::no_effect);
  EXPECT_EQ(verdict_of({0, 0, 10}, -1), Verdict::no_effect);
}

TEST(Verdict, NamesNothingFromFewerThanTenReplicates) {
  EXPECT_EQ(verdict_of({1, 0, 10}, 1), Verdict::holds);  // all ten alike
  EXPECT_EQ(verdict_of({1, 0, 9}, 1), Verdict::undecided);
  EXPECT_EQ(verdict_of({0, 0, 9}, 1), Verdict::undecided);
  EXPECT_EQ(verdict_of({std::nan(""), std::nan(""), 0}, 1), Verdict::undecided);
  EXPECT_EQ(verdict_of({1, std::nan(""), 1}, 1), Verdict::undecided);
}

}  // namespace
}  // namespace truce::analysis
