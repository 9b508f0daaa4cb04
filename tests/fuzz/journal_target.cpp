// A rank's journal, from its scan to its rows. The first byte chooses the study; with its lowest bit set, every header
// gets the checksums and the study id that fit, so that what stands behind these checks is reached.
#include <algorithm>

#include "sweep/store/attempt.hpp"
#include "sweep/store/bytes.hpp"
#include "sweep/store/crc32c.hpp"
#include "sweep/store/frame.hpp"
#include "sweep/store/frames.hpp"
#include "sweep/store/journal.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace truce;
using namespace truce::fuzz;

namespace {

/// A study as its journal sees it.
struct Shape {
  std::int64_t units;
  RowMap map;
  Layout layout;
};

Shape shape_of(unsigned choice) {
  constexpr std::int64_t most = std::int64_t{1} << 62;
  const auto shape = [](std::int64_t units, RowMap map, std::int64_t rows, Type last = Type::u8) {
    Layout layout;
    layout.row_dimension = map.rows_are_runs ? "run" : "point";
    layout.rows = rows;
    layout.columns = {{"length", Type::f64, {layout.row_dimension}, Origin::row, 1, {}, {}},
                      {"status", last, {layout.row_dimension}, Origin::row, 1, {}, {}}};
    return Shape{units, map, layout};
  };
  switch (choice % 4) {
    case 0:
      return shape(8, {}, 8);
    case 1:
      return shape(8, {2, 1, 1, 2048, false}, 4);
    case 2:
      return shape(4, {2, 1, 1, 1030, true}, 2060);
    default:
      return shape(most, {}, most, Type::f64);  // bytes of all rows: 0 modulo 2^64
  }
}

void make_fit(std::vector<std::byte>& bytes, const StudyId& id) {
  const std::span<std::byte> all(bytes);
  for (std::size_t at = 0; at + frame_header_bytes <= all.size();) {
    const auto header = all.subspan(at, frame_header_bytes);
    const auto payload = all.subspan(at + frame_header_bytes);
    const auto length = get<std::uint64_t>(header, 48);
    if (length > payload.size()) return;
    const auto fitting = frame_id(id);
    std::copy(fitting.begin(), fitting.end(), header.begin() + 8);
    put(header, 56, crc32c(payload.first(static_cast<std::size_t>(length))));
    put(header, 60, crc32c(header.first(60)));
    at += frame_header_bytes + static_cast<std::size_t>(length);
  }
}

void check_gaps(const std::vector<Range>& gaps, std::int64_t units) {
  std::int64_t end = 0;
  for (const Range& gap : gaps) {
    require(gap.first >= end && gap.count >= 1 && gap.count <= units - gap.first, "gaps are in order within the study");
    end = gap.end();
  }
}

void read_rows(const Scan& scan, const Shape& shape) {
  FrameReader reader(scan, shape.layout, shape.map);
  check_gaps(reader.uncovered(), shape.layout.rows);
  const std::int64_t rows = std::min<std::int64_t>(shape.layout.rows, 2060);
  std::vector<std::byte> into(static_cast<std::size_t>(rows) * sizeof(double));
  check_gaps(reader.read(0, 0, rows, into), rows);
  check_gaps(reader.read(1, rows / 2, rows - rows / 2, into), rows);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const Shape shape = shape_of(data[0] >> 1);
  const StudyId id{std::byte{0x17}};
  std::vector<std::byte> bytes(size - 1);
  std::transform(data + 1, data + size, bytes.begin(), [](std::uint8_t byte) { return std::byte{byte}; });
  if ((data[0] & 1) != 0) make_fit(bytes, id);
  const auto journals = folder() / "a.h5.journal";
  std::filesystem::create_directories(attempt_folder(journals, 1));
  write_file(attempt_folder(journals, 1) / "rank-000000.journal",
             {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  Scan scan;
  if (!refusal({Exit::usage}, [&] { scan = scan_journals(journals, id, shape.units); }).empty()) return 0;
  check_gaps(missing_units(scan, shape.units), shape.units);
  require(scan.files.size() == 1 && scan.files[0].good_bytes <= bytes.size(), "a journal has no more than its bytes");
  require(scan.files[0].damage.empty() == (scan.files[0].good_bytes == bytes.size()), "what is not read is told");
  refusal({Exit::corrupt}, [&] { read_rows(scan, shape); });
  refusal({Exit::corrupt, Exit::conflict}, [&] { check_overlaps(scan, shape.layout, shape.map); });
  return 0;
}
