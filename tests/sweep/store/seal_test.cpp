// Sealing: the same input gives the same bytes, and no failure leaves half a file or loses the old one.
#include "sweep/store/seal.hpp"

#include <malloc.h>
#include <sys/wait.h>

#include <array>

#include "sweep/base/sha256.hpp"
#include "sweep/store/hdf5_file.hpp"
#include "sweep/store/result.hpp"
#include "tests/sweep/store/store_fixture.hpp"

namespace truce {
namespace {

using test::error_of;
using test::Folder;
using test::says;

std::size_t entries(const Folder& folder) {
  return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(folder.path()), {}));
}

Sealed seal(const std::filesystem::path& file, const Layout& layout) {
  return write_result(file, layout, test::fill_of(layout));
}

TEST(Seal, TheSameInputGivesTheSameBytes) {
  const Folder folder;
  const Layout layout = test::sample_layout(70000);
  const Sealed first = seal(folder / "a.h5", layout);
  const Sealed second = seal(folder / "b.h5", layout);
  EXPECT_TRUE(test::bytes_of(folder / "a.h5") == test::bytes_of(folder / "b.h5"));
  EXPECT_EQ(first.content_hash, second.content_hash);
  const std::string bytes = test::bytes_of(folder / "a.h5");
  EXPECT_EQ(first.file_hash, hex(sha256(bytes)));
  EXPECT_EQ(first.bytes, bytes.size());
  EXPECT_EQ(entries(folder), 2u);
}

TEST(Seal, AnotherProcessWritesTheSameBytes) {
  const Folder folder;
  const Layout layout = test::sample_layout(100);
  const pid_t child = ::fork();
  if (child == 0) {
    std::vector<std::byte> other_heap(5000000, std::byte{0xa5});  // stale memory must not reach the file
    std::vector<std::vector<std::byte>> pieces(3000, std::vector<std::byte>(1000, std::byte{0x5a}));
    pieces.clear();
    seal(folder / "b.h5", layout);
    ::_exit(0);
  }
  int status = 1;
  ::waitpid(child, &status, 0);
  ASSERT_EQ(status, 0);
  seal(folder / "a.h5", layout);
  EXPECT_TRUE(test::bytes_of(folder / "a.h5") == test::bytes_of(folder / "b.h5"));
}

TEST(Seal, OneValueChangesTheContentHashAndAnAttributeDoesNot) {
  const Folder folder;
  Layout layout = test::sample_layout(40);
  const std::string hash = seal(folder / "a.h5", layout).content_hash;
  const FillPiece fill = test::fill_of(layout);
  const Sealed changed =
      write_result(folder / "b.h5", layout, [&](std::size_t column, std::int64_t first, std::int64_t count, auto into) {
        fill(column, first, count, into);
        if (column == 3 && first + count == 40) into.back() ^= std::byte{1};
      });
  EXPECT_NE(changed.content_hash, hash);
  layout.attributes[2].value = std::string("another title");
  EXPECT_EQ(seal(folder / "c.h5", layout).content_hash, hash);
  layout.columns[7].fixed[1] = 0.26;
  EXPECT_NE(seal(folder / "d.h5", layout).content_hash, hash);
}

TEST(Seal, EverySpellingOfNanGivesTheSameFile) {
  const Folder folder;
  const Layout layout = test::sample_layout(40);
  const FillPiece fill = test::fill_of(layout);
  seal(folder / "a.h5", layout);
  write_result(folder / "b.h5", layout, [&](std::size_t column, std::int64_t first, std::int64_t count, auto into) {
    fill(column, first, count, into);
    for (std::size_t i = 0; column == 0 && i < into.size(); i += 8) {
      const auto bits = get<std::uint64_t>(into, i);
      if (std::isnan(std::bit_cast<double>(bits))) put(into, i, std::uint64_t{0xfff00000deadbeef});
    }
  });
  EXPECT_TRUE(test::bytes_of(folder / "a.h5") == test::bytes_of(folder / "b.h5"));
}

TEST(Seal, AFullDiskIsSaidLeavesNoHalfFileAndTheProcessEndsWell) {
  const Folder folder;
  const Layout layout = test::sample_layout(70000);
  test::write_bytes(folder / "a.h5", "the file that was there");
  const pid_t child = ::fork();  // its exit code shows that HDF5 does not crash afterwards
  if (child == 0) {
    const test::SmallDisk disk(300000);
    const auto [exit, text] = error_of([&] { seal(folder / "a.h5", layout); });
    std::exit(exit == Exit::io && says(text, {"a.h5.tmp.", "File too large"}) ? 0 : 1);
  }
  int status = 1;
  ::waitpid(child, &status, 0);
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
  EXPECT_EQ(test::bytes_of(folder / "a.h5"), "the file that was there");
  EXPECT_EQ(entries(folder), 1u);
}

TEST(Seal, AfterAFullDiskTheSameProcessCanSealAgain) {
  const Folder folder;
  const Layout layout = test::sample_layout(70000);
  {
    const test::SmallDisk disk(300000);
    EXPECT_EQ(error_of([&] { seal(folder / "a.h5", layout); }).first, Exit::io);
  }
  EXPECT_NO_THROW(seal(folder / "a.h5", layout));
  EXPECT_EQ(entries(folder), 1u);
}

TEST(Seal, ThrownFillsAndMissingFoldersLeaveNothing) {
  const Folder folder;
  const Layout layout = test::sample_layout(40);
  EXPECT_EQ(error_of([&] {
              write_result(folder / "a.h5", layout, [](std::size_t, std::int64_t, std::int64_t, std::span<std::byte>) {
                throw Error(Exit::corrupt, "a journal went bad");
              });
            }).first,
            Exit::corrupt);
  EXPECT_EQ(entries(folder), 0u);
  const auto [exit, text] = error_of([&] { seal(folder / "none/a.h5", layout); });
  EXPECT_EQ(exit, Exit::io);
  EXPECT_TRUE(says(text, {(folder / "none").string(), "No such file"}));
}

TEST(Seal, SaysHowManyBytesAreNeededBeforeItBegins) {
  const Folder folder;
  Layout layout = test::sample_layout(40);
  layout.rows = layout.dimensions[0].size = std::int64_t{1} << 50;
  const auto [exit, text] = error_of([&] { seal(folder / "a.h5", layout); });
  EXPECT_EQ(exit, Exit::io);
  EXPECT_TRUE(says(text, {"no room", "bytes", "free"}));
}

TEST(Seal, AFileThatAppearedMeanwhileIsKept) {
  const Folder folder;
  const Layout layout = test::sample_layout(40);
  const FillPiece fill = test::fill_of(layout);
  const auto [exit, text] = error_of([&] {
    write_result(folder / "a.h5", layout, [&](std::size_t column, std::int64_t first, std::int64_t count, auto i) {
      fill(column, first, count, i);
      test::write_bytes(folder / "a.h5", "years of work");
    });
  });
  EXPECT_EQ(exit, Exit::usage);
  EXPECT_TRUE(says(text, {"a.h5 exists already", "nothing is lost"}));
  EXPECT_EQ(test::bytes_of(folder / "a.h5"), "years of work");
  EXPECT_EQ(entries(folder), 1u);
}

TEST(Seal, BeatsAtEveryPieceAndEndsWhenABeatThrows) {
  const Folder folder;
  const Layout layout = test::sample_layout(70000);
  int beats = 0;
  write_result(folder / "a.h5", layout, test::fill_of(layout), [&] { ++beats; });
  EXPECT_GE(beats, 2 * 2 * static_cast<int>(layout.columns.size() - 2));  // two pieces, written and read again
  const Beat lost = [] { throw Error(Exit::io, "the lock is lost"); };
  EXPECT_EQ(error_of([&] { write_result(folder / "b.h5", layout, test::fill_of(layout), lost); }).first, Exit::io);
  EXPECT_EQ(entries(folder), 1u);
}

TEST(Temporaries, OfDeadProcessesAreRemovedAndNothingElse) {
  const Folder folder;
  for (const char* name : {"a.h5", "a.h5.tmp.3", "a.h5.tmp.node-1.x.4711", "a.h5.tmp.keep", "b.h5.tmp.3", "a.h5.tmp."})
    test::write_bytes(folder / name, "x");
  remove_temporaries(folder / "a.h5");
  std::vector<std::string> left;
  for (const auto& entry : std::filesystem::directory_iterator(folder.path()))
    left.push_back(entry.path().filename().string());
  std::ranges::sort(left);
  EXPECT_EQ(left, (std::vector<std::string>{"a.h5", "a.h5.tmp.", "a.h5.tmp.keep", "b.h5.tmp.3"}));
  EXPECT_NO_THROW(remove_temporaries(folder / "no/such/file"));
}

TEST(Seal, ALayoutThatContradictsItselfIsRefused) {
  const Folder folder;
  for (int fault = 0; fault < 4; ++fault) {
    Layout layout = test::sample_layout(40);
    if (fault == 0) layout.columns[0].width = 2;
    if (fault == 1) layout.columns[1].dimensions[2] = "nowhere";
    if (fault == 2) layout.columns[7].fixed.pop_back();
    if (fault == 3) layout.columns[2].name = "status";
    EXPECT_EQ(error_of([&] { seal(folder / "a.h5", layout); }).first, Exit::internal) << fault;
  }
}

/// Bytes that the process holds after a column of `chunks` chunks, one row each, was written and closed.
std::size_t held_after_column(const hdf5::Handle& file, const std::filesystem::path& path, const std::string& name,
                              std::int64_t chunks) {
  hdf5::Handle dataset = hdf5::create_dataset(file, path, name, Type::u8, {{chunks}, 1});
  const std::array<std::byte, 1> row{};
  for (std::int64_t chunk = 0; chunk < chunks; ++chunk) hdf5::write_rows(dataset, path, Type::u8, {chunk, 1}, row);
  dataset.close();
  return ::mallinfo2().uordblks;
}

// 1,600 chunks are 10^8 rows: what a rank holds while it seals must not grow with every column of such a study.
TEST(Seal, KeepsNothingOfAColumnThatIsWritten) {
  const Folder folder;
  hdf5::Handle file = hdf5::create_file(folder / "a.h5");
  std::size_t before = 0, after = 0;
  for (int column = 0; column < 12; ++column) {
    after = held_after_column(file, folder / "a.h5", "column_" + std::to_string(column), 1600);
    if (column == 1) before = after;
  }
  hdf5::close_written(file, folder / "a.h5");
  EXPECT_LT(after, before + 1'000'000);  // an index of 1,600 chunks takes 0.5 MB
}

}  // namespace
}  // namespace truce
