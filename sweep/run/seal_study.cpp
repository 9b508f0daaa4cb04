// Sealing a study: overlaps compared, file written and verified, manifest and codebook beside it, journals removed.
#include "sweep/run/seal_study.hpp"

#include <array>
#include <ctime>
#include <filesystem>

#include "sweep/base/version.hpp"
#include "sweep/run/codebook.hpp"
#include "sweep/run/open_result.hpp"
#include "sweep/run/pending_repair.hpp"
#include "sweep/run/row_source.hpp"
#include "sweep/store/content_hash.hpp"
#include "sweep/store/files.hpp"
#include "sweep/store/manifest.hpp"
#include "sweep/study/identity.hpp"

namespace truce {

namespace {

namespace fs = std::filesystem;

std::string utc(double seconds) {
  const auto time = static_cast<std::time_t>(seconds);
  std::tm parts{};
  gmtime_r(&time, &parts);
  char text[32];
  return {text, std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

fs::path codebook_path(const Plan& plan) { return companion_path(plan.file, ".codebook.md"); }

/// `made_by`: version and git hash of the program that wrote the file.
Manifest manifest_of(const Plan& plan, const Sealed& sealed, std::uint32_t attempts, const Circumstances& circumstances,
                     const std::array<std::string, 2>& made_by) {
  Manifest manifest{sealed.file_hash, sealed.content_hash, sealed.bytes, plan.study_id, {}};
  const auto add = [&](const char* key, ManifestValue value) { manifest.more.emplace_back(key, std::move(value)); };
  add("truce_version", made_by[0]);
  add("truce_git_hash", made_by[1]);
  add("kernel", std::string(plan.kernel->name));
  add("kernel_version", std::int64_t{plan.kernel->version});
  add("codes", circumstances.codes);
  add("attempts", std::int64_t{attempts});
  add("ranks", std::int64_t{circumstances.ranks});
  add("hosts", circumstances.hosts);
  add("last_attempt_begun", utc(circumstances.begun));
  add("sealed", utc(static_cast<double>(std::time(nullptr))));
  return manifest;
}

void require_nothing_missing(const Plan& plan, const std::vector<Range>& gaps) {
  if (gaps.empty()) return;
  std::string text = "base points ";
  for (std::size_t i = 0; i < gaps.size() && i < 5; ++i)
    text += (i > 0 ? ", " : "") + std::to_string(gaps[i].first / plan.chunks()) + ".." +
            std::to_string((gaps[i].end() - 1) / plan.chunks());
  throw Error(Exit::incomplete, plan.file + " cannot be sealed (" + text + (gaps.size() > 5 ? ", ..." : "") + " of " +
                                    std::to_string(plan.points) +
                                    " are not complete); run the study again to compute them");
}

/// The lock goes before its file does: some network file systems keep an open file's folder alive.
std::string remove_journals(const fs::path& folder, std::unique_ptr<LiveLock> lock) {
  lock.reset();
  std::error_code error;
  fs::remove_all(folder, error);
  if (!error) return "";
  return "the journals in " + folder.string() + " could not be removed (" + error.message() +
         "); the result is complete: remove them by hand";
}

/// Two warnings, either of which may be "".
std::string both(const std::string& one, const std::string& other) {
  return one + (one.empty() || other.empty() ? "" : "; ") + other;
}

void require_unchanged(const fs::path& file, const std::string& stated, const std::string& found, const char* where) {
  if (stated == found) return;
  throw Error(Exit::corrupt, file.string() + " was changed after it was sealed (its " + where + " is " + found +
                                 " and should be " + stated + "); restore it from a copy, or let truce repair " +
                                 file.string() +
                                 " compute what is lost (a file too damaged to tell its study: add --study=STUDY)");
}

/// `file` does not exist; a link there would be found when all is computed, as the seal puts no file in its place.
void require_no_link(const fs::path& file) {
  if (!fs::is_symlink(fs::symlink_status(file))) return;
  throw Error(Exit::usage,
              file.string() + " is a link to " + fs::read_symlink(file).string() +
                  ", which does not exist (a result does not take the place of a link); remove the link, " +
                  "or name another file with --store.file");
}

/// Hashes of a file that has no manifest; it must hold what it says of itself.
Sealed hashes_of(const fs::path& file, const Beat& beat) {
  Result result(file);
  const std::string content = content_hash_of(result);
  require_unchanged(file, result.text("content_hash"), content, "content hash");
  return {content, hash_file(file, beat), size_of_file(file)};
}

/// Nobody wrote [dimensions]: that the kernels of a study stand in another order shows there.
std::string about_dimensions(const std::string& difference) {
  if (("\n" + difference).find("\ndimensions.") == std::string::npos) return "";
  return "([dimensions] tells the numbers of inputs over all kernels of a study: name those of before in the same "
         "order, and new ones behind them)\n";
}

}  // namespace

std::vector<Attribute> root_attributes(const Plan& plan) {
  return {{"Conventions", std::string("CF-1.10")},
          {"file_type", std::string("truce result")},
          {"format_version", std::int64_t{format_version}},
          {"truce_version", std::string(version)},
          {"truce_git_hash", std::string(git_hash)},
          {"title", plan.title},
          {"kernel", std::string(plan.kernel->name)},
          {"kernel_version", std::int64_t{plan.kernel->version}},
          {"seed", std::to_string(plan.seed)},
          {"study_id", plan.study_id},
          {"row_id", plan.row_id},
          {"study", plan.canonical},
          {"complete", std::int64_t{1}}};
}

StudyId study_id_of(const Plan& plan) {
  StudyId id{};
  for (std::size_t i = 0; i < id.size(); ++i)
    id[i] = static_cast<std::byte>(std::stoul(plan.study_id.substr(2 * i, 2), nullptr, 16));
  return id;
}

void require_stated_bytes(const fs::path& file, const Tell& tell) {
  if (!fs::is_regular_file(file) || !fs::exists(manifest_path(file))) return;
  const Beat verifying = [&] { tell("verifying " + file.string()); };
  require_unchanged(file, read_manifest(file).file_hash, hash_file(file, verifying), "SHA-256");
}

bool require_free_or_same(const Plan& plan, const Tell& tell) {
  const fs::path folder = folder_of(plan.file);
  if (!fs::is_directory(folder))
    throw Error(Exit::io, plan.file + " cannot be written (there is no folder " + folder.string() +
                              "); make the folder, or name another file with --store.file");
  if (!fs::exists(plan.file)) {
    require_no_link(plan.file);
    return false;
  }
  require_stated_bytes(plan.file, tell);
  const Result result(plan.file);
  require_truce_result(result);
  if (result.text("study_id") == plan.study_id) return true;
  const std::string difference = identity_difference(result.text("study"), plan.canonical);
  throw Error(Exit::usage, plan.file +
                               " belongs to another study (its results would be lost); name another file with "
                               "--store.file, or move it away. The file's study against this one:\n" +
                               difference + about_dimensions(difference));
}

void require_whole(const fs::path& file, const Tell& tell) {
  require_stated_bytes(file, tell);
  hashes_of(file, [&] { tell("verifying " + file.string()); });
}

void remove_leftovers(const Plan& plan) {
  for (const fs::path& file :
       {fs::path(plan.file), manifest_path(plan.file), codebook_path(plan), journal_folder(plan.file) / "plan"})
    remove_temporaries(file);
}

Finished seal_study(const Plan& plan, const Circumstances& circumstances, std::unique_ptr<LiveLock> lock,
                    const Tell& tell) {
  const fs::path folder = journal_folder(plan.file);
  Layout layout = layout_of(plan);
  layout.attributes = root_attributes(plan);
  const RowMap map = row_map_of(plan);
  const Beat reading = [&] { tell("reading journals"); }, sealing = [&] { tell("sealing"); };
  const Scan scan = scan_journals(folder, study_id_of(plan), plan.units(), reading);
  require_nothing_missing(plan, missing_units(scan, plan.units()));
  check_overlaps(scan, layout, map, reading);
  RowSource source(plan, layout, map, scan);
  // The manifest of a file that was moved away must never be taken for that of the new one.
  std::error_code ignored;
  fs::remove(manifest_path(plan.file), ignored);
  const auto fill = [&](std::size_t column, std::int64_t first, std::int64_t count, std::span<std::byte> into) {
    source.fill(column, first, count, into);
  };
  const Sealed sealed = write_result(plan.file, layout, fill, sealing, [&] { lock->require_held(); });
  require_good_rows(plan, sealed.content_hash);
  write_manifest(plan.file, manifest_of(plan, sealed, scan.attempts, circumstances, {version, git_hash}));
  replace_text(codebook_path(plan), codebook_of(plan, layout));
  const std::string warning = end_repair(plan, sealed.content_hash);
  return {sealed.content_hash, sealed.bytes, both(warning, remove_journals(folder, std::move(lock)))};
}

std::optional<Finished> finish_sealed(const Plan& plan, const Circumstances& circumstances,
                                      std::unique_ptr<LiveLock>& lock, const Tell& tell) {
  if (!require_free_or_same(plan, tell)) return std::nullopt;
  const fs::path folder = journal_folder(plan.file);
  const bool described = fs::exists(manifest_path(plan.file));
  const bool whole = described && fs::exists(codebook_path(plan)) && !fs::exists(folder);
  if (!whole && !lock) {
    lock = std::make_unique<LiveLock>(folder);
    return finish_sealed(plan, circumstances, lock, tell);  // all may have changed before the lock was ours
  }
  const Beat verifying = [&] { tell("verifying " + plan.file); };
  Finished finished;
  if (described) {
    const Manifest manifest = read_manifest(plan.file);
    finished = {manifest.content_hash, manifest.bytes, ""};
  } else {
    const Sealed sealed = hashes_of(plan.file, verifying);
    require_good_rows(plan, sealed.content_hash);
    const Result result(plan.file);
    write_manifest(plan.file, manifest_of(plan, sealed, last_attempt(folder), circumstances,
                                          {result.text("truce_version"), result.text("truce_git_hash")}));
    finished = {sealed.content_hash, sealed.bytes, ""};
  }
  finished.warning = end_repair(plan, finished.content_hash);
  if (whole) return finished;
  // Journals of another study are somebody's work: they only happen to lie where this study's would.
  if (const auto published = read_plan(folder))
    require_same_study(folder.string(), *published, {published->block, plan.study_id, plan.canonical});
  remove_leftovers(plan);
  Layout layout = layout_of(plan);
  layout.attributes = root_attributes(plan);
  replace_text(codebook_path(plan), codebook_of(plan, layout));
  finished.warning = both(finished.warning, remove_journals(folder, std::move(lock)));
  return finished;
}

}  // namespace truce
