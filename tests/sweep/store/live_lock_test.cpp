// The lock of the live run where it is hard: folders that vanish, file systems without flock, many starters at once.
// This program's own flock, link and time stand before the C library's.
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <ctime>
#include <functional>

#include "sweep/store/attempt.hpp"
#include "tests/sweep/store/store_fixture.hpp"

namespace truce::test {

struct System {
  std::function<void()> before_flock;  ///< called once
  std::function<void()> before_claim;  ///< called once, where a stale file was judged and not yet removed
  bool no_flock = false;
  std::time_t later = 0;  ///< seconds by which the clock is ahead
};

System& machine() {
  static System state;
  return state;
}

}  // namespace truce::test

extern "C" int flock(int fd, int how) noexcept {
  auto& machine = truce::test::machine();
  if (const auto act = std::exchange(machine.before_flock, nullptr)) act();
  if (machine.no_flock) {
    errno = ENOLCK;
    return -1;
  }
  return static_cast<int>(::syscall(SYS_flock, fd, how));
}

extern "C" int link(const char* from, const char* to) noexcept {
  auto& machine = truce::test::machine();
  if (std::string_view(to).find(".stale.") != std::string_view::npos)
    if (const auto act = std::exchange(machine.before_claim, nullptr)) act();
  constexpr int from_here = -100;  // AT_FDCWD: <fcntl.h> has a structure that this flock would hide
  return static_cast<int>(::syscall(SYS_linkat, from_here, from, from_here, to, 0));
}

extern "C" std::time_t time(std::time_t*) noexcept {
  struct timespec now {};
  ::clock_gettime(CLOCK_REALTIME, &now);
  return now.tv_sec + truce::test::machine().later;
}

namespace truce {
namespace {

using test::error_of;
using test::machine;
using test::says;

class HardLock : public ::testing::Test {
 protected:
  HardLock() { machine() = {}; }
  ~HardLock() override { machine() = {}; }
  test::Folder folder_;
  std::filesystem::path journal_ = folder_ / "s.journal";
};

TEST_F(HardLock, AFolderThatVanishesBeforeTheLockIsTakenIsLockedAnew) {
  machine().before_flock = [&] { std::filesystem::remove_all(journal_); };
  const LiveLock lock(journal_);
  EXPECT_TRUE(is_live(journal_));
  EXPECT_EQ(error_of([&] { LiveLock{journal_}; }).first, Exit::usage);
}

TEST_F(HardLock, AFolderThatIsMadeAnewBeforeTheLockIsTakenIsLockedNotTheOldOne) {
  std::unique_ptr<LiveLock> other;
  machine().before_flock = [&] {
    std::filesystem::remove_all(journal_);
    other = std::make_unique<LiveLock>(journal_);
  };
  EXPECT_EQ(error_of([&] { LiveLock{journal_}; }).first, Exit::usage);
}

TEST_F(HardLock, WithoutFlockASecondRunIsRefusedAndTheEndIsSeen) {
  machine().no_flock = true;
  EXPECT_FALSE(is_live(journal_));
  {
    const LiveLock first(journal_);
    EXPECT_TRUE(is_live(journal_));
    const auto [exit, text] = error_of([&] { LiveLock{journal_}; });
    EXPECT_EQ(exit, Exit::usage);
    EXPECT_TRUE(says(text, {"host " + host_name(), "process " + std::to_string(::getpid())}));
  }
  EXPECT_FALSE(is_live(journal_));
  EXPECT_NO_THROW(LiveLock{journal_});
}

TEST_F(HardLock, AHostWithFlockAndOneWithoutSeeEachOther) {
  {
    const LiveLock with(journal_);
    EXPECT_EQ(error_of([&] { LiveLock(journal_, LockBy::age); }).first, Exit::usage);
  }
  const LiveLock without(journal_, LockBy::age);
  EXPECT_EQ(error_of([&] { LiveLock{journal_}; }).first, Exit::usage);
}

TEST_F(HardLock, ASilentHolderIsStaleAfterAMinuteAndLearnsIt) {
  LiveLock silent(journal_, LockBy::age);
  machine().later = 55;
  EXPECT_EQ(error_of([&] { LiveLock(journal_, LockBy::age); }).first, Exit::usage);
  machine().later = 70;
  const LiveLock next(journal_, LockBy::age);
  const auto [exit, text] = error_of([&] { silent.beat(); });
  EXPECT_EQ(exit, Exit::io);
  EXPECT_TRUE(says(text, {"another run took over"}));
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(journal_), {}), 1);
}

TEST_F(HardLock, ABeatRenewsTheFile) {
  LiveLock lock(journal_, LockBy::age);
  const auto old = std::filesystem::last_write_time(journal_ / "live.held") - std::chrono::seconds(50);
  std::filesystem::last_write_time(journal_ / "live.held", old);
  lock.beat();  // not due yet
  EXPECT_EQ(std::filesystem::last_write_time(journal_ / "live.held"), old);
  machine().later = 11;
  lock.beat();
  EXPECT_GT(std::filesystem::last_write_time(journal_ / "live.held"), old + std::chrono::seconds(40));
}

/// Leaves the file of a holder that died an hour ago.
void leave_stale(const std::filesystem::path& path) {
  test::write_bytes(path, "host gone, process 1 started 5\n");
  std::filesystem::last_write_time(path, std::filesystem::file_time_type::clock::now() - std::chrono::hours(1));
}

TEST_F(HardLock, OneThatWasFasterToTakeOverIsNotRemoved) {
  make_folder(journal_);
  leave_stale(journal_ / "live.held");
  std::unique_ptr<LiveLock> faster;
  machine().before_claim = [&] {
    std::filesystem::remove(journal_ / "live.held");
    faster = std::make_unique<LiveLock>(journal_, LockBy::age);
  };
  EXPECT_EQ(error_of([&] { LiveLock(journal_, LockBy::age); }).first, Exit::usage);
  ASSERT_NE(faster, nullptr);
  machine().later = 11;
  EXPECT_NO_THROW(faster->beat());
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(journal_), {}), 1);
}

TEST_F(HardLock, AStaleFileIsTakenOverThoughOneDiedTakingItOver) {
  make_folder(journal_);
  leave_stale(journal_ / "live.held");
  struct stat left {};
  ASSERT_EQ(::stat((journal_ / "live.held").c_str(), &left), 0);
  leave_stale(journal_ / ("live.held.stale." + std::to_string(left.st_ino) + "." + std::to_string(left.st_mtim.tv_sec) +
                          "." + std::to_string(left.st_mtim.tv_nsec)));
  const LiveLock next(journal_, LockBy::age);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(journal_), {}), 1);
}

/// Starts a process that takes the lock when `go` closes, and tells through `won` if it did; it holds until killed.
pid_t start_rival(const std::filesystem::path& folder, const std::array<int, 2>& go, int won) {
  const pid_t child = ::fork();
  if (child != 0) return child;
  ::close(go[1]);
  char byte = 0;
  static_cast<void>(!::read(go[0], &byte, 1));
  try {
    const LiveLock lock(folder, LockBy::age);
    static_cast<void>(!::write(won, "y", 1));
    ::pause();
  } catch (const Error&) {
    static_cast<void>(!::write(won, "n", 1));
  }
  ::_exit(0);
}

/// What twelve processes that start at once tell: 'y' for the lock, 'n' for none.
std::string race(const std::filesystem::path& folder) {
  std::array<int, 2> go{}, won{};
  if (::pipe(go.data()) != 0 || ::pipe(won.data()) != 0) return "";
  std::vector<pid_t> rivals;
  for (int i = 0; i < 12; ++i) rivals.push_back(start_rival(folder, go, won[1]));
  ::close(go[0]);
  ::close(go[1]);
  std::string answers(rivals.size(), ' ');
  for (char& answer : answers) static_cast<void>(!::read(won[0], &answer, 1));
  for (const pid_t rival : rivals) ::kill(rival, SIGKILL);
  for (const pid_t rival : rivals) ::waitpid(rival, nullptr, 0);
  ::close(won[0]);
  ::close(won[1]);
  return answers;
}

TEST_F(HardLock, OfManyThatStartAtOnceByAgeOneWins) {
  make_folder(journal_);
  for (int round = 0; round < 30; ++round) {
    leave_stale(journal_ / "live.held");
    const std::string answers = race(journal_);
    EXPECT_EQ(std::count(answers.begin(), answers.end(), 'y'), 1) << answers;
  }
}

}  // namespace
}  // namespace truce
