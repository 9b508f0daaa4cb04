// Writes and reads manifests.
#include "sweep/store/manifest.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "sweep/base/error.hpp"
#include "sweep/base/sha256.hpp"
#include "sweep/store/files.hpp"
#include "sweep/store/json.hpp"

namespace truce {
namespace {

constexpr std::int64_t manifest_version = 2;  // 1 had neither this entry nor manifest_hash
constexpr std::string_view hash_key = ",\n  \"manifest_hash\": ";

std::string spell(const std::string& text) { return quote_json(text); }
std::string spell(std::int64_t number) { return std::to_string(number); }

std::string spell(double number) {
  if (!std::isfinite(number)) throw Error(Exit::internal, "a manifest cannot hold a number that is not finite");
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  std::string text(digits.data(), end);
  return text.find_first_of(".e") == std::string::npos ? text + ".0" : text;
}

std::string spell(const std::vector<std::string>& list) {
  std::string text = "[";
  for (const std::string& item : list) text += (text.size() > 1 ? ", " : "") + quote_json(item);
  return text + "]";
}

[[noreturn]] void reject_entry(const std::string& key, const std::string& where) {
  throw Error(Exit::corrupt, where + " is damaged (its entry " + key +
                                 " is missing or of the wrong kind); restore it "
                                 "from a copy, or let truce repair FILE write it anew");
}

template <typename T>
T take(std::vector<std::pair<std::string, ManifestValue>>& entries, const std::string& key, const std::string& where) {
  const auto at = std::ranges::find(entries, key, [](const auto& entry) { return entry.first; });
  if (at == entries.end() || !std::holds_alternative<T>(at->second)) reject_entry(key, where);
  T value = std::get<T>(at->second);
  entries.erase(at);
  return value;
}

/// The last entry, which covers all before it, and the end.
std::string ending_of(std::string_view text) { return std::string(hash_key) + spell(hex(sha256(text))) + "\n}\n"; }

/// Takes the two entries that guard the others. One flipped bit cannot hide both, and so not pass for version 1.
void require_whole(std::vector<std::pair<std::string, ManifestValue>>& entries, std::string_view text,
                   const std::string& where) {
  const bool guarded = std::ranges::any_of(
      entries, [](const auto& entry) { return entry.first == "manifest_version" || entry.first == "manifest_hash"; });
  if (!guarded) return;
  const std::size_t end = text.rfind(hash_key);
  if (end == std::string_view::npos || text.substr(end) != ending_of(text.substr(0, end))) {
    throw Error(Exit::corrupt, where +
                                   " is damaged (it does not match its own checksum, manifest_hash); restore it from "
                                   "a copy, or let truce repair FILE write it anew");
  }
  take<std::string>(entries, "manifest_hash", where);
  if (const auto found = take<std::int64_t>(entries, "manifest_version", where); found != manifest_version) {
    throw Error(Exit::corrupt,
                where + " has version " + std::to_string(found) + " (this build reads 1 and 2); use a newer truce");
  }
}

}  // namespace

const ManifestValue* Manifest::find(std::string_view key) const {
  const auto at = std::ranges::find(more, key, [](const auto& entry) { return std::string_view(entry.first); });
  return at == more.end() ? nullptr : &at->second;
}

std::filesystem::path companion_path(const std::filesystem::path& file, std::string_view suffix) {
  const bool plain = file.extension() == ".h5";
  return folder_of(file) / ((plain ? file.stem() : file.filename()).string() + std::string(suffix));
}

std::filesystem::path manifest_path(const std::filesystem::path& file) {
  return companion_path(file, ".manifest.json");
}

std::string to_json(const Manifest& manifest) {
  std::string text =
      "{\n  \"manifest_version\": " + std::to_string(manifest_version) +
      ",\n  \"file_hash\": " + spell(manifest.file_hash) + ",\n  \"content_hash\": " + spell(manifest.content_hash) +
      ",\n  \"bytes\": " + std::to_string(manifest.bytes) + ",\n  \"study_id\": " + spell(manifest.study_id);
  for (const auto& [key, value] : manifest.more) {
    text += ",\n  " + quote_json(key) + ": " + std::visit([](const auto& v) { return spell(v); }, value);
  }
  return text + ending_of(text);
}

Manifest manifest_from_json(std::string_view text, const std::string& where) {
  auto entries = JsonReader(text, where).object();
  require_whole(entries, text, where);
  Manifest manifest;
  manifest.file_hash = take<std::string>(entries, "file_hash", where);
  manifest.content_hash = take<std::string>(entries, "content_hash", where);
  const auto bytes = take<std::int64_t>(entries, "bytes", where);
  if (bytes < 0) reject_entry("bytes", where);
  manifest.bytes = static_cast<std::uint64_t>(bytes);
  manifest.study_id = take<std::string>(entries, "study_id", where);
  manifest.more = std::move(entries);
  return manifest;
}

void write_manifest(const std::filesystem::path& file, const Manifest& manifest) {
  replace_text(manifest_path(file), to_json(manifest));
}

Manifest read_manifest(const std::filesystem::path& file) {
  const std::filesystem::path path = manifest_path(file);
  return manifest_from_json(read_text(path), path.string());
}

}  // namespace truce
