// Every step leaves the rows that are good in a journal or in a file, so that a repair may be cut off anywhere.
#include "sweep/run/repair.hpp"

#include <filesystem>
#include <iostream>

#include "sweep/run/open_result.hpp"
#include "sweep/run/pending_repair.hpp"
#include "sweep/run/salvage.hpp"
#include "sweep/store/attempt.hpp"
#include "sweep/store/files.hpp"

namespace truce {

namespace {

namespace fs = std::filesystem;

bool is_sound(const fs::path& file) {
  if (!fs::exists(file)) return false;
  const auto manifest = readable_manifest(file);
  return manifest && manifest->file_hash == hash_file(file);
}

/// Only if the damaged file is the one that it moved there; else that is somebody's own, and is refused.
std::optional<PendingRepair> begun_repair(const std::string& file) {
  auto repair = pending_repair(file);
  if (repair && !moved_by(*repair, file)) repair.reset();
  return repair;
}

void require_room_for_damaged(const std::string& file) {
  const std::string damaged = damaged_path(file);
  if (fs::exists(fs::symlink_status(damaged)))
    throw Error(Exit::usage, damaged + " is there already (no repair of " + file + " moved it there, or it was " +
                                 "changed since); nothing was changed. Move it away, or to " + file +
                                 " if that is what shall be repaired");
  noted_repair(file);
}

/// Under the lock: what was seen before it was ours may have changed since.
void require_still_damaged(const std::string& file, bool begun) {
  if (fs::exists(file) && !is_sound(file) && fs::exists(damaged_path(file)) == begun) return;
  throw Error(Exit::usage,
              file + " was changed while it was examined (another repair was at work?); run the same command again");
}

/// The note comes first: it proves whose the damaged file is. The manifest goes last, as its text stands in the note.
void move_aside(const std::string& file, Salvage& salvage, const Plan& plan, bool begun) {
  const fs::path folder = journal_folder(file);
  LiveLock lock(folder);
  require_still_damaged(file, begun);
  if (const auto published = read_plan(folder))
    require_same_study(folder.string(), *published, {published->block, plan.study_id, plan.canonical});
  if (begun) fs::remove(damaged_path(file));
  note_repair(file, salvage.to_repair());
  salvage.import_into(plan, lock);
  rename_into_place(file, damaged_path(file));
  fs::remove(manifest_path(file));
}

/// So that every number is computed again.
void drop_attempts(const std::string& file, PendingRepair repair) {
  std::cerr << "rows that looked good were not; computing all of them" << std::endl;
  const fs::path folder = journal_folder(file);
  LiveLock lock(folder);
  std::vector<fs::path> attempts;
  for (const auto& entry : fs::directory_iterator(folder))
    if (attempt_number(entry.path())) attempts.push_back(entry.path());
  for (const fs::path& attempt : attempts) fs::remove_all(attempt);
  repair.kept = KeptRows::none;
  note_repair(file, repair);
}

/// As run_study. If the rows that were kept turn out not to be good, no journal with them is left.
Exit run_with_kept_rows(Crew& crew, const Plan& plan, const RunOptions& options) {
  try {
    return run_study(crew, plan, options).exit;
  } catch (const Error& error) {
    const auto repair = pending_repair(plan.file);
    const bool bad = repair && (repair->kept == KeptRows::refused ||
                                (repair->kept == KeptRows::trusted && error.exit() == Exit::conflict));
    if (!bad) throw;
    drop_attempts(plan.file, *repair);
    return run_study(crew, plan, options).exit;
  }
}

Exit finish_repair(Crew& crew, const Plan& plan, const RunOptions& options) {
  const auto repair = pending_repair(plan.file);
  if (repair && repair->stated.study_id != plan.study_id)
    throw Error(Exit::usage, damaged_path(plan.file) + " is of another study (study id " + repair->stated.study_id +
                                 ", the study given has " + plan.study_id + "); name the study that it was made from");
  if (repair && repair->kept == KeptRows::refused) drop_attempts(plan.file, *repair);
  if (const Exit exit = run_with_kept_rows(crew, plan, options); exit != Exit::done) return exit;
  if (pending_repair(plan.file))
    throw Error(Exit::conflict, plan.file + " is complete, but its content hash is not the one that was stated of " +
                                    damaged_path(plan.file) + " (" + repair->stated.content_hash +
                                    "; another program version or a failing machine made one of the two); compare " +
                                    "both: the damaged file is kept");
  const bool gone = !fs::exists(damaged_path(plan.file));
  std::cerr << plan.file << " is repaired; the damaged file is " << (gone ? "gone" : "kept") << std::endl;
  return Exit::done;
}

Plan plan_of_sound(const std::string& file, const std::optional<Plan>& study) {
  return study ? *study : OpenResult(file).plan();
}

}  // namespace

Exit repair_result(Crew& crew, const std::string& file, const std::optional<Plan>& study, const RunOptions& options) {
  const std::string damaged = damaged_path(file);
  require_ordinary(file);
  const bool sound = is_sound(file), there = fs::exists(file);
  const auto begun = begun_repair(file);
  if (sound && !begun) {
    std::cout << file << " agrees with its manifest; nothing to repair\n";
    return Exit::done;
  }
  if (!begun && there && !fs::exists(manifest_path(file))) require_no_answers(file);
  if (!begun) require_room_for_damaged(file);
  if (!begun && !there)
    throw Error(Exit::usage, file + " does not exist, nor does " + damaged + " (what is repaired must be there); " +
                                 "check the name, or run its study");
  // A result that has no manifest yet beside an older damaged one is what a repair left that was cut off.
  const bool cut_off = begun && (sound || !there || !fs::exists(manifest_path(file)));
  Plan plan;
  if (cut_off && sound) {
    plan = plan_of_sound(file, study);
  } else {
    Salvage salvage(cut_off ? damaged : file, study);
    plan = salvage.plan();
    plan.file = file;
    if (!cut_off) {
      move_aside(file, salvage, plan, begun.has_value());
    } else if (!there && begun->kept == KeptRows::trusted) {
      // the journal may have been moved away, or the rows were not all in it when a signal came
      LiveLock lock(journal_folder(file));
      salvage.import_into(plan, lock);
    }
  }
  plan.file = file;
  return finish_repair(crew, plan, options);
}

}  // namespace truce
