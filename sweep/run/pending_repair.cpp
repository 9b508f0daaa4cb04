// The note is the only proof that a file named FILE.damaged may be removed: whatever has none is somebody's own.
#include "sweep/run/pending_repair.hpp"

#include <algorithm>
#include <array>
#include <filesystem>

#include "sweep/base/error.hpp"
#include "sweep/store/files.hpp"

namespace truce {

namespace {

namespace fs = std::filesystem;

constexpr std::array<const char*, 3> kept_texts{"trusted", "refused", "none"};

/// The text of an entry, "" if there is none.
std::string text_of(const Manifest& manifest, const char* key) {
  const auto* value = manifest.find(key);
  const auto* text = value != nullptr ? std::get_if<std::string>(value) : nullptr;
  return text != nullptr ? *text : "";
}

void set(Manifest& manifest, const std::string& key, const std::string& text) {
  std::erase_if(manifest.more, [&](const auto& entry) { return entry.first == key; });
  manifest.more.emplace_back(key, text);
}

/// Empty unless a repair wrote the manifest.
std::optional<PendingRepair> repair_of(const Manifest& manifest) {
  PendingRepair repair{manifest, text_of(manifest, "damaged_hash"), {}};
  const auto kept = std::ranges::find(kept_texts, text_of(manifest, "kept_rows"));
  if (repair.damaged_hash.empty() || kept == kept_texts.end()) return std::nullopt;
  repair.kept = static_cast<KeptRows>(kept - kept_texts.begin());
  return repair;
}

std::optional<PendingRepair> pending_of(const Plan& plan) {
  auto repair = pending_repair(plan.file);
  if (repair && repair->stated.study_id != plan.study_id) repair.reset();
  return repair;
}

}  // namespace

std::string damaged_path(const std::string& file) { return file + ".damaged"; }

std::optional<PendingRepair> noted_repair(const std::string& file) {
  const fs::path path = manifest_path(damaged_path(file));
  if (!fs::exists(fs::symlink_status(path))) return std::nullopt;
  std::optional<PendingRepair> repair;
  std::string why = "no repair of " + file + " wrote it";
  try {
    repair = repair_of(read_manifest(damaged_path(file)));
  } catch (const Error& error) {
    why = error.what();
  }
  if (!repair)
    throw Error(Exit::usage, path.string() + " stands where the repair of " + file + " is noted (" + why +
                                 "); nothing was changed. Move it away");
  return repair;
}

void note_repair(const std::string& file, PendingRepair repair) {
  set(repair.stated, "damaged_hash", repair.damaged_hash);
  set(repair.stated, "kept_rows", kept_texts.at(static_cast<std::size_t>(repair.kept)));
  write_manifest(damaged_path(file), repair.stated);
}

std::optional<PendingRepair> pending_repair(const std::string& file) {
  if (!fs::is_regular_file(fs::symlink_status(damaged_path(file)))) return std::nullopt;
  try {
    return noted_repair(file);
  } catch (const Error& foreign) {
    static_cast<void>(foreign);
    return std::nullopt;
  }
}

bool moved_by(const PendingRepair& repair, const std::string& file) {
  return hash_file(damaged_path(file)) == repair.damaged_hash;
}

std::string repair_note(const std::string& file) {
  if (!pending_repair(file)) return "";
  return file + " is being repaired (" + damaged_path(file) + " is the old one); truce repair " + file + " ends it";
}

void require_good_rows(const Plan& plan, const std::string& content_hash) {
  auto repair = pending_of(plan);
  if (!repair || repair->kept == KeptRows::none || repair->stated.content_hash.empty()) return;
  if (repair->stated.content_hash == content_hash) return;
  repair->kept = KeptRows::refused;
  note_repair(plan.file, *repair);
  fs::remove(plan.file);
  throw Error(Exit::corrupt, "rows that were kept from " + damaged_path(plan.file) +
                                 " are not good (with them the content hash is " + content_hash + " and should be " +
                                 repair->stated.content_hash + "); truce repair " + plan.file +
                                 " computes all of them again");
}

std::string end_repair(const Plan& plan, const std::string& content_hash) {
  const auto repair = pending_of(plan);
  if (!repair) return "";
  const std::string damaged = damaged_path(plan.file), stated = repair->stated.content_hash;
  if (!stated.empty() && stated != content_hash)
    return "the content hash of " + plan.file + " is not the one that was stated of " + damaged + " (" + stated +
           "; another program version or a failing machine made one of the two); compare both: that file is kept";
  const bool proven = !stated.empty() && moved_by(*repair, plan.file);
  if (proven) fs::remove(damaged);
  fs::remove(manifest_path(damaged));
  if (proven) return "";
  return damaged + " is kept (nothing proves that " + plan.file + " holds all that it held); remove it by hand";
}

}  // namespace truce
