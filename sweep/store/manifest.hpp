// The manifest beside a result file: its hashes, and where and when it was made (JSON).
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace truce {

using ManifestValue = std::variant<std::string, std::int64_t, double, std::vector<std::string>>;

struct Manifest {
  std::string file_hash;     ///< hex SHA-256 of the file's bytes
  std::string content_hash;  ///< hex
  std::uint64_t bytes = 0;
  std::string study_id;                                     ///< hex
  std::vector<std::pair<std::string, ManifestValue>> more;  ///< in this order: versions, attempts, hosts, times, ...

  /// nullptr if there is no such entry in `more`.
  const ManifestValue* find(std::string_view key) const;
};

/// What stands beside a result file: "out/first.h5" has "out/first" + suffix; any other ending stays in the name, so that
/// no two files share a companion.
std::filesystem::path companion_path(const std::filesystem::path& file, std::string_view suffix);
/// `<stem>.manifest.json` beside the file: "out/first.h5" has "out/first.manifest.json".
std::filesystem::path manifest_path(const std::filesystem::path& file);
/// Writes the manifest of `file` durably, replacing an older one at once.
void write_manifest(const std::filesystem::path& file, const Manifest& manifest);
/// Reads the manifest of `file`: Error(io) if there is none, Error(corrupt) if it is damaged.
Manifest read_manifest(const std::filesystem::path& file);

/// The text form, and its parser (`where` names the text in errors).
std::string to_json(const Manifest& manifest);
Manifest manifest_from_json(std::string_view text, const std::string& where);

}  // namespace truce
