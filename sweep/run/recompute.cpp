// The payload of a block is compared with the same rows of the file, column by column; inputs come from the design.
#include "sweep/run/recompute.hpp"

#include <cstring>
#include <vector>

#include "sweep/run/row_source.hpp"

namespace truce {

Recomputation::Recomputation(const OpenResult& opened)
    : opened_(opened),
      design_(opened.plan()),
      layout_(layout_of(opened.plan())),
      computed_(opened.plan(), layout_),
      block_(opened.plan(), design_, layout_, reference_code(*opened.plan().kernel, opened.plan().arithmetic)) {}

void Recomputation::compare_column(std::size_t column, Range rows, std::span<const std::byte> expected) {
  Result& result = opened_.result();
  std::vector<std::byte> stored(expected.size());
  result.read_bytes(result.index(layout_.columns[column].name), rows.first, rows.count, stored);
  if (std::memcmp(stored.data(), expected.data(), stored.size()) != 0)
    throw Error(Exit::corrupt, result.path().string() + ": " + layout_.columns[column].name +
                                   " is not what the study gives (rows " + std::to_string(rows.first) +
                                   " on, computed again); the file is damaged or was made by " +
                                   "other code: move it away, then run the study again");
}

void Recomputation::compare(std::int64_t base) {
  const Plan& plan = opened_.plan();
  const Range units{base * plan.chunks(), plan.chunks()};
  const Range rows = row_map_of(plan).rows(units), points{base * plan.members, plan.members};
  block_.begin(units);
  while (!block_.advance()) {
  }
  std::size_t offset = 0;
  for (std::size_t c = 0; c < layout_.columns.size(); ++c) {
    const Column& column = layout_.columns[c];
    if (column.origin == Origin::fixed) continue;
    const Range own = column.dimensions.front() == "point" ? points : rows;
    const std::size_t bytes = column.row_bytes() * static_cast<std::size_t>(own.count);
    if (column.origin == Origin::row) {
      compare_column(c, own, block_.payload().subspan(offset, bytes));
      offset += bytes;
      continue;
    }
    std::vector<std::byte> made(bytes);
    computed_.fill(c, own.first, own.count, made);
    compare_column(c, own, made);
  }
}

}  // namespace truce
