// The HDF5 calls of the store, checked: each failure is an Error with HDF5's own reason in it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "sweep/store/journal.hpp"
#include "sweep/store/layout.hpp"
#include "sweep/store/result.hpp"

namespace truce::hdf5 {

/// Owns an HDF5 identifier. After a failed write nothing may be closed (HDF5 1.10 then crashes): a handle
/// made with `keep_on_error` is left open when an exception destroys it.
class Handle {
 public:
  using Close = int (*)(std::int64_t);
  Handle() = default;
  Handle(std::int64_t id, Close how, bool keep_on_error);
  ~Handle();
  Handle(Handle&& other) noexcept;
  Handle& operator=(Handle&& other) noexcept;
  std::int64_t id() const { return id_; }
  /// False if HDF5 refused: for files and datasets, data may then be lost.
  bool close();

 private:
  std::int64_t id_ = -1;
  Close close_ = nullptr;
  bool keep_on_error_ = false;
  int exceptions_ = 0;
};

/// Shape of a new dataset; `chunk_rows` 0: contiguous.
struct Shape {
  std::vector<std::int64_t> sizes;
  std::int64_t chunk_rows = 0;
};

// Writing. Errors are Error(io); `path` names the file in them.
Handle create_file(const std::filesystem::path& path);
Handle create_dataset(const Handle& file, const std::filesystem::path& path, const std::string& name, Type type,
                      const Shape& shape);
void write_rows(const Handle& dataset, const std::filesystem::path& path, Type type, Range rows,
                std::span<const std::byte> bytes);
void write_attribute(const Handle& object, const std::filesystem::path& path, const Attribute& attribute);
/// Makes a dataset a dimension scale, and attaches a scale to an axis of a dataset.
void make_scale(const Handle& dataset, const std::filesystem::path& path, const std::string& name);
void attach_scale(const Handle& dataset, const std::filesystem::path& path, const Handle& scale, unsigned axis);
/// A file, or a dataset, whose last bytes may be written only now.
void close_written(Handle& object, const std::filesystem::path& path);

// Reading. Errors are Error(corrupt).
Handle open_file(const std::filesystem::path& path);
/// Names of the root group's datasets in the order in which they were made.
std::vector<std::string> dataset_names(const Handle& file, const std::filesystem::path& path);
Handle open_dataset(const Handle& file, const std::filesystem::path& path, const std::string& name);
/// An axis of a dataset, which a reference of HDF5 names.
struct AttachedAxis {
  std::uint64_t dataset;
  unsigned axis;
  bool operator<(const AttachedAxis& other) const {
    return std::tie(dataset, axis) < std::tie(other.dataset, other.axis);
  }
};
/// What a scale says it is attached to.
std::vector<AttachedAxis> attached_axes(const Handle& scale, const std::filesystem::path& path);
/// The reference to a dataset, as attached_axes has it.
std::uint64_t reference_to(const Handle& dataset, const std::filesystem::path& path);
Variable describe(const Handle& dataset, const std::filesystem::path& path, const std::string& name);
/// Attributes of simple types in the order in which they were made; those of dimension scales are left out.
std::vector<Attribute> attributes(const Handle& object, const std::filesystem::path& path);
void read_rows(const Handle& dataset, const std::filesystem::path& path, const Variable& variable, Range rows,
               std::span<std::byte> into);
void read_rows(const Handle& dataset, const std::filesystem::path& path, const Variable& variable, Range rows,
               std::span<double> into);

}  // namespace truce::hdf5
