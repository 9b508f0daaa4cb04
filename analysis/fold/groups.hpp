// Sums over base points that are the same bytes for any number of ranks.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <functional>
#include <span>

#include "sweep/base/units.hpp"
#include "sweep/crew/crew.hpp"

namespace truce::analysis {

/// Sums of every group: [group][sum].
using GroupSums = Eigen::Array<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// Base points cut into at most 1,024 groups of consecutive ones, as equal as they can be; of fewer base points each is
/// a group of its own. A group is what one rank sums alone and in order, and what a bootstrap draws.
class Groups {
 public:
  static constexpr std::int64_t most = 1024;
  /// Rows of `point` that are handled at once, in whole base points.
  static constexpr std::int64_t piece_rows = 65536;

  Groups(std::int64_t bases, int members);
  std::int64_t count() const { return count_; }
  Range range(std::int64_t group) const;
  /// The group that a base point belongs to.
  std::int64_t group_of(std::int64_t base) const;
  std::int64_t piece_bases() const { return piece_bases_; }

 private:
  std::int64_t bases_, count_, piece_bases_;
};

/// Adds what some base points of one group contribute to the sums of that group, which begin at 0.
using FoldPiece = std::function<void(Range bases, std::span<double> sums)>;

/// Collective. Every rank folds a share of the groups, each group piece by piece in order; rank 0 returns the sums of
/// all groups, the others an empty array. An error on any rank is thrown on all as AgreedError. `fold` must not use
/// the crew; pieces come in rising order of base points.
GroupSums fold_groups(Crew& crew, const Groups& groups, std::size_t sums, const FoldPiece& fold);

}  // namespace truce::analysis
