// Whether a file holds the layout that was written into it: what the rows' checksums do not see.
#pragma once

#include <string>

#include "sweep/store/hdf5_file.hpp"

namespace truce {

/// Reads types, sizes, dimensions and attributes back and compares them with what `layout` says and `content_hash`.
/// Throws Error(corrupt) that names the first difference: a write of the file was lost.
void require_layout_as_written(const hdf5::Handle& file, const std::filesystem::path& path, const Layout& layout,
                               const std::string& content_hash);

/// What every float64 column says of missing values.
Attribute fill_value_attribute();

}  // namespace truce
