// Attempts, the lock of the live run, and the plan that the first attempt publishes.
#include "sweep/store/attempt.hpp"

#include <sys/wait.h>

#include <thread>

#include "tests/sweep/store/store_fixture.hpp"

namespace truce {
namespace {

using test::error_of;
using test::Folder;
using test::says;

TEST(Attempt, NumbersRiseAndAreNeverGivenTwice) {
  const Folder folder;
  EXPECT_EQ(begin_attempt(folder / "s.journal"), 1u);
  EXPECT_EQ(begin_attempt(folder / "s.journal"), 2u);
  std::filesystem::create_directory(attempt_folder(folder / "s.journal", 41));
  EXPECT_EQ(begin_attempt(folder / "s.journal"), 42u);
  std::vector<std::uint32_t> taken(8);
  std::vector<std::thread> threads;
  for (auto& number : taken) threads.emplace_back([&] { number = begin_attempt(folder / "s.journal"); });
  for (auto& thread : threads) thread.join();
  std::ranges::sort(taken);
  EXPECT_EQ(taken, (std::vector<std::uint32_t>{43, 44, 45, 46, 47, 48, 49, 50}));
}

TEST(Attempt, NumbersEndBeforeTheyWouldStartAnew) {
  const Folder folder;
  for (const char* name : {"attempt-4294967295", "attempt-4294967296", "attempt-1000001"}) {
    EXPECT_EQ(attempt_number(name), std::nullopt) << name;
    std::filesystem::create_directory(folder / name);
  }
  EXPECT_EQ(begin_attempt(folder.path()), 1u);
  std::filesystem::create_directory(folder / "attempt-999999");
  EXPECT_EQ(begin_attempt(folder.path()), 1000000u);
  const auto [exit, text] = error_of([&] { begin_attempt(folder.path()); });
  EXPECT_EQ(exit, Exit::usage);
  EXPECT_TRUE(says(text, {"no number left for", "attempt-1000001", "1000000"}));
}

TEST(Attempt, SaysWhichFolderCannotBeMade) {
  const Folder folder;
  test::write_bytes(folder / "plain", "");
  const auto [exit, text] = error_of([&] { begin_attempt(folder / "plain"); });
  EXPECT_EQ(exit, Exit::io);
  EXPECT_TRUE(says(text, {"plain"}));
}

TEST(Attempt, OfASharesFolderSaysSoAndCountsAmongAll) {
  const Folder folder;
  EXPECT_EQ(begin_attempt(folder.path(), Share{3, 8}), 1u);
  EXPECT_TRUE(std::filesystem::is_directory(folder / "attempt-0001.share-3-of-8"));
  EXPECT_EQ(begin_attempt(folder.path(), Share{2, 3}), 2u);
  EXPECT_EQ(begin_attempt(folder.path()), 3u);
  EXPECT_EQ(attempt_number("x/attempt-0041.share-3-of-8"), 41u);
  for (const char* name : {"attempt-0001.share", "attempt-0001.", "attempt-0001.share-9-of-8", "attempt-.share-1-of-8",
                           "attempt-0001-share-1-of-8", "attempt-", "attempt-0001.share-1-of-8.tmp"})
    EXPECT_EQ(attempt_number(name), std::nullopt) << name;
  Journal(folder.path(), 1, 0, test::study(1), Share{3, 8}).commit(FrameKind::rows, {2, 1}, {});
  EXPECT_EQ(missing_units(scan_journals(folder.path(), test::study(1), 4), 4), (std::vector<Range>{{0, 2}, {3, 1}}));
}

TEST(LiveLock, RefusesASecondRunWithHostProcessAndAge) {
  const Folder folder;
  EXPECT_FALSE(is_live(folder.path()));
  {
    const LiveLock first(folder.path());
    EXPECT_TRUE(is_live(folder.path()));
    const auto [exit, text] = error_of([&] { LiveLock(folder.path()); });
    EXPECT_EQ(exit, Exit::usage);
    EXPECT_TRUE(says(text, {"host " + host_name(), "process " + std::to_string(::getpid()), " s)", "--join"}));
  }
  EXPECT_FALSE(is_live(folder.path()));
  EXPECT_NO_THROW(LiveLock(folder.path()));
}

TEST(LiveLock, GoesWithAProcessThatIsKilled) {
  const Folder folder;
  std::array<int, 2> ready{};
  ASSERT_EQ(::pipe(ready.data()), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    const LiveLock lock(folder.path());
    static_cast<void>(!::write(ready[1], "x", 1));
    ::pause();
    ::_exit(0);
  }
  char byte = 0;
  ASSERT_EQ(::read(ready[0], &byte, 1), 1);
  EXPECT_TRUE(says(error_of([&] { LiveLock(folder.path()); }).second, {"process " + std::to_string(child)}));
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  EXPECT_FALSE(is_live(folder.path()));
  EXPECT_NO_THROW(LiveLock(folder.path()));
}

TEST(PublishedPlan, TheFirstOneStands) {
  const Folder folder;
  EXPECT_FALSE(read_plan(folder / "j").has_value());
  EXPECT_EQ(publish_plan(folder / "j", {64, "abc", "seed = 1\npoints = 4\n"}).block, 64);
  const PublishedPlan second = publish_plan(folder / "j", {128, "abc", "seed = 1\npoints = 4\n"});
  EXPECT_EQ(second.block, 64);
  EXPECT_EQ(second.canonical, "seed = 1\npoints = 4\n");
  EXPECT_EQ(read_plan(folder / "j")->study_id, "abc");
}

TEST(PublishedPlan, AnotherStudyIsRefusedWithTheLinesThatDiffer) {
  const Folder folder;
  publish_plan(folder.path(), {64, "abc", "seed = 1\npoints = 4\n"});
  const auto [exit, text] = error_of([&] { publish_plan(folder.path(), {64, "abd", "seed = 2\npoints = 4\n"}); });
  EXPECT_EQ(exit, Exit::usage);
  EXPECT_TRUE(says(text, {"there: seed = 1", "now  : seed = 2"}));
  EXPECT_FALSE(says(text, {"points"}));
}

TEST(PublishedPlan, ABlockWithoutUnitsIsDamage) {
  for (const std::int64_t block : {std::int64_t{0}, std::int64_t{-64}}) {
    const Folder folder;
    publish_plan(folder.path(), {block, "abc", "seed = 1\n"});
    EXPECT_EQ(error_of([&] { read_plan(folder.path()); }).first, Exit::corrupt) << block;
  }
}

TEST(PublishedPlan, EveryFlippedBitIsFound) {
  const Folder folder;
  publish_plan(folder.path(), {64, "abc", "seed = 1\n"});
  const std::string good = test::bytes_of(folder / "plan");
  for (std::size_t i = 0; i < good.size(); ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string bad = good;
      bad[i] = static_cast<char>(static_cast<unsigned char>(bad[i]) ^ (1u << bit));
      test::write_bytes(folder / "plan", bad);
      ASSERT_EQ(error_of([&] { read_plan(folder.path()); }).first, Exit::corrupt) << i << " " << bit;
    }
  }
}

}  // namespace
}  // namespace truce
