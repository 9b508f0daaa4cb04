// Whether a file holds the layout that was written into it: what the rows' checksums do not see.
#include "sweep/store/written_layout.hpp"

#include <bit>
#include <cstring>
#include <map>
#include <set>

namespace truce {
namespace {

/// To the last bit, so that NaN equals NaN.
template <class Value>
bool same_value(const Value& one, const Value& other) {
  if constexpr (std::is_arithmetic_v<Value>)
    return std::bit_cast<std::uint64_t>(one) == std::bit_cast<std::uint64_t>(other);
  else
    return one.size() == other.size() && std::memcmp(one.data(), other.data(), one.size() * sizeof one[0]) == 0;
}

bool same(const Attribute& one, const Attribute& other) {
  return one.name == other.name && one.value.index() == other.value.index() &&
         std::visit(
             [&](const auto& value) { return same_value(value, std::get<std::decay_t<decltype(value)>>(other.value)); },
             one.value);
}

/// The file as it was to be, seen beside the file as it is.
class Comparison {
 public:
  Comparison(const hdf5::Handle& file, const std::filesystem::path& path, const Layout& layout)
      : file_(file), path_(path), layout_(layout) {}

  void of_attributes(const std::string& where, const std::vector<Attribute>& found,
                     const std::vector<Attribute>& written) const {
    for (std::size_t i = 0; i < written.size(); ++i)
      if (i >= found.size() || !same(found[i], written[i])) differs("attribute " + written[i].name + " of " + where);
    if (found.size() != written.size()) differs("attributes of " + where);
  }

  void of_dimension(const Dimension& dimension) {
    const hdf5::Handle dataset = hdf5::open_dataset(file_, path_, dimension.name);
    const Variable found = hdf5::describe(dataset, path_, dimension.name);
    const Type type = dimension.coordinates.empty() ? Type::i64 : Type::f64;
    if (!found.is_dimension || found.type != type || found.sizes != std::vector<std::int64_t>{dimension.size} ||
        found.dimensions != std::vector<std::string>{dimension.name})
      differs("dimension " + dimension.name);
    of_attributes(dimension.name, found.attributes, dimension.attributes);
    const auto axes = hdf5::attached_axes(dataset, path_);
    attached_[dimension.name].insert(axes.begin(), axes.end());
  }

  /// After its dimensions.
  void of_column(const Column& column) {
    const hdf5::Handle dataset = hdf5::open_dataset(file_, path_, column.name);
    const Variable found = hdf5::describe(dataset, path_, column.name);
    if (found.is_dimension || found.type != column.type || found.sizes != sizes_of(layout_, column) ||
        found.dimensions != column.dimensions)
      differs("form of column " + column.name);
    const std::uint64_t reference = hdf5::reference_to(dataset, path_);
    for (unsigned axis = 0; axis < column.dimensions.size(); ++axis)
      if (attached_[column.dimensions[axis]].erase({reference, axis}) != 1)
        differs("dimension " + column.dimensions[axis] + " of column " + column.name);
    std::vector<Attribute> written = column.attributes;
    if (column.type == Type::f64) written.insert(written.begin(), fill_value_attribute());
    of_attributes("column " + column.name, found.attributes, written);
  }

  /// After all columns.
  void of_what_is_left() const {
    for (const auto& [dimension, axes] : attached_)
      if (!axes.empty()) differs("columns of dimension " + dimension);
  }

 private:
  [[noreturn]] void differs(const std::string& what) const {
    throw Error(Exit::corrupt, path_.string() + " does not hold what was written (the " + what +
                                   " read back differently); check the disk, then seal again");
  }

  const hdf5::Handle& file_;
  const std::filesystem::path& path_;
  const Layout& layout_;
  std::map<std::string, std::set<hdf5::AttachedAxis>> attached_;  ///< what scales say that no column has said yet
};

}  // namespace

Attribute fill_value_attribute() {
  return {"_FillValue", std::vector<double>{std::bit_cast<double>(0x7ff8000000000000)}};
}

void require_layout_as_written(const hdf5::Handle& file, const std::filesystem::path& path, const Layout& layout,
                               const std::string& content_hash) {
  Comparison comparison(file, path, layout);
  for (const Dimension& dimension : layout.dimensions) comparison.of_dimension(dimension);
  for (const Column& column : layout.columns) comparison.of_column(column);
  comparison.of_what_is_left();
  std::vector<Attribute> written = layout.attributes;
  written.push_back({"content_hash", content_hash});
  comparison.of_attributes("the file", hdf5::attributes(file, path), written);
}

}  // namespace truce
