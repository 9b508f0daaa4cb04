// What others commit is heard once, whole frames only, and reading stops at nothing that a live journal may show.
#include "sweep/store/journal_news.hpp"

#include "sweep/store/attempt.hpp"
#include "tests/sweep/store/store_fixture.hpp"

namespace truce {
namespace {

using test::error_of;
using test::Folder;

constexpr std::int64_t units = 100;
const std::vector<std::byte> payload(1000, std::byte{7});

class News : public ::testing::Test {
 protected:
  void commit(Journal& journal, Range range) { journal.commit(FrameKind::rows, range, payload); }
  JournalNews news() const {
    return {scan_journals(folder_.path(), id_, units), folder_.path(), attempt_folder(folder_.path(), 2), id_, units};
  }
  Folder folder_;
  StudyId id_ = test::study(1);
};

TEST_F(News, AreTheFramesSinceTheLastLook) {
  Journal other(folder_.path(), 1, 0, id_);
  commit(other, {0, 4});
  JournalNews heard = news();
  EXPECT_TRUE(heard.look().empty()) << "what was scanned at the start is none";
  commit(other, {4, 4});
  commit(other, {90, 2});
  Journal later(folder_.path(), 3, 5, id_, Share{1, 2});
  commit(later, {50, 1});
  EXPECT_EQ(heard.look(), (std::vector<Range>{{4, 4}, {90, 2}, {50, 1}}));
  EXPECT_TRUE(heard.look().empty());
}

TEST_F(News, AreNotWhatThisAttemptCommits) {
  Journal own(folder_.path(), 2, 0, id_);
  JournalNews heard = news();
  commit(own, {0, 4});
  EXPECT_TRUE(heard.look().empty());
}

// A look may come between any two bytes that the other writes.
TEST_F(News, OfAFrameThatIsBeingWrittenComeWhenItIsWhole) {
  {
    Journal other(folder_.path(), 1, 0, id_);
    commit(other, {0, 4});
    commit(other, {4, 4});
  }
  const auto path = attempt_folder(folder_.path(), 1) / "rank-000000.journal";
  const std::string whole = test::bytes_of(path);
  for (const std::size_t bytes : {std::size_t{0}, std::size_t{10}, std::size_t{64}, std::size_t{1063},
                                  std::size_t{1064}, std::size_t{1100}, std::size_t{2127}}) {
    test::write_bytes(path, "");
    JournalNews heard = news();
    test::write_bytes(path, whole.substr(0, bytes));
    std::vector<Range> all = heard.look();
    EXPECT_EQ(all.size(), bytes / 1064) << bytes;
    test::write_bytes(path, whole);
    for (const Range& range : heard.look()) all.push_back(range);
    EXPECT_EQ(all, (std::vector<Range>{{0, 4}, {4, 4}})) << bytes;
  }
}

TEST_F(News, AreNoneOnceTheFolderHasVanished) {
  Journal other(folder_.path(), 1, 0, id_);
  JournalNews heard = news();
  commit(other, {0, 4});
  std::filesystem::remove_all(folder_.path());
  EXPECT_TRUE(heard.look().empty());
}

TEST_F(News, OfAnotherStudyAreAnError) {
  JournalNews heard = news();
  Journal other(folder_.path(), 1, 0, test::study(2));
  commit(other, {0, 4});
  EXPECT_EQ(error_of([&] { heard.look(); }).first, Exit::usage);
}

}  // namespace
}  // namespace truce
