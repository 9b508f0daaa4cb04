// Sizes and names of the layout's types, and the check that a layout is consistent with itself.
#include "sweep/store/layout.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <set>

#include "sweep/base/error.hpp"

namespace truce {

std::size_t size_of(Type type) {
  switch (type) {
    case Type::f64:
    case Type::i64:
      return 8;
    case Type::i32:
      return 4;
    case Type::u8:
      return 1;
  }
  return 0;
}

std::string_view name_of(Type type) {
  switch (type) {
    case Type::f64:
      return "float64";
    case Type::i64:
      return "int64";
    case Type::i32:
      return "int32";
    case Type::u8:
      return "uint8";
  }
  return "";
}

static_assert(std::endian::native == std::endian::little, "values are copied in native order");

void put_value(Type type, double value, std::byte* at) {
  const auto write = [at](auto typed) { std::memcpy(at, &typed, sizeof typed); };
  switch (type) {
    case Type::f64:
      return write(std::isnan(value) ? std::uint64_t{0x7ff8000000000000U} : std::bit_cast<std::uint64_t>(value));
    case Type::i64:
      return write(static_cast<std::int64_t>(value));
    case Type::i32:
      return write(static_cast<std::int32_t>(value));
    case Type::u8:
      return write(static_cast<std::uint8_t>(value));
  }
}

std::vector<std::size_t> Layout::bytes_before() const {
  std::vector<std::size_t> before;
  std::size_t bytes = 0;
  for (const Column& column : columns) {
    before.push_back(bytes);
    bytes += column.origin == Origin::row ? column.row_bytes() : 0;
  }
  return before;
}

std::size_t Layout::row_bytes() const {
  std::size_t bytes = 0;
  for (const Column& column : columns) bytes += column.origin == Origin::row ? column.row_bytes() : 0;
  return bytes;
}

std::int64_t rows_per_chunk(std::int64_t rows, std::size_t row_bytes) {
  constexpr std::size_t most_bytes = std::size_t{64} << 20;
  std::int64_t chunk = piece_rows;
  while (chunk > 1 && static_cast<std::size_t>(chunk) * row_bytes > most_bytes) chunk /= 2;
  return std::min(chunk, std::max<std::int64_t>(rows, 1));
}

const Dimension* find_dimension(const Layout& layout, std::string_view name) {
  const auto at = std::ranges::find(layout.dimensions, name, &Dimension::name);
  return at == layout.dimensions.end() ? nullptr : &*at;
}

std::vector<std::int64_t> sizes_of(const Layout& layout, const Column& column) {
  std::vector<std::int64_t> sizes;
  for (const std::string& name : column.dimensions) {
    const Dimension* dimension = find_dimension(layout, name);
    if (!dimension) throw Error(Exit::internal, "column " + column.name + " lies over the unknown dimension " + name);
    sizes.push_back(dimension->size);
  }
  return sizes;
}

namespace {

[[noreturn]] void report_defect(const std::string& name, const std::string& why) {
  throw Error(Exit::internal, "the layout's " + name + " " + why + "; this is a defect of truce, please report it");
}

void check_dimensions(const Layout& layout) {
  if (layout.dimensions.empty() || layout.dimensions.front().name != layout.row_dimension ||
      layout.dimensions.front().size != layout.rows || layout.rows < 1) {
    report_defect("row dimension '" + layout.row_dimension + "'", "must come first and have at least one row");
  }
  for (const Dimension& dimension : layout.dimensions) {
    const auto given = static_cast<std::int64_t>(dimension.coordinates.size());
    if (dimension.size < 1 || (given != 0 && given != dimension.size)) {
      report_defect("dimension '" + dimension.name + "'", "has a size that does not fit its coordinates");
    }
  }
}

}  // namespace

void check_layout(const Layout& layout) {
  check_dimensions(layout);
  std::set<std::string> names;
  for (const Dimension& dimension : layout.dimensions) {
    if (!names.insert(dimension.name).second) report_defect("dimension '" + dimension.name + "'", "stands there twice");
  }
  for (const Column& column : layout.columns) {
    const std::string what = "column '" + column.name + "'";
    if (column.name.empty() || !names.insert(column.name).second) report_defect(what, "needs a name of its own");
    const std::vector<std::int64_t> sizes = sizes_of(layout, column);
    const bool fixed = column.origin == Origin::fixed;
    std::int64_t values = 1;
    for (std::size_t i = fixed ? 0 : 1; i < sizes.size(); ++i) values *= sizes[i];
    if (fixed && values != static_cast<std::int64_t>(column.fixed.size()))
      report_defect(what, "has the wrong number of values");
    if (fixed) continue;
    if (column.dimensions.empty()) report_defect(what, "needs a dimension");
    if (column.origin == Origin::row && column.dimensions.front() != layout.row_dimension) {
      report_defect(what, "must lie over the row dimension first");
    }
    if (values != static_cast<std::int64_t>(column.width))
      report_defect(what, "has a width that its dimensions contradict");
  }
}

}  // namespace truce
