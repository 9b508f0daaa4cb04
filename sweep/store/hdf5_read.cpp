// Reads what result files hold; anything unexpected is reported as damage.
#include <hdf5_hl.h>

#include <algorithm>
#include <cstddef>

#include "sweep/store/hdf5_call.hpp"

namespace truce::hdf5 {
namespace {

Handle own(hid_t id, Handle::Close close, const Place& place, const std::string& doing) {
  return Handle(check(id, place, doing), close, false);
}

std::optional<Type> known_type(hid_t type) {
  for (const Type candidate : {Type::f64, Type::i64, Type::i32, Type::u8}) {
    if (H5Tequal(type, type_of(candidate)) > 0) return candidate;
  }
  return std::nullopt;
}

herr_t keep_name(hid_t group, const char* name, const H5L_info_t*, void* into) {
  H5O_info_t info;
  if (H5Oget_info_by_name2(group, name, &info, H5O_INFO_BASIC, H5P_DEFAULT) < 0) return -1;
  if (info.type == H5O_TYPE_DATASET) static_cast<std::vector<std::string>*>(into)->emplace_back(name);
  return 0;
}

struct AttributeVisit {
  std::vector<Attribute> found;
};

std::string read_text(hid_t id, hid_t type) {
  std::string text(H5Tget_size(type), '\0');
  if (H5Aread(id, type, text.data()) < 0) return {};
  text.erase(std::find(text.begin(), text.end(), '\0'), text.end());
  return text;
}

/// Empty for types that the store does not write (references, compounds, variable-length text).
std::optional<Attribute> read_attribute(hid_t id, const std::string& name) {
  const Handle type(H5Aget_type(id), H5Tclose, false);
  const Handle space(H5Aget_space(id), H5Sclose, false);
  const H5T_class_t kind = H5Tget_class(type.id());
  const hssize_t size = H5Sget_simple_extent_npoints(space.id());
  const bool scalar = H5Sget_simple_extent_type(space.id()) == H5S_SCALAR;
  constexpr hssize_t most = 1 << 24;  // far above what is written; bounds memory for a damaged file
  if (size < 0 || size > most) return std::nullopt;
  if (kind == H5T_STRING && scalar && H5Tis_variable_str(type.id()) == 0)
    return Attribute{name, read_text(id, type.id())};
  if (kind != H5T_INTEGER && kind != H5T_FLOAT) return std::nullopt;
  if (kind == H5T_INTEGER && scalar) {
    std::int64_t value = 0;
    if (H5Aread(id, H5T_NATIVE_INT64, &value) < 0) return std::nullopt;
    return Attribute{name, value};
  }
  if (kind == H5T_INTEGER && H5Tget_size(type.id()) == 1) {
    std::vector<std::uint8_t> values(static_cast<std::size_t>(size));
    if (H5Aread(id, H5T_NATIVE_UINT8, values.data()) < 0) return std::nullopt;
    return Attribute{name, values};
  }
  std::vector<double> values(static_cast<std::size_t>(size));
  if (H5Aread(id, H5T_NATIVE_DOUBLE, values.data()) < 0) return std::nullopt;
  if (scalar && !values.empty()) return Attribute{name, values.front()};
  return Attribute{name, values};
}

herr_t keep_attribute(hid_t object, const char* name, const H5A_info_t*, void* into) {
  const std::string text = name;
  if (text == "CLASS" || text == "NAME") return 0;  // of dimension scales
  const Handle id(H5Aopen(object, name, H5P_DEFAULT), H5Aclose, false);
  if (id.id() < 0) return -1;
  if (auto attribute = read_attribute(id.id(), text)) {
    static_cast<AttributeVisit*>(into)->found.push_back(std::move(*attribute));
  }
  return 0;
}

std::string scale_name(hid_t scale) {
  std::array<char, 512> name{};
  return H5DSget_scale_name(scale, name.data(), name.size()) < 0 ? std::string() : std::string(name.data());
}

herr_t keep_scale(hid_t, unsigned, hid_t scale, void* into) {
  *static_cast<std::string*>(into) = scale_name(scale);
  return 1;
}

void read_selection(const Handle& dataset, const Place& place, const Variable& variable, Range rows, hid_t type,
                    void* into) {
  const std::string doing = "read rows of " + variable.name + " from";
  if (rows.first < 0 || rows.count < 0 || rows.end() > variable.rows()) {
    throw Error(Exit::internal, place.path.string() + ": rows beyond the end of " + variable.name + " were asked for");
  }
  if (rows.count == 0) return;
  if (variable.sizes.empty()) {
    check(H5Dread(dataset.id(), type, H5S_ALL, H5S_ALL, H5P_DEFAULT, into), place, doing);
    return;
  }
  std::vector<hsize_t> count = to_sizes(variable.sizes), start_at(count.size(), 0);
  start_at.front() = static_cast<hsize_t>(rows.first);
  count.front() = static_cast<hsize_t>(rows.count);
  const Handle space = own(H5Dget_space(dataset.id()), H5Sclose, place, doing);
  check(H5Sselect_hyperslab(space.id(), H5S_SELECT_SET, start_at.data(), nullptr, count.data(), nullptr), place, doing);
  const Handle memory =
      own(H5Screate_simple(static_cast<int>(count.size()), count.data(), nullptr), H5Sclose, place, doing);
  check(H5Dread(dataset.id(), type, memory.id(), space.id(), H5P_DEFAULT, into), place, doing);
}

}  // namespace

Handle open_file(const std::filesystem::path& path) {
  start();
  const Place place{Exit::corrupt, path};
  const Handle access = access_properties(place);
  return own(H5Fopen(path.c_str(), H5F_ACC_RDONLY, access.id()), H5Fclose, place, "open");
}

std::vector<std::string> dataset_names(const Handle& file, const std::filesystem::path& path) {
  std::vector<std::string> names;
  check(H5Literate(file.id(), H5_INDEX_CRT_ORDER, H5_ITER_INC, nullptr, keep_name, &names), Place{Exit::corrupt, path},
        "list the columns of");
  return names;
}

Handle open_dataset(const Handle& file, const std::filesystem::path& path, const std::string& name) {
  return own(H5Dopen2(file.id(), name.c_str(), H5P_DEFAULT), H5Dclose, Place{Exit::corrupt, path},
             "open column " + name + " of");
}

std::vector<AttachedAxis> attached_axes(const Handle& scale, const std::filesystem::path& path) {
  const Place place{Exit::corrupt, path};
  const std::string doing = "read the dimensions of";
  constexpr const char* name = "REFERENCE_LIST";  // of HDF5's Dimension Scales: pairs of a reference and an axis
  if (check(H5Aexists(scale.id(), name), place, doing) == 0) return {};
  struct Pair {
    hobj_ref_t dataset;
    int axis;
  };
  const Handle list = own(H5Aopen(scale.id(), name, H5P_DEFAULT), H5Aclose, place, doing);
  const Handle stored = own(H5Aget_type(list.id()), H5Tclose, place, doing);
  const Handle space = own(H5Aget_space(list.id()), H5Sclose, place, doing);
  const Handle type = own(H5Tcreate(H5T_COMPOUND, sizeof(Pair)), H5Tclose, place, doing);
  const auto insert = [&](unsigned member, std::size_t offset, hid_t of) {
    char* const member_name = H5Tget_member_name(stored.id(), member);
    const herr_t done = member_name == nullptr ? -1 : H5Tinsert(type.id(), member_name, offset, of);
    static_cast<void>(H5free_memory(member_name));
    check(done, place, doing);
  };
  insert(0, offsetof(Pair, dataset), H5T_STD_REF_OBJ);
  insert(1, offsetof(Pair, axis), H5T_NATIVE_INT);
  std::vector<Pair> pairs(static_cast<std::size_t>(check(H5Sget_simple_extent_npoints(space.id()), place, doing)));
  check(H5Aread(list.id(), type.id(), pairs.data()), place, doing);
  std::vector<AttachedAxis> axes;
  for (const Pair& pair : pairs) axes.push_back({pair.dataset, static_cast<unsigned>(pair.axis)});
  return axes;
}

std::uint64_t reference_to(const Handle& dataset, const std::filesystem::path& path) {
  hobj_ref_t reference = 0;
  check(H5Rcreate(&reference, dataset.id(), ".", H5R_OBJECT, -1), Place{Exit::corrupt, path}, "read the dimensions of");
  return reference;
}

Variable describe(const Handle& dataset, const std::filesystem::path& path, const std::string& name) {
  const Place place{Exit::corrupt, path};
  const std::string doing = "read the form of column " + name + " of";
  const Handle type = own(H5Dget_type(dataset.id()), H5Tclose, place, doing);
  const std::optional<Type> known = known_type(type.id());
  if (!known) {
    throw Error(Exit::corrupt, path.string() + ": column " + name +
                                   " has a type that truce does not write; "
                                   "restore the file from a copy");
  }
  Variable variable;
  variable.name = name;
  variable.type = *known;
  const Handle space = own(H5Dget_space(dataset.id()), H5Sclose, place, doing);
  std::vector<hsize_t> sizes(static_cast<std::size_t>(check(H5Sget_simple_extent_ndims(space.id()), place, doing)));
  check(H5Sget_simple_extent_dims(space.id(), sizes.data(), nullptr), place, doing);
  for (const hsize_t size : sizes) variable.sizes.push_back(static_cast<std::int64_t>(size));
  variable.is_dimension = check(H5DSis_scale(dataset.id()), place, doing) > 0;
  for (unsigned axis = 0; axis < sizes.size(); ++axis) {
    std::string dimension = variable.is_dimension ? scale_name(dataset.id()) : std::string();
    if (!variable.is_dimension)
      check(H5DSiterate_scales(dataset.id(), axis, nullptr, keep_scale, &dimension), place, doing);
    variable.dimensions.push_back(dimension);
  }
  variable.attributes = attributes(dataset, path);
  return variable;
}

std::vector<Attribute> attributes(const Handle& object, const std::filesystem::path& path) {
  AttributeVisit visit;
  check(H5Aiterate2(object.id(), H5_INDEX_CRT_ORDER, H5_ITER_INC, nullptr, keep_attribute, &visit),
        Place{Exit::corrupt, path}, "read the attributes of");
  return visit.found;
}

void read_rows(const Handle& dataset, const std::filesystem::path& path, const Variable& variable, Range rows,
               std::span<std::byte> into) {
  if (into.size() != static_cast<std::size_t>(rows.count) * variable.row_bytes()) {
    throw Error(Exit::internal, "a buffer of the wrong size for rows of " + variable.name);
  }
  read_selection(dataset, Place{Exit::corrupt, path}, variable, rows, type_of(variable.type), into.data());
}

void read_rows(const Handle& dataset, const std::filesystem::path& path, const Variable& variable, Range rows,
               std::span<double> into) {
  if (into.size() != static_cast<std::size_t>(rows.count) * variable.width()) {
    throw Error(Exit::internal, "a buffer of the wrong size for rows of " + variable.name);
  }
  read_selection(dataset, Place{Exit::corrupt, path}, variable, rows, H5T_NATIVE_DOUBLE, into.data());
}

}  // namespace truce::hdf5
