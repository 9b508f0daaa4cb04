// Creates files, datasets and attributes so that the same input gives the same bytes.
#include <hdf5_hl.h>

#include <algorithm>

#include "sweep/base/no_number.hpp"
#include "sweep/store/hdf5_call.hpp"

namespace truce::hdf5 {
namespace {

constexpr unsigned ordered = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;

Handle own(hid_t id, Handle::Close close, const std::filesystem::path& path, const std::string& doing) {
  return Handle(check(id, Place{Exit::io, path}, doing), close, true);
}

void set_fill(const Handle& properties, const Place& place, Type type) {
  const std::int64_t zero = 0;
  const void* value = type == Type::f64 ? static_cast<const void*>(&no_number) : &zero;
  check(H5Pset_fill_value(properties.id(), type_of(type), value), place, "prepare a column of");
}

Handle properties_for(const std::filesystem::path& path, Type type, const Shape& shape) {
  const Place place{Exit::io, path};
  Handle properties = own(H5Pcreate(H5P_DATASET_CREATE), H5Pclose, path, "prepare a column of");
  check(H5Pset_obj_track_times(properties.id(), false), place, "prepare a column of");
  check(H5Pset_attr_creation_order(properties.id(), ordered), place, "prepare a column of");
  set_fill(properties, place, type);
  if (shape.chunk_rows > 0) {
    std::vector<hsize_t> chunk = to_sizes(shape.sizes);
    chunk.front() = static_cast<hsize_t>(shape.chunk_rows);
    check(H5Pset_chunk(properties.id(), static_cast<int>(chunk.size()), chunk.data()), place, "prepare a column of");
    check(H5Pset_fletcher32(properties.id()), place, "prepare a column of");
  }
  return properties;
}

struct Stored {
  hid_t type = -1;
  std::size_t size = 0;  ///< values; with `scalar` one
  bool scalar = true;
  const void* data = nullptr;
};

Stored stored(const double& value) { return {H5T_IEEE_F64LE, 1, true, &value}; }
Stored stored(const std::int64_t& value) { return {H5T_STD_I64LE, 1, true, &value}; }
Stored stored(const std::vector<double>& values) { return {H5T_IEEE_F64LE, values.size(), false, values.data()}; }
Stored stored(const std::vector<std::uint8_t>& values) { return {H5T_STD_U8LE, values.size(), false, values.data()}; }
Stored stored(const std::string&) { return {}; }

Handle space_of(const Stored& value, const std::filesystem::path& path) {
  const hsize_t size = value.size;
  const hid_t id = value.scalar ? H5Screate(H5S_SCALAR) : H5Screate_simple(1, &size, nullptr);
  return own(id, H5Sclose, path, "write an attribute to");
}

/// Fixed length and UTF-8: netCDF, R and h5py read it as text, and no global heap enters the file.
Handle text_type(const std::string& text, const std::filesystem::path& path) {
  Handle type = own(H5Tcopy(H5T_C_S1), H5Tclose, path, "write an attribute to");
  const Place place{Exit::io, path};
  check(H5Tset_size(type.id(), std::max<std::size_t>(1, text.size())), place, "write an attribute to");
  check(H5Tset_strpad(type.id(), H5T_STR_NULLPAD), place, "write an attribute to");
  check(H5Tset_cset(type.id(), H5T_CSET_UTF8), place, "write an attribute to");
  return type;
}

}  // namespace

Handle create_file(const std::filesystem::path& path) {
  start();
  const Place place{Exit::io, path};
  const Handle access = access_properties(place);
  const Handle creation = own(H5Pcreate(H5P_FILE_CREATE), H5Pclose, path, "create");
  check(H5Pset_obj_track_times(creation.id(), false), place, "create");
  check(H5Pset_link_creation_order(creation.id(), ordered), place, "create");
  check(H5Pset_attr_creation_order(creation.id(), ordered), place, "create");
  return own(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, creation.id(), access.id()), H5Fclose, path, "create");
}

Handle create_dataset(const Handle& file, const std::filesystem::path& path, const std::string& name, Type type,
                      const Shape& shape) {
  const Handle properties = properties_for(path, type, shape);
  const std::vector<hsize_t> sizes = to_sizes(shape.sizes);
  const Handle space = own(
      sizes.empty() ? H5Screate(H5S_SCALAR) : H5Screate_simple(static_cast<int>(sizes.size()), sizes.data(), nullptr),
      H5Sclose, path, "create column " + name + " of");
  return own(H5Dcreate2(file.id(), name.c_str(), type_of(type), space.id(), H5P_DEFAULT, properties.id(), H5P_DEFAULT),
             H5Dclose, path, "create column " + name + " of");
}

void write_rows(const Handle& dataset, const std::filesystem::path& path, Type type, Range rows,
                std::span<const std::byte> bytes) {
  const Place place{Exit::io, path};
  const std::string doing = "write " + std::to_string(bytes.size()) + " bytes of rows to";
  const Handle space = own(H5Dget_space(dataset.id()), H5Sclose, path, doing);
  const auto rank = static_cast<std::size_t>(check(H5Sget_simple_extent_ndims(space.id()), place, doing));
  if (rank == 0) {
    check(H5Dwrite(dataset.id(), type_of(type), H5S_ALL, H5S_ALL, H5P_DEFAULT, bytes.data()), place, doing);
    return;
  }
  std::vector<hsize_t> count(rank), start_at(rank, 0);
  check(H5Sget_simple_extent_dims(space.id(), count.data(), nullptr), place, doing);
  start_at.front() = static_cast<hsize_t>(rows.first);
  count.front() = static_cast<hsize_t>(rows.count);
  check(H5Sselect_hyperslab(space.id(), H5S_SELECT_SET, start_at.data(), nullptr, count.data(), nullptr), place, doing);
  const Handle memory = own(H5Screate_simple(static_cast<int>(rank), count.data(), nullptr), H5Sclose, path, doing);
  check(H5Dwrite(dataset.id(), type_of(type), memory.id(), space.id(), H5P_DEFAULT, bytes.data()), place, doing);
}

void write_attribute(const Handle& object, const std::filesystem::path& path, const Attribute& attribute) {
  const std::string doing = "write the attribute " + attribute.name + " to";
  Stored value = std::visit([](const auto& v) { return stored(v); }, attribute.value);
  Handle text;
  const std::string padded = std::holds_alternative<std::string>(attribute.value)
                                 ? std::get<std::string>(attribute.value) + '\0'
                                 : std::string();
  if (std::holds_alternative<std::string>(attribute.value)) {
    text = text_type(std::get<std::string>(attribute.value), path);
    value = {text.id(), 1, true, padded.data()};
  }
  const Handle space = space_of(value, path);
  const Handle made =
      own(H5Acreate2(object.id(), attribute.name.c_str(), value.type, space.id(), H5P_DEFAULT, H5P_DEFAULT), H5Aclose,
          path, doing);
  check(H5Awrite(made.id(), value.type, value.data), Place{Exit::io, path}, doing);
}

void make_scale(const Handle& dataset, const std::filesystem::path& path, const std::string& name) {
  check(H5DSset_scale(dataset.id(), name.c_str()), Place{Exit::io, path}, "write the dimension " + name + " to");
}

void attach_scale(const Handle& dataset, const std::filesystem::path& path, const Handle& scale, unsigned axis) {
  check(H5DSattach_scale(dataset.id(), scale.id(), axis), Place{Exit::io, path}, "attach a dimension in");
}

void close_written(Handle& object, const std::filesystem::path& path) {
  if (!object.close()) fail(Exit::io, path, "finish writing");
}

}  // namespace truce::hdf5
