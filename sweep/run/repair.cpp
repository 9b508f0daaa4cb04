// Every step leaves the rows that are good in a journal or in a file, so that a repair may be cut off anywhere.
#include "sweep/run/repair.hpp"

#include <filesystem>
#include <iostream>

#include "sweep/run/damage.hpp"
#include "sweep/run/import_rows.hpp"
#include "sweep/run/open_result.hpp"
#include "sweep/run/rows.hpp"
#include "sweep/run/seal_study.hpp"
#include "sweep/store/attempt.hpp"
#include "sweep/store/files.hpp"
#include "sweep/store/manifest.hpp"

namespace truce {

namespace {

namespace fs = std::filesystem;

/// Empty if there is none that can be read.
std::optional<Manifest> readable_manifest(const fs::path& file) {
  if (!fs::exists(manifest_path(file))) return std::nullopt;
  try {
    return read_manifest(file);
  } catch (const Error& error) {
    if (error.exit() != Exit::corrupt) throw;
    return std::nullopt;
  }
}

bool is_sound(const fs::path& file) {
  if (!fs::exists(file)) return false;
  const auto manifest = readable_manifest(file);
  return manifest && manifest->file_hash == hash_file(file);
}

void move_if_there(const fs::path& from, const fs::path& to) {
  if (fs::exists(from)) rename_into_place(from, to);
}

void remove_result(const fs::path& file) {
  fs::remove(manifest_path(file));
  fs::remove(file);
}

/// What the new file must be.
struct Wanted {
  Plan plan;
  std::string content_hash;  ///< "" if nothing states it
};

/// From the damaged file `source` as far as it can be read, and from its manifest.
class Salvage {
 public:
  Salvage(fs::path source, const std::optional<Plan>& study)
      : source_(std::move(source)), manifest_(readable_manifest(source_)), damage_(examine(source_, study)) {
    std::cerr << source_.string() << ", damaged:" << damage_text(damage_) << std::endl;
    if (damage_.whole.empty()) result_.emplace(Result::salvage(source_));
    if (!study && !result_)
      throw Error(Exit::corrupt, source_.string() + " does not say any more of which study it is (" + damage_.whole +
                                     "); name its study: truce repair FILE --study=STUDY");
    wanted_.plan = study ? *study : plan_of_result(*result_);
    if (result_ && result_->has("content_hash")) wanted_.content_hash = result_->text("content_hash");
    if (!manifest_) return;
    wanted_.content_hash = manifest_->content_hash;
    if (manifest_->study_id == wanted_.plan.study_id) return;
    throw Error(Exit::usage, source_.string() + " is of another study (its manifest names study id " +
                                 manifest_->study_id + ", the study given has " + wanted_.plan.study_id +
                                 "); name the study that it was made from");
  }

  const Wanted& wanted() const { return wanted_; }

  /// Commits the rows that are good to the journal of `plan.file`; false if there are none.
  bool import_into(const Plan& plan) {
    const auto points = whole_points(plan.points, damage_);
    if (!result_ || points.empty()) return false;
    const fs::path folder = journal_folder(plan.file);
    LiveLock lock(folder);
    Journal journal(folder, begin_attempt(folder), 0, study_id_of(plan));
    std::vector<Range> units(points);
    for (Range& range : units) range = {range.first * plan.chunks(), range.count * plan.chunks()};
    import_rows(*result_, plan, layout_of(plan), units, journal, [&] { lock.beat(); });
    std::cerr << sum_of(points) << " of " << plan.points << " base points are good and kept" << std::endl;
    return true;
  }

 private:
  fs::path source_;
  std::optional<Manifest> manifest_;
  Damage damage_;
  std::optional<Result> result_;
  Wanted wanted_;
};

bool has_stated_hash(const Plan& plan, const Wanted& wanted) {
  return wanted.content_hash.empty() || read_manifest(plan.file).content_hash == wanted.content_hash;
}

void forget_damaged(const std::string& file) {
  remove_result(damaged_path(file));
  std::cerr << file << " is repaired; the damaged file is gone" << std::endl;
}

[[noreturn]] void give_up(const Plan& plan, const Wanted& wanted) {
  throw Error(Exit::conflict, plan.file + " was computed again in full, but its content hash is not " +
                                  wanted.content_hash + " (another program version or a failing machine made one of " +
                                  "the two); compare it with " + damaged_path(plan.file) + ", which is kept");
}

}  // namespace

std::string damaged_path(const std::string& file) { return file + ".damaged"; }

Exit repair_result(Crew& crew, const std::string& file, const std::optional<Plan>& study, const RunOptions& options) {
  const std::string damaged = damaged_path(file);
  const bool sound = is_sound(file);
  // A result that has no manifest yet beside an older damaged one is what a repair left that was cut off.
  const bool cut_off = fs::exists(damaged) && (sound || !fs::exists(file) || !fs::exists(manifest_path(file)));
  if (sound && !cut_off) {
    std::cout << file << " agrees with its manifest; nothing to repair\n";
    return Exit::done;
  }
  if (!fs::exists(file) && !cut_off)
    throw Error(Exit::usage, file + " does not exist, nor does " + damaged + " (what is repaired must be there); " +
                                 "check the name, or run its study");
  Salvage salvage(cut_off ? damaged : file, study);
  Plan plan = salvage.wanted().plan;
  plan.file = file;
  if (!sound) {
    bool imported = salvage.import_into(plan);
    if (!cut_off) {
      move_if_there(manifest_path(file), manifest_path(damaged));
      move_if_there(file, damaged);
    }
    if (const Exit exit = run_study(crew, plan, options); exit != Exit::done) return exit;
    if (!imported && !has_stated_hash(plan, salvage.wanted())) give_up(plan, salvage.wanted());
  }
  if (!has_stated_hash(plan, salvage.wanted())) {
    std::cerr << "rows that looked good were not; computing all of them" << std::endl;
    remove_result(file);
    if (const Exit exit = run_study(crew, plan, options); exit != Exit::done) return exit;
    if (!has_stated_hash(plan, salvage.wanted())) give_up(plan, salvage.wanted());
  }
  forget_damaged(file);
  return Exit::done;
}

}  // namespace truce
