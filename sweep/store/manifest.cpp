// Writes and reads manifests.
#include "sweep/store/manifest.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "sweep/base/error.hpp"
#include "sweep/store/files.hpp"
#include "sweep/store/json.hpp"

namespace truce {
namespace {

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

[[noreturn]] void reject(const std::string& key, const std::string& where) {
  throw Error(Exit::corrupt, where + " is damaged (its entry " + key +
                                 " is missing or of the wrong kind); restore it "
                                 "from a copy, or seal the study again");
}

template <typename T>
T take(std::vector<std::pair<std::string, ManifestValue>>& entries, const std::string& key, const std::string& where) {
  const auto at = std::ranges::find(entries, key, [](const auto& entry) { return entry.first; });
  if (at == entries.end() || !std::holds_alternative<T>(at->second)) reject(key, where);
  T value = std::get<T>(at->second);
  entries.erase(at);
  return value;
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
      "{\n  \"file_hash\": " + spell(manifest.file_hash) + ",\n  \"content_hash\": " + spell(manifest.content_hash) +
      ",\n  \"bytes\": " + std::to_string(manifest.bytes) + ",\n  \"study_id\": " + spell(manifest.study_id);
  for (const auto& [key, value] : manifest.more) {
    text += ",\n  " + quote_json(key) + ": " + std::visit([](const auto& v) { return spell(v); }, value);
  }
  return text + "\n}\n";
}

Manifest manifest_from_json(std::string_view text, const std::string& where) {
  auto entries = JsonReader(text, where).object();
  Manifest manifest;
  manifest.file_hash = take<std::string>(entries, "file_hash", where);
  manifest.content_hash = take<std::string>(entries, "content_hash", where);
  const auto bytes = take<std::int64_t>(entries, "bytes", where);
  if (bytes < 0) reject("bytes", where);
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
