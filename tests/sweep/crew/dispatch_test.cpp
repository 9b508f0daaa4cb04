// The dispatcher hands out every missing unit once, in blocks of the right shape, and keeps its books.
#include "sweep/crew/dispatch.hpp"

#include <gtest/gtest.h>

#include <array>
#include <map>
#include <set>

#include "sweep/base/error.hpp"
#include "tests/sweep/crew/crew_checks.hpp"

namespace truce {
namespace {

TEST(Dispatcher, CutsWholePointsWhereTheBlockHoldsThem) {
  Dispatcher dispatcher({{0, 10}}, 7, 3);
  EXPECT_EQ(dispatcher.next(), (Range{0, 6}));
  EXPECT_EQ(dispatcher.next(), (Range{6, 3}));
  EXPECT_EQ(dispatcher.next(), (Range{9, 1}));
  EXPECT_EQ(dispatcher.next(), std::nullopt);
}

TEST(Dispatcher, StaysWithinAPointWhereTheBlockIsSmaller) {
  Dispatcher dispatcher({{0, 10}}, 3, 5);
  for (const Range block : {Range{0, 3}, Range{3, 2}, Range{5, 3}, Range{8, 2}}) EXPECT_EQ(dispatcher.next(), block);
  EXPECT_FALSE(dispatcher.has_next());
}

TEST(Dispatcher, FinishesAPointBegunEarlierBeforeWholePoints) {
  Dispatcher dispatcher({{2, 12}}, 8, 4);
  for (const Range block : {Range{2, 2}, Range{4, 8}, Range{12, 2}}) EXPECT_EQ(dispatcher.next(), block);
}

TEST(Dispatcher, TilesAnyRangesExactly) {
  for (std::uint64_t seed = 0; seed < 20'000; ++seed) {
    ScenarioDice dice(seed);
    const auto missing = random_ranges(dice);
    const std::int64_t block = dice.between(1, 15), chunks = dice.between(1, 6);
    Dispatcher dispatcher(missing, block, chunks);
    std::vector<std::int64_t> wanted, got;
    for (const Range& range : missing) {
      for (std::int64_t unit = range.first; unit < range.end(); ++unit) wanted.push_back(unit);
    }
    std::int64_t bound = dispatcher.blocks_left();
    while (const auto next = dispatcher.next()) {
      const bool whole = next->first % chunks == 0 && next->count % chunks == 0;
      const bool within = next->first / chunks == (next->end() - 1) / chunks;
      ASSERT_TRUE(whole || within) << "seed " << seed;
      ASSERT_TRUE(next->count >= 1 && next->count <= block) << "seed " << seed;
      for (std::int64_t unit = next->first; unit < next->end(); ++unit) got.push_back(unit);
      --bound;
      ASSERT_EQ(dispatcher.units_open(), static_cast<std::int64_t>(wanted.size())) << "nothing is reported yet";
    }
    ASSERT_EQ(got, wanted) << "seed " << seed;
    ASSERT_LE(bound, 0) << "more blocks were promised than came, seed " << seed;
  }
}

TEST(Dispatcher, CutsFromTheBackAsFromTheFront) {
  Dispatcher points({{0, 10}}, 7, 3, Order::back);
  for (const Range block : {Range{9, 1}, Range{3, 6}, Range{0, 3}}) EXPECT_EQ(points.next(), block);
  Dispatcher pieces({{0, 10}}, 3, 5, Order::back);
  for (const Range block : {Range{7, 3}, Range{5, 2}, Range{2, 3}, Range{0, 2}}) EXPECT_EQ(pieces.next(), block);
  Dispatcher begun({{2, 12}}, 8, 4, Order::back);
  for (const Range block : {Range{12, 2}, Range{4, 8}, Range{2, 2}}) EXPECT_EQ(begun.next(), block);
}

TEST(Dispatcher, TakesAwayWhatOthersHaveCommitted) {
  Dispatcher dispatcher({{0, 10}, {20, 5}}, 4, 1);
  EXPECT_EQ(dispatcher.next(), (Range{0, 4}));
  EXPECT_EQ(dispatcher.committed({2, 4}), 2) << "two of them are handed out";
  EXPECT_EQ(dispatcher.committed({8, 14}), 4);
  EXPECT_EQ(dispatcher.committed({8, 14}), 0) << "the second time nothing";
  EXPECT_EQ(dispatcher.units_open(), 4 + 2 + 3);
  EXPECT_EQ(dispatcher.next(), (Range{6, 2}));
  EXPECT_EQ(dispatcher.next(), (Range{22, 3}));
  EXPECT_FALSE(dispatcher.has_next());
  for (const Range block : {Range{0, 4}, Range{6, 2}, Range{22, 3}}) dispatcher.report(block);
  EXPECT_TRUE(dispatcher.complete());
}

// The second method is a set of units.
TEST(Dispatcher, KnowsWhatIsLeftWhateverOthersCommit) {
  for (std::uint64_t seed = 0; seed < 5'000; ++seed) {
    ScenarioDice dice(seed);
    const auto missing = random_ranges(dice);
    const std::int64_t block = dice.between(1, 9), chunks = dice.between(1, 4);
    const Order order = dice.between(0, 1) == 0 ? Order::front : Order::back;
    Dispatcher dispatcher(missing, block, chunks, order);
    std::set<std::int64_t> left, out;
    for (const Range& range : missing)
      for (std::int64_t unit = range.first; unit < range.end(); ++unit) left.insert(unit);
    while (dispatcher.has_next()) {
      if (dice.between(0, 1) == 0) {
        const Range others{dice.between(0, 70), dice.between(1, 10)};
        std::int64_t taken = 0;
        for (std::int64_t unit = others.first; unit < others.end(); ++unit)
          taken += static_cast<std::int64_t>(left.erase(unit));
        ASSERT_EQ(dispatcher.committed(others), taken) << "seed " << seed;
      } else {
        const Range next = dispatcher.next().value();
        ASSERT_EQ(order == Order::front ? next.first : next.end() - 1,
                  order == Order::front ? *left.begin() : *left.rbegin())
            << "seed " << seed;
        const bool whole = next.first % chunks == 0 && next.count % chunks == 0;
        ASSERT_TRUE(next.count <= block && (whole || next.first / chunks == (next.end() - 1) / chunks))
            << "seed " << seed;
        for (std::int64_t unit = next.first; unit < next.end(); ++unit) {
          ASSERT_EQ(left.erase(unit), 1u) << "seed " << seed;
          out.insert(unit);
        }
      }
      ASSERT_EQ(dispatcher.units_open(), static_cast<std::int64_t>(left.size() + out.size())) << "seed " << seed;
      ASSERT_EQ(dispatcher.has_next(), !left.empty()) << "seed " << seed;
    }
  }
}

// Each hears of the other's blocks as soon as they are committed.
TEST(Dispatcher, TwoFromDifferentEndsMeetAndDoAtMostOneBlockTwice) {
  for (std::uint64_t seed = 0; seed < 2'000; ++seed) {
    ScenarioDice dice(seed);
    const auto missing = random_ranges(dice);
    const std::int64_t block = dice.between(1, 9), chunks = dice.between(1, 4);
    std::array<Dispatcher, 2> jobs{Dispatcher(missing, block, chunks), Dispatcher(missing, block, chunks, Order::back)};
    std::array<std::optional<Range>, 2> hand;
    std::map<std::int64_t, int> times;
    while (jobs[0].has_next() || jobs[1].has_next() || hand[0] || hand[1]) {
      const auto job = static_cast<std::size_t>(dice.between(0, 1));
      if (!hand[job]) {
        hand[job] = jobs[job].next();
        continue;
      }
      for (std::int64_t unit = hand[job]->first; unit < hand[job]->end(); ++unit) ++times[unit];
      jobs[job].report(*hand[job]);
      jobs[1 - job].committed(*hand[job]);
      hand[job].reset();
    }
    std::int64_t twice = 0;
    for (const auto& [unit, count] : times) twice += count - 1;
    ASSERT_LE(twice, block) << "seed " << seed;
    ASSERT_TRUE(jobs[0].complete() && jobs[1].complete()) << "seed " << seed;
  }
}

TEST(Dispatcher, IsCompleteWhenEverythingIsReported) {
  Dispatcher dispatcher({{0, 4}}, 2, 1);
  const Range first = dispatcher.next().value(), second = dispatcher.next().value();
  dispatcher.report(second);
  EXPECT_FALSE(dispatcher.complete());
  dispatcher.report(first);
  EXPECT_TRUE(dispatcher.complete());
  EXPECT_TRUE(Dispatcher({}, 1, 1).complete());
}

TEST(Dispatcher, HandsOutNothingOnceStoppedAndKeepsTheFirstReason) {
  Dispatcher dispatcher({{0, 4}}, 1, 1);
  const Range first = dispatcher.next().value();
  dispatcher.stop("deadline");
  dispatcher.stop("signal");
  EXPECT_EQ(dispatcher.next(), std::nullopt);
  EXPECT_EQ(dispatcher.blocks_left(), 0);
  EXPECT_EQ(dispatcher.reason(), "deadline");
  dispatcher.report(first);
  EXPECT_EQ(dispatcher.units_open(), 3);
}

TEST(Dispatcher, RefusesReportsOfWhatItDidNotHandOut) {
  Dispatcher dispatcher({{0, 4}}, 2, 1);
  const Range block = dispatcher.next().value();
  EXPECT_THROW(dispatcher.report({2, 2}), Error);
  dispatcher.report(block);
  EXPECT_THROW(dispatcher.report(block), Error);
}

// The second method keeps a list and looks through all of it.
TEST(Dispatcher, KeepsItsBooksInAnyOrderOfReports) {
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    ScenarioDice dice(seed);
    Dispatcher dispatcher(random_ranges(dice), dice.between(1, 15), dice.between(1, 6));
    std::vector<Range> out;
    std::int64_t open = dispatcher.units_open();
    while (!dispatcher.complete()) {
      if (const auto block = dice.between(0, 2) > 0 ? dispatcher.next() : std::nullopt) out.push_back(*block);
      if (out.empty()) continue;
      const auto place = out.begin() + dice.between(0, static_cast<std::int64_t>(out.size()) - 1);
      const Range block = *place;
      ASSERT_THROW(dispatcher.report({block.first, block.count + 1}), Error) << "seed " << seed;
      ASSERT_EQ(dispatcher.units_open(), open) << "a refused report changes nothing, seed " << seed;
      if (dice.between(0, 1) == 0) continue;
      dispatcher.report(block);
      ASSERT_EQ(dispatcher.units_open(), open -= block.count) << "seed " << seed;
      ASSERT_THROW(dispatcher.report(block), Error) << "seed " << seed;
      out.erase(place);
    }
    ASSERT_TRUE(out.empty() && open == 0) << "seed " << seed;
  }
}

TEST(Dispatcher, RefusesBadPlans) {
  EXPECT_THROW(Dispatcher({{0, 4}}, 0, 1), Error);
  EXPECT_THROW(Dispatcher({{0, 4}}, 1, 0), Error);
  EXPECT_THROW(Dispatcher({{4, 4}, {0, 2}}, 1, 1), Error);
  EXPECT_THROW(Dispatcher({{0, 4}, {3, 2}}, 1, 1), Error);
  EXPECT_THROW(Dispatcher({{0, 0}}, 1, 1), Error);
}

TEST(Dispatcher, TakesStudiesOfAnySize) {
  const std::int64_t units = std::int64_t{1} << 50;
  Dispatcher dispatcher({{0, units}}, 1000, 7);
  EXPECT_EQ(dispatcher.next(), (Range{0, 994}));
  EXPECT_EQ(dispatcher.units_open(), units);
  EXPECT_GT(dispatcher.blocks_left(), std::int64_t{1} << 40);
}

}  // namespace
}  // namespace truce
