// The least share at home against halving the interval, for leaders with any mix of terms.
#include <gtest/gtest.h>

#include <random>

#include "kernels/mechanisms/domestic.hpp"

namespace truce {
namespace {

double by_halving(const Domestic& leader, double win, double cost) {
  const double war = war_at_home(leader, win, cost);
  if (worth_at_home(leader, 0) >= war) return 0;
  if (worth_at_home(leader, 1) < war) return no_share;
  double below = 0, enough = 1;
  for (int i = 0; i < 60; ++i) {
    const double middle = 0.5 * (below + enough);
    (worth_at_home(leader, middle) >= war ? enough : below) = middle;
  }
  return enough;
}

TEST(LeastShare, IsWhereHalvingFindsIt) {
  std::mt19937_64 random(861);
  std::uniform_real_distribution<double> unit(0, 1);
  const auto off_in = [&](int every, int i, double x) { return i % every == 0 ? 0.0 : x; };
  int none = 0, nothing = 0, held = 0;
  for (int i = 0; i < 100000; ++i) {
    Domestic leader;
    leader.kappa = i % 3 == 0 ? 1 : 1 + (i % 3 == 1 ? 2 : 99) * unit(random);
    leader.boost = off_in(5, i, unit(random));
    leader.held = unit(random);
    leader.office = off_in(7, i, unit(random));
    leader.keeps = unit(random);
    leader.keeps_with_share = unit(random);
    leader.keeps_won = unit(random);
    leader.keeps_lost = unit(random);
    leader.audience_cost = off_in(4, i, 2 * unit(random));
    leader.claim = 1.2 * unit(random);
    leader.price = off_in(2, i, 0.2 * unit(random));
    const double win = unit(random), cost = 0.5 * unit(random) - 0.1, share = least_share(leader, win, cost);
    EXPECT_NEAR(share, by_halving(leader, win, cost), 1e-12);
    none += share == no_share;
    nothing += share == 0;
    held += share == leader.held;
  }
  for (const int seen : {none, nothing, held}) EXPECT_GT(seen, 500);
}

}  // namespace
}  // namespace truce
