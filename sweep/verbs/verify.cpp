// `verify`: hashes, then some points computed again with the plain code and compared bit for bit.
#include <unistd.h>

#include <algorithm>
#include <iostream>
#include <set>

#include "sweep/run/damage.hpp"
#include "sweep/run/open_result.hpp"
#include "sweep/run/pending_repair.hpp"
#include "sweep/run/recompute.hpp"
#include "sweep/store/content_hash.hpp"
#include "sweep/store/file_kind.hpp"
#include "sweep/store/files.hpp"
#include "sweep/store/manifest.hpp"
#include "sweep/verbs/verbs.hpp"
#include "sweep/verbs/words.hpp"

namespace truce {

namespace {

/// Base points drawn anew at each call, so that many calls cover the file.
std::set<std::int64_t> drawn_points(std::int64_t points, std::int64_t count) {
  std::set<std::int64_t> drawn;
  count = std::min(count, points);
  while (static_cast<std::int64_t>(drawn.size()) < count) {
    std::uint64_t word = 0;
    if (getentropy(&word, sizeof word) != 0)
      throw Error(Exit::io, "the system gave no random numbers (getentropy failed)");
    drawn.insert(static_cast<std::int64_t>(word % static_cast<std::uint64_t>(points)));
  }
  return drawn;
}

/// What is damaged is found before HDF5, which may crash on such a file, reads it in this process.
[[noreturn]] void damaged(const std::string& file, const std::string& how) {
  const Damage damage = examine(file, {});
  throw Error(Exit::corrupt, file + " " + how + "; the file was changed after it was sealed. Damaged:" +
                                 damage_text(damage) + "\nrestore the file from a copy, or let truce repair " + file +
                                 (damage.whole.empty() ? "" : " --study=STUDY") + " compute what is lost");
}

void check_file_hash(const std::string& file) {
  if (!std::filesystem::exists(manifest_path(file))) {
    require_no_answers(file);
    std::cout << "no manifest beside the file; its bytes cannot be compared\n";
    const Damage damage = examine(file, {});
    if (!damage.whole.empty() || !damage.pieces.empty()) damaged(file, "cannot be read in full");
    return;
  }
  const std::string hash = hash_file(file), stated = read_manifest(file).file_hash;
  if (hash != stated) damaged(file, "has SHA-256 " + hash + ", its manifest says " + stated);
  std::cout << "file hash agrees with the manifest\n";
}

}  // namespace

Exit verify(const Arguments& arguments) {
  const Parsed parsed(arguments, {}, {"points"}, false);
  if (const std::string note = repair_note(parsed.only("result file")); !note.empty()) std::cerr << note << "\n";
  const std::string file = parsed.existing("result file");
  const long long points = parsed.number("points", 8, 0, 1000000000);
  require_once_a_result(file);
  check_file_hash(file);
  const OpenResult opened(file);
  const std::string content = content_hash_of(opened.result()), stated = opened.result().text("content_hash");
  if (content != stated) damaged(file, "has content hash " + content + ", it states " + stated);
  std::cout << "content hash agrees: " << content << "\n";
  const auto drawn = drawn_points(opened.plan().points, points);
  Recomputation recomputation(opened);
  for (const std::int64_t base : drawn) recomputation.compare(base);
  if (drawn.empty()) {
    std::cout << "no point was recomputed (--points 0): whether the numbers follow from the inputs was not tested\n";
    return Exit::done;
  }
  std::cout << counted(static_cast<std::int64_t>(drawn.size()), "base point", "base points") << " recomputed with the "
            << reference_code(*opened.plan().kernel, opened.plan().arithmetic).instruction_set
            << " code, all numbers equal bit for bit:";
  for (const std::int64_t point : drawn) std::cout << " " << point;
  std::cout << "\n";
  return Exit::done;
}

}  // namespace truce
