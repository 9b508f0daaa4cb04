// Who may be live beside whom: shares beside each other, each once; a whole run beside none. Other processes hold.
#include <sys/wait.h>
#include <unistd.h>

#include "sweep/store/attempt.hpp"
#include "tests/sweep/store/store_fixture.hpp"

namespace truce {
namespace {

using test::error_of;
using test::Folder;
using test::says;

/// Another process that holds a lock until it is killed with -9.
class Holder {
 public:
  Holder(const std::filesystem::path& folder, LockBy by, const std::optional<Share>& share) {
    std::array<int, 2> ready{};
    if (::pipe(ready.data()) != 0) throw std::runtime_error("no pipe");
    pid_ = ::fork();
    if (pid_ == 0) {
      const LiveLock lock(folder, by, share);
      static_cast<void>(!::write(ready[1], "x", 1));
      ::pause();
      ::_exit(0);
    }
    ::close(ready[1]);
    char byte = 0;
    if (::read(ready[0], &byte, 1) != 1) throw std::runtime_error("the holder got no lock");
    ::close(ready[0]);
  }
  ~Holder() {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
  Holder(const Holder&) = delete;
  Holder& operator=(const Holder&) = delete;
  std::string name() const { return "process " + std::to_string(pid_); }

 private:
  pid_t pid_ = 0;
};

constexpr Share second{2, 3};

/// Of hosts with flock and without, in any mixture.
class ShareLock : public ::testing::TestWithParam<std::pair<LockBy, LockBy>> {
 protected:
  LockBy theirs() const { return GetParam().first; }
  LockBy ours() const { return GetParam().second; }
  std::pair<Exit, std::string> refusal(const std::optional<Share>& share) const {
    return error_of([&] { LiveLock(folder_.path(), ours(), share); });
  }
  Folder folder_;
};

TEST_P(ShareLock, StandsBesideOtherShares) {
  const Holder holder(folder_.path(), theirs(), second);
  EXPECT_TRUE(is_live(folder_.path()));
  for (const Share share : {Share{1, 3}, Share{3, 3}, Share{2, 4}}) {
    EXPECT_NO_THROW(LiveLock(folder_.path(), ours(), share)) << to_text(share);
  }
}

TEST_P(ShareLock, IsTakenOnce) {
  const Holder holder(folder_.path(), theirs(), second);
  const auto [exit, text] = refusal(second);
  EXPECT_EQ(exit, Exit::usage);
  EXPECT_TRUE(says(text, {"share 2/3", "host " + host_name(), holder.name(), " s)", "--join"}));
}

TEST_P(ShareLock, KeepsAWholeRunAway) {
  const Holder holder(folder_.path(), theirs(), second);
  const auto [exit, text] = refusal(std::nullopt);
  EXPECT_EQ(exit, Exit::usage);
  EXPECT_TRUE(says(text, {"share 2/3", "host " + host_name(), holder.name(), " s)"}));
}

TEST_P(ShareLock, IsKeptAwayByAWholeRun) {
  const Holder holder(folder_.path(), theirs(), std::nullopt);
  const auto [exit, text] = refusal(second);
  EXPECT_EQ(exit, Exit::usage);
  EXPECT_TRUE(says(text, {"host " + host_name(), holder.name(), " s)"}));
  EXPECT_FALSE(says(text, {"share"}));
}

TEST_P(ShareLock, ThatWasRefusedLeavesNothingBehind) {
  {
    const Holder holder(folder_.path(), theirs(), std::nullopt);
    refusal(second);
    refusal(Share{1, 3});
  }
  for (const auto& entry : std::filesystem::directory_iterator(folder_.path())) {
    if (entry.path().string().find("share") == std::string::npos) continue;
    EXPECT_FALSE(is_held(entry.path())) << entry.path();
    EXPECT_FALSE(is_fresh(entry.path())) << entry.path();
  }
}

std::string spell(LockBy by) { return by == LockBy::flock ? "flock" : "age"; }

INSTANTIATE_TEST_SUITE_P(Hosts, ShareLock,
                         ::testing::Values(std::pair(LockBy::flock, LockBy::flock),
                                           std::pair(LockBy::flock, LockBy::age), std::pair(LockBy::age, LockBy::flock),
                                           std::pair(LockBy::age, LockBy::age)),
                         [](const auto& given) { return spell(given.param.first) + "_" + spell(given.param.second); });

TEST(ShareLockByFlock, GoesWithAProcessThatIsKilled) {
  const Folder folder;
  { const Holder holder(folder.path(), LockBy::flock, second); }
  EXPECT_FALSE(is_live(folder.path()));
  EXPECT_NO_THROW(LiveLock(folder.path(), LockBy::flock, second));
  EXPECT_NO_THROW(LiveLock{folder.path()});
}

TEST(ShareLockByAge, OfAHolderThatEndedWellIsGone) {
  const Folder folder;
  {
    const LiveLock lock(folder.path(), LockBy::age, second);
    EXPECT_TRUE(is_live(folder.path()));
  }
  EXPECT_FALSE(is_live(folder.path()));
  EXPECT_NO_THROW(LiveLock(folder.path(), LockBy::age));
}

TEST(ShareLockByAge, OfASilentHolderIsStale) {
  const Folder folder;
  { const Holder killed(folder.path(), LockBy::age, second); }
  const auto file = folder / "live.share-2-of-3.held";
  EXPECT_TRUE(is_live(folder.path())) << "nobody knows yet";
  std::filesystem::last_write_time(file, std::filesystem::file_time_type::clock::now() - std::chrono::minutes(2));
  EXPECT_FALSE(is_live(folder.path()));
  EXPECT_NO_THROW(LiveLock(folder.path(), LockBy::age));
  EXPECT_NO_THROW(LiveLock(folder.path(), LockBy::age, second));
}

}  // namespace
}  // namespace truce
