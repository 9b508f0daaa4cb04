// Sealing a study: overlaps compared, file written and verified, manifest and codebook beside it, journals removed.
#include "sweep/run/seal_study.hpp"

#include <ctime>
#include <filesystem>

#include "sweep/base/version.hpp"
#include "sweep/run/codebook.hpp"
#include "sweep/run/open_result.hpp"
#include "sweep/run/row_source.hpp"
#include "sweep/store/attempt.hpp"
#include "sweep/store/files.hpp"
#include "sweep/store/manifest.hpp"
#include "sweep/study/identity.hpp"

namespace truce {

namespace {

namespace fs = std::filesystem;

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

std::string utc(double seconds) {
  const auto time = static_cast<std::time_t>(seconds);
  std::tm parts{};
  gmtime_r(&time, &parts);
  char text[32];
  return {text, std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

Manifest manifest_of(const Plan& plan, const Sealed& sealed, const Scan& scan, const Circumstances& circumstances) {
  Manifest manifest{sealed.file_hash, sealed.content_hash, sealed.bytes, plan.study_id, {}};
  const auto add = [&](const char* key, ManifestValue value) { manifest.more.emplace_back(key, std::move(value)); };
  add("truce_version", version);
  add("truce_git_hash", git_hash);
  add("kernel", std::string(plan.kernel->name));
  add("kernel_version", std::int64_t{plan.kernel->version});
  add("instruction_set", std::string(plan.kernel->codes.front().instruction_set));
  add("attempts", std::int64_t{scan.attempts});
  add("ranks", std::int64_t{circumstances.ranks});
  add("hosts", circumstances.hosts);
  add("last_attempt_begun", utc(circumstances.begun));
  add("sealed", utc(static_cast<double>(std::time(nullptr))));
  return manifest;
}

void require_nothing_missing(const Plan& plan, const std::vector<Range>& gaps) {
  if (gaps.empty()) return;
  std::string text = "units ";
  for (std::size_t i = 0; i < gaps.size() && i < 5; ++i)
    text += (i > 0 ? ", " : "") + std::to_string(gaps[i].first) + ".." + std::to_string(gaps[i].end() - 1);
  throw Error(Exit::incomplete, plan.file + " cannot be sealed: " + text + (gaps.size() > 5 ? ", ..." : "") + " of " +
                                    std::to_string(plan.units()) + " are missing; run the study again to compute them");
}

}  // namespace

StudyId study_id_of(const Plan& plan) {
  StudyId id{};
  for (std::size_t i = 0; i < id.size(); ++i)
    id[i] = static_cast<std::byte>(std::stoul(plan.study_id.substr(2 * i, 2), nullptr, 16));
  return id;
}

bool require_free_or_same(const Plan& plan) {
  const fs::path folder = folder_of(plan.file);
  if (!fs::is_directory(folder))
    throw Error(Exit::io, plan.file + " cannot be written (there is no folder " + folder.string() +
                              "); make the folder, or name another file with --store.file");
  if (!fs::exists(plan.file)) return false;
  const Result result(plan.file);
  require_truce_result(result);
  if (result.text("study_id") == plan.study_id) return true;
  throw Error(Exit::usage, plan.file +
                               " belongs to another study (its results would be lost); name another file with "
                               "--store.file, or move it away. The file's study against this one:\n" +
                               identity_difference(result.text("study"), plan.canonical));
}

std::string content_hash_in(const std::string& file) { return Result(file).text("content_hash"); }

Sealed seal_study(const Plan& plan, const Circumstances& circumstances) {
  const fs::path folder = journal_folder(plan.file);
  Layout layout = layout_of(plan);
  layout.attributes = root_attributes(plan);
  const RowMap map = row_map_of(plan);
  const Scan scan = scan_journals(folder, study_id_of(plan), plan.units());
  require_nothing_missing(plan, missing(scan, plan.units()));
  check_overlaps(scan, layout, map);
  RowSource source(plan, layout, map, scan);
  const Sealed sealed = write_result(plan.file, circumstances.attempt, layout,
                                     [&](std::size_t column, std::int64_t first, std::int64_t count,
                                         std::span<std::byte> into) { source.fill(column, first, count, into); });
  write_manifest(plan.file, manifest_of(plan, sealed, scan, circumstances));
  replace_text(fs::path(plan.file).replace_extension(".codebook.md"), codebook_of(plan, layout));
  fs::remove_all(folder);
  return sealed;
}

}  // namespace truce
