// Which rank folds which groups plays no part in the sums: they travel as bytes and are put in the order of groups.
#include "analysis/fold/groups.hpp"

#include <algorithm>
#include <cstring>
#include <string>

#include "sweep/crew/collective.hpp"

namespace truce::analysis {
namespace {

Range share(std::int64_t count, std::int64_t part, std::int64_t parts) {
  const std::int64_t first = count * part / parts;
  return {first, count * (part + 1) / parts - first};
}

}  // namespace

Groups::Groups(std::int64_t bases, int members)
    : bases_(bases), count_(std::min(bases, most)), piece_bases_(std::max<std::int64_t>(1, piece_rows / members)) {}

Range Groups::range(std::int64_t group) const { return share(bases_, group, count_); }

/// The last group that begins at `base` or before: first(g) = floor(bases g / count).
std::int64_t Groups::group_of(std::int64_t base) const { return ((base + 1) * count_ - 1) / bases_; }

GroupSums fold_groups(Crew& crew, const Groups& groups, std::size_t sums, const FoldPiece& fold) {
  const Range own = share(groups.count(), crew.rank(), crew.size());
  GroupSums mine = GroupSums::Zero(own.count, static_cast<Eigen::Index>(sums));
  together(crew, [&] {
    for (std::int64_t g = 0; g < own.count; ++g) {
      const Range bases = groups.range(own.first + g);
      const std::span<double> into(mine.data() + static_cast<std::size_t>(g) * sums, sums);
      for (std::int64_t at = bases.first; at < bases.end(); at += groups.piece_bases())
        fold({at, std::min(groups.piece_bases(), bases.end() - at)}, into);
    }
  });
  if (crew.size() == 1) return mine;
  std::string bytes(static_cast<std::size_t>(mine.size()) * sizeof(double), '\0');
  if (!bytes.empty()) std::memcpy(bytes.data(), mine.data(), bytes.size());
  const std::vector<std::string> parts = gather(crew, std::move(bytes));
  if (crew.rank() != 0) return {};
  GroupSums all(groups.count(), static_cast<Eigen::Index>(sums));
  char* into = reinterpret_cast<char*>(all.data());
  for (const std::string& part : parts) into = std::copy(part.begin(), part.end(), into);
  return all;
}

}  // namespace truce::analysis
