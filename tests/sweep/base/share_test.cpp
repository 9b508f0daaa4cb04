// Shares: their spelling, and that they tile a study whatever its size.
#include "sweep/base/share.hpp"

#include <gtest/gtest.h>

#include "sweep/base/error.hpp"

namespace truce {
namespace {

TEST(Share, IsSpelledInTwoWaysThatAreReadBack) {
  const Share share = parse_share("3/8");
  EXPECT_EQ(share, (Share{3, 8}));
  EXPECT_EQ(to_text(share), "3/8");
  EXPECT_EQ(name_of(share), "share-3-of-8");
  EXPECT_EQ(share_of("share-3-of-8"), share);
  EXPECT_EQ(parse_share("1000000/1000000"), (Share{1000000, 1000000}));
}

TEST(Share, RefusesWhatIsNoneAndSaysHowToWriteOne) {
  for (const char* text : {"0/8", "9/8", "1/0", "1", "a/b", "", "/", "1/", "/8", "1/8/8", "-1/8", "1/-8", "1 /8",
                           "+1/8", "1/1000001", "1e0/8", "99999999999999999999/99999999999999999999"}) {
    try {
      parse_share(text);
      ADD_FAILURE() << text;
    } catch (const Error& error) {
      EXPECT_EQ(error.exit(), Exit::usage);
      EXPECT_NE(std::string(error.what()).find("write --share=3/8"), std::string::npos);
    }
  }
}

TEST(Share, HasOneNameOnly) {
  for (const char* name : {"share-03-of-8", "share-3-of-8 ", "share-3-of-", "share-9-of-8", "share-0-of-8", "share-3/8",
                           "Share-3-of-8", "share-3-of-8.held", ""})
    EXPECT_FALSE(share_of(name)) << name;
}

TEST(Share, AllOfThemTileTheStudyInOrder) {
  for (std::int64_t points = 1; points <= 40; ++points) {
    for (const std::int64_t chunks : {1, 3, 7}) {
      for (std::int64_t of = 1; of <= 50; ++of) {
        std::int64_t end = 0;
        for (std::int64_t number = 1; number <= of; ++number) {
          const Range units = units_of({number, of}, points, chunks);
          ASSERT_EQ(units.first, end) << points << " points, share " << number << "/" << of;
          ASSERT_TRUE(points < of || (units.first % chunks == 0 && units.count >= chunks)) << "a point is cut";
          const std::int64_t parts = points < of ? points * chunks : points, width = points < of ? 1 : chunks;
          ASSERT_LE(std::abs(units.count * of - parts * width), width * of) << "shares differ by more than one part";
          end = units.end();
        }
        ASSERT_EQ(end, points * chunks);
      }
    }
  }
}

TEST(Share, OfTheLargestStudiesDoesNotOverflow) {
  const std::int64_t points = std::int64_t{1} << 40, most = 1'000'000;
  EXPECT_EQ(units_of({most, most}, points, 4).end(), 4 * points);
  EXPECT_EQ(units_of({most, most}, most - 1, 976'563).end(), (most - 1) * 976'563);
}

}  // namespace
}  // namespace truce
