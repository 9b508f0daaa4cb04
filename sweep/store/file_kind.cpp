// Tells kinds of files apart by their first bytes, then by root attributes.
#include "sweep/store/file_kind.hpp"

#include <fcntl.h>

#include <algorithm>
#include <array>

#include "sweep/base/error.hpp"
#include "sweep/store/bytes.hpp"
#include "sweep/store/files.hpp"
#include "sweep/store/manifest.hpp"

namespace truce {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view manifest_ending = ".manifest.json";

[[noreturn]] void refuse(const fs::path& path, const std::string& why,
                         const std::string& instead = "a file that truce run wrote") {
  throw Error(Exit::usage, path.string() + " is no truce result (" + why + "); name " + instead);
}

/// "out/first.manifest.json": out/first.h5, or "out/first" if there is no such file.
std::string result_of_manifest(const std::string& manifest) {
  const std::string stem = manifest.substr(0, manifest.size() - manifest_ending.size());
  return fs::exists(stem + ".h5") ? stem + ".h5" : stem;
}

/// A damaged result may have lost its signature, but then something of it stands beside it.
bool is_described(const fs::path& path) {
  return fs::exists(manifest_path(path)) || fs::exists(companion_path(path, ".codebook.md"));
}

/// True if what there is of the signature agrees: a file may have been cut within it.
bool begins_as_hdf5(std::span<const std::byte> start) {
  for (std::size_t i = 0; i < std::min(start.size(), sizeof hdf5_signature); ++i)
    if (start[i] != static_cast<std::byte>(hdf5_signature >> (8 * i))) return false;
  return true;
}

/// Behind the signature: superblocks of versions 0 and 1, which the store does not write, go on with 0: one flipped bit
/// does not make that of the 8 that follows our version.
bool is_of_older_form(std::span<const std::byte> start) {
  return start.size() == 10 && get<std::uint8_t>(start, 8) < 2 && get<std::uint8_t>(start, 9) == 0;
}

}  // namespace

void require_once_a_result(const fs::path& path) {
  std::error_code fault;
  const fs::file_type type = fs::status(path, fault).type();
  if (type == fs::file_type::not_found || type == fs::file_type::none) return;
  if (type == fs::file_type::directory) refuse(path, "it is a folder");
  if (type != fs::file_type::regular) refuse(path, "it is a pipe or a device");
  std::array<std::byte, 10> head{};
  const std::span<std::byte> start(head.data(), std::min<std::size_t>(size_of_file(path), head.size()));
  read_all(Descriptor(path, O_RDONLY).get(), path.string(), start, 0);
  const bool begins = begins_as_hdf5(start);
  if (begins && is_of_older_form(start)) refuse(path, "it is an HDF5 file of another program");
  if (begins) return;
  if (const std::string name = path.string(); name.ends_with(manifest_ending))
    refuse(path, "it is the manifest of one", result_of_manifest(name));
  if (!is_described(path)) refuse(path, "it does not begin with the signature of HDF5, and no manifest is beside it");
}

void require_kind(const fs::path& path, const std::vector<Attribute>& attributes, std::string_view wanted) {
  const auto* type = value_of<std::string>(attributes, "file_type");
  if (type != nullptr && *type == wanted) return;
  const std::string kind = answers_kind(attributes);
  if (kind.empty()) refuse(path, "it is an HDF5 file whose attribute file_type is not '" + std::string(wanted) + "'");
  const std::string what = path.string() + " is " + (kind == "analysis" ? "an " : "a ") + kind;
  const auto* result = value_of<std::string>(attributes, "result");
  if (result == nullptr) throw Error(Exit::usage, what + " of claims; name the results that it was made from");
  throw Error(Exit::usage, what + " of " + *result + "; name " + *result);
}

std::string answers_kind(const std::vector<Attribute>& attributes) {
  const auto* type = value_of<std::string>(attributes, "file_type");
  if (type == nullptr || *type != analysis_file_type) return "";
  const auto* content = value_of<std::string>(attributes, "content");
  if (content != nullptr) return *content == "claims" ? "ledger" : *content;
  const bool compared = std::ranges::find(attributes, "discrepancy", &Attribute::name) != attributes.end();
  return compared ? "calibration" : "analysis";  // of versions before `content`
}

}  // namespace truce
