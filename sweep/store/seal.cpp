// Writes the result file piece by piece, then proves from the disk that it holds what was given.
#include "sweep/store/seal.hpp"

#include <unistd.h>

#include <algorithm>
#include <vector>

#include "sweep/base/error.hpp"
#include "sweep/store/bytes.hpp"
#include "sweep/store/content_hash.hpp"
#include "sweep/store/crc32c.hpp"
#include "sweep/store/files.hpp"
#include "sweep/store/hdf5_file.hpp"
#include "sweep/store/result.hpp"
#include "sweep/store/written_layout.hpp"

namespace truce {
namespace {

/// What a variable of the file is made of: a dimension's coordinates or a column.
struct Source {
  std::string name;
  Type type;
  std::vector<std::int64_t> sizes;
  std::size_t row_bytes;
  bool contiguous;  ///< small and fixed
  FillPiece fill;   ///< its first argument is not used
};

FillPiece from_values(const std::vector<double>& values, Type type, std::size_t width) {
  return [&values, type, width](std::size_t, std::int64_t first, std::int64_t count, std::span<std::byte> into) {
    const std::size_t from = static_cast<std::size_t>(first) * width;
    for (std::size_t i = 0; i < static_cast<std::size_t>(count) * width; ++i)
      put_value(type, values[from + i], into.data() + i * size_of(type));
  };
}

void fill_numbers(std::size_t, std::int64_t first, std::int64_t count, std::span<std::byte> into) {
  for (std::int64_t i = 0; i < count; ++i) {
    put(into, static_cast<std::size_t>(i) * 8, static_cast<std::uint64_t>(first + i));
  }
}

Source source_of(const Dimension& dimension) {
  const bool numbered = dimension.coordinates.empty();
  const Type type = numbered ? Type::i64 : Type::f64;
  return {dimension.name,
          type,
          {dimension.size},
          8,
          false,
          numbered ? FillPiece(fill_numbers) : from_values(dimension.coordinates, type, 1)};
}

Source source_of(const Layout& layout, std::size_t number, const FillPiece& fill) {
  const Column& column = layout.columns[number];
  Source source{column.name, column.type, sizes_of(layout, column), size_of(column.type), false, {}};
  std::size_t width = 1;
  for (std::size_t i = 1; i < source.sizes.size(); ++i) width *= static_cast<std::size_t>(source.sizes[i]);
  source.row_bytes *= width;
  if (column.origin == Origin::fixed) {
    source.contiguous = true;
    source.fill = from_values(column.fixed, column.type, width);
  } else {
    source.fill = [&fill, number](std::size_t, std::int64_t first, std::int64_t count, std::span<std::byte> into) {
      fill(number, first, count, into);
    };
  }
  return source;
}

std::vector<Source> sources_of(const Layout& layout, const FillPiece& fill) {
  std::vector<Source> sources;
  for (const Dimension& dimension : layout.dimensions) sources.push_back(source_of(dimension));
  for (std::size_t i = 0; i < layout.columns.size(); ++i) sources.push_back(source_of(layout, i, fill));
  return sources;
}

std::int64_t rows_of(const Source& source) { return source.sizes.empty() ? 1 : source.sizes.front(); }

/// Writes one file; the members are what its steps share.
class Sealing {
 public:
  Sealing(const std::filesystem::path& temp, const Layout& layout, const FillPiece& fill, const Beat& beat)
      : temp_(temp), layout_(layout), beat_(beat), sources_(sources_of(layout, fill)) {}

  std::string write();
  /// Reads the file back: `content_hash` is what write() returned.
  void compare(const std::string& content_hash);

 private:
  void write_dimension(std::size_t number);
  void write_column(std::size_t number);
  void write_values(const hdf5::Handle& dataset, const Source& source);

  const std::filesystem::path& temp_;
  const Layout& layout_;
  const Beat& beat_;
  std::vector<Source> sources_;  ///< dimensions, then columns
  hdf5::Handle file_;
  std::vector<hdf5::Handle> scales_;  ///< by dimension
  std::vector<std::uint32_t> crcs_;   ///< of every piece, in the order in which they were written
  ContentHash hash_;
};

void Sealing::write_values(const hdf5::Handle& dataset, const Source& source) {
  hash_.begin(source.name, source.type, source.sizes);
  const std::int64_t rows = rows_of(source), step = rows_per_chunk(rows, source.row_bytes);
  std::vector<std::byte> buffer;
  for (std::int64_t at = 0; at < rows; at += step) {
    const std::int64_t count = std::min(step, rows - at);
    buffer.assign(static_cast<std::size_t>(count) * source.row_bytes, std::byte{0});
    source.fill(0, at, count, buffer);
    if (source.type == Type::f64) canonicalise(buffer);
    hash_.add(buffer);
    crcs_.push_back(crc32c(buffer));
    hdf5::write_rows(dataset, temp_, source.type, {at, count}, buffer);
    if (beat_) beat_();
  }
}

void Sealing::write_dimension(std::size_t number) {
  const Source& source = sources_[number];
  const std::int64_t chunk = rows_per_chunk(rows_of(source), source.row_bytes);
  scales_.push_back(hdf5::create_dataset(file_, temp_, source.name, source.type, {source.sizes, chunk}));
  hdf5::make_scale(scales_.back(), temp_, source.name);
  for (const Attribute& attribute : layout_.dimensions[number].attributes) {
    hdf5::write_attribute(scales_.back(), temp_, attribute);
  }
  write_values(scales_.back(), source);
}

void Sealing::write_column(std::size_t number) {
  const Column& column = layout_.columns[number];
  const Source& source = sources_[layout_.dimensions.size() + number];
  const std::int64_t chunk = source.contiguous ? 0 : rows_per_chunk(rows_of(source), source.row_bytes);
  hdf5::Handle dataset = hdf5::create_dataset(file_, temp_, source.name, source.type, {source.sizes, chunk});
  if (column.type == Type::f64) {
    hdf5::write_attribute(dataset, temp_, fill_value_attribute());
  }
  for (const Attribute& attribute : column.attributes) hdf5::write_attribute(dataset, temp_, attribute);
  for (unsigned axis = 0; axis < column.dimensions.size(); ++axis) {
    const Dimension* dimension = find_dimension(layout_, column.dimensions[axis]);
    const auto scale = static_cast<std::size_t>(dimension - layout_.dimensions.data());
    hdf5::attach_scale(dataset, temp_, scales_[scale], axis);
  }
  write_values(dataset, source);
  hdf5::close_written(dataset, temp_);
}

std::string Sealing::write() {
  file_ = hdf5::create_file(temp_);
  for (std::size_t i = 0; i < layout_.dimensions.size(); ++i) write_dimension(i);
  for (std::size_t i = 0; i < layout_.columns.size(); ++i) write_column(i);
  std::string hash = hash_.finish();
  for (const Attribute& attribute : layout_.attributes) hdf5::write_attribute(file_, temp_, attribute);
  hdf5::write_attribute(file_, temp_, {"content_hash", hash});
  for (hdf5::Handle& scale : scales_) hdf5::close_written(scale, temp_);
  hdf5::close_written(file_, temp_);
  return hash;
}

void Sealing::compare(const std::string& content_hash) {
  const hdf5::Handle file = hdf5::open_file(temp_);
  require_layout_as_written(file, temp_, layout_, content_hash);
  std::size_t piece = 0;
  std::vector<std::byte> buffer;
  for (const Source& source : sources_) {
    const hdf5::Handle dataset = hdf5::open_dataset(file, temp_, source.name);
    const Variable variable = hdf5::describe(dataset, temp_, source.name);
    const std::int64_t rows = rows_of(source), step = rows_per_chunk(rows, source.row_bytes);
    for (std::int64_t at = 0; at < rows; at += step) {
      const std::int64_t count = std::min(step, rows - at);
      buffer.resize(static_cast<std::size_t>(count) * source.row_bytes);
      hdf5::read_rows(dataset, temp_, variable, {at, count}, std::span(buffer));
      if (beat_) beat_();
      if (crc32c(buffer) == crcs_[piece++]) continue;
      throw Error(Exit::corrupt, temp_.string() + " does not hold what was written (column " + source.name + ", rows " +
                                     std::to_string(at) +
                                     " on, read back differently); check the disk, then seal again");
    }
  }
}

void require_room(const std::filesystem::path& file, const Layout& layout) {
  const std::filesystem::path folder = folder_of(file);
  const std::uint64_t available = free_bytes(folder), needed = bytes_to_seal(layout);
  if (needed <= available) return;
  throw Error(Exit::io, "no room for " + file.string() + " (it needs " + std::to_string(needed) + " bytes, " +
                            folder.string() + " has " + std::to_string(available) +
                            " free); free some space, then run the same command again: nothing is lost");
}

}  // namespace

// Generous: per variable the headers and attributes, per chunk an index entry and a checksum.
std::uint64_t bytes_to_seal(const Layout& layout) {
  std::uint64_t bytes = 1 << 16;
  const auto rows = static_cast<std::uint64_t>(layout.rows);
  const std::uint64_t chunks = rows / static_cast<std::uint64_t>(piece_rows) + 1;
  bytes += rows * 8;
  for (const Column& column : layout.columns) {
    bytes += 8192 + chunks * 32;
    const std::vector<std::int64_t> sizes = sizes_of(layout, column);
    bytes += sizes.empty() ? 8 : static_cast<std::uint64_t>(sizes.front()) * column.row_bytes();
  }
  return bytes;
}

Sealed write_result(const std::filesystem::path& file, const Layout& layout, const FillPiece& fill, const Beat& beat,
                    const Beat& before_naming) {
  check_layout(layout);
  require_room(file, layout);
  const std::filesystem::path temp = temporary_beside(file);
  Sealed sealed;
  try {
    Sealing sealing(temp, layout, fill, beat);
    sealed.content_hash = sealing.write();
    sync_file(temp);
    sealing.compare(sealed.content_hash);
    sealed.bytes = size_of_file(temp);
    sealed.file_hash = hash_file(temp, beat);
    if (before_naming) before_naming();
    rename_to_new(temp, file);
  } catch (const FileError& error) {
    ::unlink(temp.c_str());
    if (is_full(error.code())) throw_write_error(temp.string(), bytes_to_seal(layout), error.code());
    throw;
  } catch (...) {
    ::unlink(temp.c_str());  // what it took is free again; the journals still hold everything
    throw;
  }
  return sealed;
}

}  // namespace truce
