// `verify`: hashes, then some points computed again with the plain code and compared bit for bit.
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <iostream>
#include <set>

#include "sweep/run/block_run.hpp"
#include "sweep/run/open_result.hpp"
#include "sweep/run/rows.hpp"
#include "sweep/store/content_hash.hpp"
#include "sweep/store/files.hpp"
#include "sweep/store/manifest.hpp"
#include "sweep/verbs/verbs.hpp"

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

void compare_columns(Result& result, const Layout& layout, const RowRange& rows, std::span<const std::byte> payload,
                     std::int64_t base) {
  std::size_t offset = 0;
  for (const Column& column : layout.columns) {
    if (column.origin != Origin::row) continue;
    const std::size_t bytes = column.row_bytes() * static_cast<std::size_t>(rows.count);
    std::vector<std::byte> stored(bytes);
    result.read_bytes(result.index(column.name), rows.first, rows.count, stored);
    if (std::memcmp(stored.data(), payload.data() + offset, bytes) != 0)
      throw Error(
          Exit::corrupt,
          result.path().string() + ": " + column.name + " of base point " + std::to_string(base) +
              " is not what its inputs give; the file is damaged or was made by other code: run the study again");
    offset += bytes;
  }
}

void recompute(const OpenResult& opened, const std::set<std::int64_t>& points) {
  const Plan& plan = opened.plan();
  const Design design(plan);
  const Layout layout = layout_of(plan);
  BlockRun block(plan, design, layout, plan.kernel->codes.back());
  for (const std::int64_t base : points) {
    block.begin({base * plan.chunks(), plan.chunks()});
    while (!block.advance()) {
    }
    compare_columns(opened.result(), layout, rows_of(plan, base * plan.chunks(), plan.chunks()), block.payload(), base);
  }
}

}  // namespace

Exit verify(const Arguments& arguments) {
  const Parsed parsed(arguments, {}, {"points"}, false);
  const std::string file = parsed.only("result file");
  const long long points = parsed.number("points", 8, 0, 1000000000);
  if (std::filesystem::exists(manifest_path(file))) {
    const std::string hash = hash_file(file), stated = read_manifest(file).file_hash;
    if (hash != stated)
      throw Error(Exit::corrupt, file + " has SHA-256 " + hash + ", its manifest says " + stated +
                                     "; the file was changed after it was sealed: restore it, or run the study again");
    std::cout << "file hash agrees with the manifest\n";
  } else {
    std::cout << "no manifest beside the file; its bytes cannot be compared\n";
  }
  const OpenResult opened(file);
  const std::string content = content_hash_of(opened.result());
  if (content != opened.result().text("content_hash"))
    throw Error(Exit::corrupt, file + " has content hash " + content + ", it states " +
                                   opened.result().text("content_hash") +
                                   "; the file is damaged: restore it, or run the study again");
  std::cout << "content hash agrees: " << content << "\n";
  const auto drawn = drawn_points(opened.plan().points, points);
  recompute(opened, drawn);
  std::cout << drawn.size() << " base points recomputed with the " << opened.plan().kernel->codes.back().instruction_set
            << " code, all numbers equal bit for bit:";
  for (const std::int64_t point : drawn) std::cout << " " << point;
  std::cout << "\n";
  return Exit::done;
}

}  // namespace truce
