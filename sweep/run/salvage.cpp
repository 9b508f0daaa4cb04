// A file is a result if it or its manifest says so; only what cannot speak any more is believed to be one by its study.
#include "sweep/run/salvage.hpp"

#include <algorithm>
#include <fstream>
#include <iostream>

#include "sweep/run/import_rows.hpp"
#include "sweep/run/open_result.hpp"
#include "sweep/run/rows.hpp"
#include "sweep/run/seal_study.hpp"
#include "sweep/store/content_hash.hpp"
#include "sweep/store/files.hpp"

namespace truce {

namespace {

namespace fs = std::filesystem;

/// A root attribute, "" if it is not there or no text.
std::string text_of(const Result& result, std::string_view name) {
  const auto at = std::ranges::find(result.attributes(), name, &Attribute::name);
  const auto* text = at == result.attributes().end() ? nullptr : std::get_if<std::string>(&at->value);
  return text != nullptr ? *text : "";
}

/// Empty, or begins with the signature of HDF5 (or with what is left of it).
bool is_remnant(const fs::path& file) {
  constexpr std::string_view signature = "\x89HDF\r\n\x1a\n";
  std::string start(signature.size(), '\0');
  std::ifstream stream(file, std::ios::binary);
  stream.read(start.data(), static_cast<std::streamsize>(start.size()));
  start.resize(static_cast<std::size_t>(stream.gcount()));
  return signature.starts_with(start);
}

}  // namespace

void require_ordinary(const fs::path& file) {
  if (file.extension() != ".h5" && fs::exists(manifest_path(file)))
    throw Error(Exit::usage, file.string() + " does not end in .h5, as results do (the manifest beside it may be of " +
                                 file.string() + ".h5); nothing was changed. Name the result file");
  const auto status = fs::symlink_status(file);
  if (!fs::exists(status) || fs::is_regular_file(status)) return;
  throw Error(Exit::usage, file.string() + " is no ordinary file (" +
                               (fs::is_directory(status) ? "a folder" : "a link or a device") +
                               "), so no truce result; nothing was changed. Name the result file itself");
}

std::optional<Manifest> readable_manifest(const fs::path& file) {
  if (!fs::exists(manifest_path(file))) return std::nullopt;
  try {
    return read_manifest(file);
  } catch (const Error& error) {
    if (error.exit() != Exit::corrupt) throw;
    return std::nullopt;
  }
}

Salvage::Salvage(const fs::path& file, const std::optional<Plan>& study)
    : file_(file), manifest_(readable_manifest(file)), damage_(examine(file, study)) {
  if (damage_.whole.empty()) result_.emplace(Result::salvage(file));
  if (result_ && text_of(*result_, "file_type") == result_file_type) named_ = text_of(*result_, "study_id");
  const bool left_over = !result_ && is_remnant(file);
  if (!manifest_ && named_.empty() && !left_over)
    throw Error(Exit::usage, file.string() + " is no truce result and has no manifest; nothing was changed. To make " +
                                 "the result of a study: truce run STUDY");
  if (!study && !result_)
    throw Error(Exit::corrupt, file.string() + " does not say any more of which study it is (" + damage_.whole +
                                   "); name its study: truce repair " + file.string() + " --study=STUDY");
  plan_ = study ? *study : plan_of_result(*result_);
  require_same_study();
  std::cerr << file.string() << ", damaged:" << damage_text(damage_) << std::endl;
}

void Salvage::require_same_study() {
  const auto refuse = [&](const std::string& what, const std::string& remedy) {
    throw Error(Exit::usage, file_.string() + " is of another study (" + what + ", the study given has " +
                                 plan_.study_id + "); nothing was changed. " + remedy);
  };
  if (!named_.empty() && named_ != plan_.study_id)
    refuse("it names study id " + named_, "Name the study that it was made from");
  if (!manifest_ || manifest_->study_id == plan_.study_id) return;
  const std::string what = "its manifest names study id " + manifest_->study_id;
  if (named_.empty()) refuse(what, "Name the study that it was made from");
  const bool good = damage_.pieces.empty() && content_hash_of(*result_) == text_of(*result_, "content_hash");
  if (!good) refuse(what, "If the manifest is not of this file, remove " + manifest_path(file_).string());
  manifest_.reset();
}

PendingRepair Salvage::to_repair() const {
  const std::string hash = hash_file(file_), content = result_ ? text_of(*result_, "content_hash") : "";
  const KeptRows kept = good_points().empty() ? KeptRows::none : KeptRows::trusted;
  if (manifest_) return {*manifest_, hash, kept};
  return {{hash, content, size_of_file(file_), plan_.study_id, {}}, hash, kept};
}

std::vector<Range> Salvage::good_points() const {
  return result_ ? whole_points(plan_.points, damage_) : std::vector<Range>{};
}

void Salvage::import_into(const Plan& plan, LiveLock& lock) {
  const std::vector<Range> points = good_points();
  if (points.empty()) return;
  std::cerr << sum_of(points) << " of " << plan.points << " base points are good and kept" << std::endl;
  const fs::path folder = journal_folder(plan.file);
  const Beat beat = [&] { lock.beat(); };
  const auto missing = missing_units(scan_journals(folder, study_id_of(plan), plan.units(), beat), plan.units());
  std::vector<Range> units;
  for (const Range& good : points) {
    const auto lacking = within(missing, {good.first * plan.chunks(), good.count * plan.chunks()});
    units.insert(units.end(), lacking.begin(), lacking.end());
  }
  if (units.empty()) return;
  Journal journal(folder, begin_attempt(folder), 0, study_id_of(plan));
  import_rows(*result_, plan, layout_of(plan), units, journal, beat);
}

}  // namespace truce
