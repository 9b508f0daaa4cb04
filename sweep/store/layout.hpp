// The layout of a result file: its dimensions and columns, known before the first run.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace truce {

enum class Type { f64, i64, i32, u8 };
std::size_t size_of(Type type);
std::string_view name_of(Type type);  ///< "float64", "int64", "int32", "uint8"
/// Writes `value` little endian as a `type` at `at` (size_of(type) bytes); every NaN as 0x7ff8000000000000. Integer
/// types want a finite value in their range.
void put_value(Type type, double value, std::byte* at);

struct Attribute {
  std::string name;
  std::variant<std::string, double, std::int64_t, std::vector<double>, std::vector<std::uint8_t>> value;
};

/// The value of the attribute of that name; nullptr if there is none of this type.
template <typename T>
const T* value_of(const std::vector<Attribute>& attributes, std::string_view name) {
  const auto at = std::ranges::find(attributes, name, &Attribute::name);
  return at == attributes.end() ? nullptr : std::get_if<T>(&at->value);
}

/// A dimension and its coordinate variable (a dimension scale).
struct Dimension {
  std::string name;
  std::int64_t size = 0;
  std::vector<double> coordinates;  ///< empty: 0..size-1 as int64
  std::vector<Attribute> attributes;
};

/// Where a column's values come from.
enum class Origin {
  row,       ///< journaled by the ranks, one slice per row of the first dimension
  computed,  ///< over any dimension first, computed when the file is sealed (inputs over point, run keys over run)
  fixed,     ///< small: scalars and columns over policy; values stand in `fixed`
};

struct Column {
  std::string name;
  Type type = Type::f64;
  std::vector<std::string> dimensions;  ///< row columns begin with the row dimension
  Origin origin = Origin::row;
  std::size_t width = 1;      ///< values per row (product of the dimensions after the first)
  std::vector<double> fixed;  ///< origin fixed: all values, row-major
  std::vector<Attribute> attributes;
  std::size_t row_bytes() const { return width * size_of(type); }
};

struct Layout {
  std::string row_dimension;  ///< "point" or "run"
  std::int64_t rows = 0;
  std::vector<Dimension> dimensions;  ///< row dimension first
  std::vector<Column> columns;        ///< file order
  std::vector<Attribute> attributes;  ///< root attributes, fixed order
  std::size_t row_bytes() const;      ///< bytes a row of all Origin::row columns
  /// By column: bytes a row of the Origin::row columns before it, so that n rows of it begin n times as far into a
  /// payload of n rows.
  std::vector<std::size_t> bytes_before() const;
};

/// nullptr if there is none of that name.
const Dimension* find_dimension(const Layout& layout, std::string_view name);
/// Sizes of a column's dimensions; empty for a scalar. Throws Error(internal) on an unknown dimension.
std::vector<std::int64_t> sizes_of(const Layout& layout, const Column& column);
/// Throws Error(internal) unless dimensions, widths and fixed values fit together and names are unique.
void check_layout(const Layout& layout);

/// Value of the root attribute `file_type`, by which readers know a result file.
inline constexpr std::string_view result_file_type = "truce result";
/// The same of what is made from results: an analysis, a calibration or a ledger.
inline constexpr std::string_view analysis_file_type = "truce analysis";

/// Rows per HDF5 chunk and per piece of the content hash.
inline constexpr std::int64_t piece_rows = 65536;
/// Rows per chunk of a column: piece_rows, or a power of two below it where a chunk would pass 64 MiB
/// (HDF5 holds a whole chunk in memory and cannot store one of 4 GiB); never more than `rows`.
std::int64_t rows_per_chunk(std::int64_t rows, std::size_t row_bytes);

}  // namespace truce
