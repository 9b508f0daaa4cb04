// Damage: a cut at any byte and a flip of any bit must never bring a wrong frame to life.
#include "sweep/store/frame.hpp"
#include "sweep/store/journal.hpp"
#include "tests/sweep/store/store_fixture.hpp"

namespace truce {
namespace {

using test::Folder;

constexpr std::array<std::size_t, 3> payloads{40, 1, 23};

std::string payload_text(std::size_t frame) {
  return std::string(payloads[frame], static_cast<char>('a' + static_cast<int>(frame)));
}

class JournalDamage : public ::testing::Test {
 protected:
  JournalDamage() {
    Journal journal(folder_.path(), 1, 0, test::study(9));
    for (std::size_t i = 0; i < payloads.size(); ++i) {
      journal.commit(FrameKind::rows, {static_cast<std::int64_t>(i) * 2, 2}, test::as_span(payload_text(i)));
      ends_.push_back((ends_.empty() ? 0 : ends_.back()) + 64 + payloads[i]);
    }
    good_ = test::bytes_of(path_);
  }

  /// Every frame that a scan accepts is one of those committed, to the byte.
  std::size_t accepted(const std::string& bytes) {
    test::write_bytes(path_, bytes);
    const Scan scan = scan_journals(folder_.path(), test::study(9), 6);
    for (std::size_t i = 0; i < scan.frames.size(); ++i) {
      std::string text(scan.frames[i].bytes, '\0');
      read_payload(scan, scan.frames[i], 0, std::as_writable_bytes(std::span(text)));
      EXPECT_EQ(scan.frames[i].units, (Range{static_cast<std::int64_t>(i) * 2, 2}));
      EXPECT_EQ(text, payload_text(i));
    }
    const Scan::File& file = scan.files.at(0);
    EXPECT_EQ(file.damage.empty(), file.good_bytes == file.bytes);
    return scan.frames.size();
  }

  Folder folder_;
  std::filesystem::path path_ = folder_ / "attempt-0001/rank-000000.journal";
  std::vector<std::size_t> ends_;
  std::string good_;
};

TEST_F(JournalDamage, ACutAtAnyByteLosesOnlyTheFramesBehindIt) {
  ASSERT_EQ(good_.size(), ends_.back());
  for (std::size_t cut = 0; cut <= good_.size(); ++cut) {
    const auto whole =
        static_cast<std::size_t>(std::ranges::count_if(ends_, [&](std::size_t end) { return end <= cut; }));
    ASSERT_EQ(accepted(good_.substr(0, cut)), whole) << "cut at " << cut;
  }
}

TEST_F(JournalDamage, ATailOfZerosIsNoFrame) {
  for (const std::size_t end : ends_) EXPECT_LT(accepted(good_.substr(0, end) + std::string(200, '\0')), 4u);
  EXPECT_EQ(accepted(std::string(300, '\0')), 0u);
}

TEST_F(JournalDamage, NumbersNearTheEndOfTheirTypesAreNoFrame) {
  constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max(),
                         least = std::numeric_limits<std::int64_t>::min();
  constexpr std::uint64_t end = std::numeric_limits<std::uint64_t>::max();
  for (const std::int64_t first : {std::int64_t{0}, std::int64_t{5}, most - 1, most, std::int64_t{-1}, least}) {
    for (const std::int64_t count :
         {std::int64_t{1}, std::int64_t{2}, most - 1, most, std::int64_t{0}, std::int64_t{-1}, least}) {
      for (const std::uint64_t bytes :
           {std::uint64_t{0}, end, end - 63, end - 64, end / 2, end / 2 + 1, end - good_.size()}) {
        const bool fits = first >= 0 && first <= 6 && count >= 1 && count <= 6 - first;
        if (fits && bytes == 0) continue;  // a frame without a payload
        const auto header = pack({FrameKind::rows, frame_id(test::study(9)), 1, 0, {first, count}, bytes, 0});
        const std::string text(reinterpret_cast<const char*>(header.data()), header.size());
        ASSERT_EQ(accepted(good_ + text + std::string(100, 'x')), 3u) << first << " " << count << " " << bytes;
      }
    }
  }
}

TEST_F(JournalDamage, AFlipOfAnyBitIsFoundAndEarlierFramesStay) {
  for (std::size_t byte = 0; byte < good_.size(); ++byte) {
    const auto hit =
        static_cast<std::size_t>(std::ranges::count_if(ends_, [&](std::size_t end) { return end <= byte; }));
    for (int bit = 0; bit < 8; ++bit) {
      std::string bad = good_;
      bad[byte] = static_cast<char>(static_cast<unsigned char>(bad[byte]) ^ (1u << bit));
      ASSERT_EQ(accepted(bad), hit) << "byte " << byte << " bit " << bit;
    }
  }
}

}  // namespace
}  // namespace truce
