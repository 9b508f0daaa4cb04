// A disk that fails on demand: this program's own pread, pwrite, fdatasync, fsync and rename stand before the C
// library's.
#include <fcntl.h>
#include <sys/syscall.h>

#include <cerrno>

#include "tests/sweep/store/store_fixture.hpp"

namespace truce::test {

/// What the calls do, and what was called: w write, d fdatasync, s fsync, r rename.
struct Disk {
  std::string calls;
  std::size_t most_bytes = SIZE_MAX;  ///< a write takes no more
  int interrupt_every = 0;            ///< every n-th write returns EINTR
  int writes = 0;
  int failing_syncs = 0;                    ///< so many of the next fdatasync and fsync calls fail ...
  int code = EIO;                           ///< ... with this errno
  int failing_read = 0, failing_write = 0;  ///< the so-manieth of the next ones fails with EIO
  bool replaces = false;                    ///< the file system cannot rename without replacing
};

Disk& disk() {
  static Disk state;
  return state;
}

int sync_or_fail(char call, long number, int fd) {
  disk().calls += call;
  if (disk().failing_syncs > 0) {
    --disk().failing_syncs;
    errno = disk().code;
    return -1;
  }
  return static_cast<int>(::syscall(number, fd));
}

}  // namespace truce::test

extern "C" ssize_t pwrite(int fd, const void* from, size_t bytes, off_t offset) {
  truce::test::Disk& disk = truce::test::disk();
  disk.calls += 'w';
  if (disk.failing_write > 0 && --disk.failing_write == 0) {
    errno = EIO;
    return -1;
  }
  if (disk.interrupt_every > 0 && ++disk.writes % disk.interrupt_every == 0) {
    errno = EINTR;
    return -1;
  }
  return ::syscall(SYS_pwrite64, fd, from, std::min(bytes, disk.most_bytes), offset);
}
extern "C" ssize_t pread(int fd, void* into, size_t bytes, off_t offset) {
  int& failing = truce::test::disk().failing_read;
  if (failing > 0 && --failing == 0) {
    errno = EIO;
    return -1;
  }
  return ::syscall(SYS_pread64, fd, into, bytes, offset);
}
extern "C" int fdatasync(int fd) { return truce::test::sync_or_fail('d', SYS_fdatasync, fd); }
extern "C" int fsync(int fd) { return truce::test::sync_or_fail('s', SYS_fsync, fd); }
extern "C" int rename(const char* from, const char* to) noexcept {
  truce::test::disk().calls += 'r';
  return static_cast<int>(::syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0));
}
extern "C" int renameat2(int from_folder, const char* from, int to_folder, const char* to, unsigned flags) noexcept {
  if (truce::test::disk().replaces) {
    errno = EINVAL;
    return -1;
  }
  truce::test::disk().calls += 'r';
  return static_cast<int>(::syscall(SYS_renameat2, from_folder, from, to_folder, to, flags));
}

namespace truce {
namespace {

using test::disk;
using test::error_of;
using test::says;

class DiskFault : public ::testing::Test {
 protected:
  DiskFault() { disk() = {}; }
  ~DiskFault() override { disk() = {}; }
  std::vector<std::byte> block_ = std::vector<std::byte>(500, std::byte{0x42});
  test::Folder folder_;
};

TEST_F(DiskFault, ShortAndInterruptedWritesLoseNothing) {
  Journal journal(folder_.path(), 1, 0, test::study(1));
  disk().most_bytes = 7;
  disk().interrupt_every = 3;
  journal.commit(FrameKind::rows, {0, 2}, block_);
  disk() = {};
  const Scan scan = scan_journals(folder_.path(), test::study(1), 2);
  ASSERT_EQ(scan.frames.size(), 1u);
  std::vector<std::byte> read(500);
  read_payload(scan, scan.frames[0], 0, read);
  EXPECT_EQ(read, block_);
}

TEST_F(DiskFault, AnAttemptMakesDurableTheJournalFolderThatItFinds) {
  std::filesystem::create_directory(folder_ / "x.h5.journal");  // by an attempt that died before it could
  begin_attempt(folder_ / "x.h5.journal");
  EXPECT_EQ(disk().calls, "ss");  // the names of the attempt and of the journal folder
}

TEST_F(DiskFault, ABlockIsCommittedOnlyAfterFdatasync) {
  const std::uint32_t attempt = begin_attempt(folder_.path());
  disk().calls.clear();
  Journal journal(folder_.path(), attempt, 0, test::study(1));
  EXPECT_EQ(disk().calls, "s");  // the folder that names the new journal
  disk().calls.clear();
  journal.commit(FrameKind::rows, {0, 2}, block_);
  EXPECT_EQ(disk().calls, "wwd");
}

TEST_F(DiskFault, AfterAnErrorOfTheDiskOneNewFileTakesTheBlock) {
  Journal journal(folder_.path(), 1, 0, test::study(1));
  disk().failing_syncs = 1;
  journal.commit(FrameKind::rows, {0, 1}, block_);
  journal.commit(FrameKind::rows, {1, 1}, block_);
  EXPECT_EQ(test::bytes_of(folder_ / "attempt-0001/rank-000000-2.journal").size(), 2u * 564u);
  EXPECT_TRUE(missing_units(scan_journals(folder_.path(), test::study(1), 2), 2).empty());
}

TEST_F(DiskFault, ASecondErrorOfTheDiskEndsTheJournalForGood) {
  Journal journal(folder_.path(), 1, 0, test::study(1));
  disk().failing_syncs = 1;
  journal.commit(FrameKind::rows, {0, 1}, block_);
  disk().failing_syncs = 1;
  EXPECT_EQ(error_of([&] { journal.commit(FrameKind::rows, {1, 1}, block_); }).first, Exit::io);
  disk().calls.clear();
  EXPECT_EQ(error_of([&] { journal.commit(FrameKind::rows, {1, 1}, block_); }).first, Exit::io);
  EXPECT_EQ(disk().calls, "");  // a later success of that descriptor would be a lie
}

TEST_F(DiskFault, ADiskThatIsFullOnlyAtFdatasyncIsSaidToBeFull) {
  Journal journal(folder_.path(), 1, 0, test::study(1));
  disk().failing_syncs = 1;
  disk().code = ENOSPC;
  const auto [exit, text] = error_of([&] { journal.commit(FrameKind::rows, {0, 1}, block_); });
  EXPECT_EQ(exit, Exit::io);
  EXPECT_TRUE(says(text, {"564 bytes", "rank-000000.journal", "No space left"}));
}

TEST_F(DiskFault, InterruptedSyncsAreMadeAgain) {
  test::write_bytes(folder_ / "a", "bytes");
  for (const bool is_folder : {false, true}) {
    disk() = {};
    disk().failing_syncs = 2;
    disk().code = EINTR;
    is_folder ? sync_folder(folder_.path()) : sync_file(folder_ / "a");
    EXPECT_EQ(disk().calls, "sss");
  }
}

TEST_F(DiskFault, ADiskThatCannotReadAResultIsNoDamageToIt) {
  const Layout layout = test::sample_layout(40);
  int read = 1;
  for (; !std::filesystem::exists(folder_ / "a.h5"); ++read) {
    disk().failing_read = read;
    try {
      write_result(folder_ / "a.h5", layout, test::fill_of(layout));
    } catch (const Error& error) {
      ASSERT_EQ(error.exit(), Exit::io) << read << ": " << error.what();
      ASSERT_TRUE(says(error.what(), {"a.h5.tmp.", "Input/output error"})) << read;
    }
  }
  EXPECT_GT(read, 10);
}

TEST_F(DiskFault, AWriteOfAResultThatFailsIsToldEvenWhenHdf5MakesItAtTheEnd) {
  const Layout layout = test::sample_layout(40);
  int write = 1;
  for (std::string name = "1.h5"; !std::filesystem::exists(folder_ / name); ++write) {
    name = std::to_string(write) + ".h5";  // HDF5 keeps those that failed open
    disk().failing_write = write;
    try {
      write_result(folder_ / name, layout, test::fill_of(layout));
    } catch (const Error& error) {
      ASSERT_EQ(error.exit(), Exit::io) << write << ": " << error.what();
      ASSERT_TRUE(says(error.what(), {name, "Input/output error"})) << write;
    }
  }
  EXPECT_GT(write, 20);
}

TEST_F(DiskFault, AResultIsDurableBeforeItsNameAndTheNameAfterwards) {
  const Layout layout = test::sample_layout(40);
  write_result(folder_ / "a.h5", layout, test::fill_of(layout));
  const std::string calls = disk().calls;
  EXPECT_EQ(calls.substr(calls.size() - 4), "wsrs");
}

TEST_F(DiskFault, WithoutARenameThatKeepsFilesAResultIsLinkedAndKeepsThemToo) {
  const Layout layout = test::sample_layout(40);
  disk().replaces = true;
  write_result(folder_ / "a.h5", layout, test::fill_of(layout));
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_.path()), {}), 1);
  test::write_bytes(folder_ / "a.h5", "years of work");
  EXPECT_EQ(error_of([&] { write_result(folder_ / "a.h5", layout, test::fill_of(layout)); }).first, Exit::usage);
  EXPECT_EQ(test::bytes_of(folder_ / "a.h5"), "years of work");
}

TEST_F(DiskFault, AResultThatCannotBeMadeDurableGetsNoName) {
  const Layout layout = test::sample_layout(40);
  disk().failing_syncs = 1;
  const auto [exit, text] = error_of([&] { write_result(folder_ / "a.h5", layout, test::fill_of(layout)); });
  EXPECT_EQ(exit, Exit::io);
  EXPECT_TRUE(std::filesystem::is_empty(folder_.path()));
}

}  // namespace
}  // namespace truce
