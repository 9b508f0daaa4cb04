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

TEST(Verdict, TheSignOfAMeanNeedsNoDecision) {
  EXPECT_EQ(sign_of_mean({0.1, 10, 100}), 1);
  EXPECT_EQ(sign_of_mean({-0.1, std::nan(""), 1}), -1);  // a single run
  EXPECT_EQ(sign_of_mean({0, 0, 100}), 0);
  EXPECT_EQ(sign_of_mean({-1e-18, 0.01, 100}), 0);  // what rounding leaves of as many runs up as down
  EXPECT_EQ(sign_of_mean({std::nan(""), std::nan(""), 0}), 0);
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
