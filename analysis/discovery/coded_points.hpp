// The varied inputs of all base points as one byte each, so that boxes can be searched in memory.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "analysis/data/dataset.hpp"
#include "analysis/discovery/bins.hpp"
#include "analysis/fold/groups.hpp"
#include "sweep/crew/crew.hpp"

namespace truce::analysis {

/// One point per base point: of a design with members the first member (A, base, from). A point takes a byte for each
/// varied input, and 5 more while it is searched: 1.5 GB for 10^8 points of 10 inputs. Where all would take more than
/// `most_bytes`, points are drawn at random so that they do not, the same for any number of ranks. Up to
/// `most_bytes_each` every rank holds all points, so that it can search without the others; beyond, each holds those of
/// its share of the groups, and a search adds up over the ranks: points are so many there that sums take little.
class CodedPoints {
 public:
  static constexpr double most_bytes = 1.6e9, most_bytes_each = 4e8;

  /// Collective: reads every input once. `crew` and `data` must outlive the points.
  CodedPoints(Crew& crew, const Dataset& data, double bytes_each = most_bytes_each);

  const Dataset& data() const { return *data_; }
  const std::vector<InputBins>& bins() const { return bins_; }  ///< of each varied input
  /// Codes of a varied input, one for each point that this rank holds.
  std::span<const std::uint8_t> codes(std::size_t input) const { return codes_[input]; }
  /// Whether every rank holds all points.
  bool whole() const { return whole_; }
  /// The ranks that hold the points between them: where each has all, this one alone. Sums over points are of these.
  Crew& holders() const { return whole_ ? *alone_ : *crew_; }
  std::size_t size() const { return pieces_.empty() ? 0 : pieces_.back().end; }
  const Groups& groups() const { return groups_; }

  /// Points [first, end) that this rank holds are of this group.
  struct Piece {
    std::int64_t group;
    Range bases;
    std::size_t first, end;
  };
  /// In order of base points.
  const std::vector<Piece>& pieces() const { return pieces_; }
  /// Whether a base point is among the points.
  bool holds(std::int64_t base) const;

 private:
  void add_piece(Range bases, std::size_t points);

  Crew* crew_;
  std::unique_ptr<Crew> alone_;
  const Dataset* data_;
  Groups groups_;
  double share_;  ///< of the base points that are held
  bool whole_;
  std::vector<InputBins> bins_;
  std::vector<std::vector<std::uint8_t>> codes_;
  std::vector<Piece> pieces_;
};

/// A number in (0, 1) that belongs to a base point, the same on all ranks; `purpose` makes independent ones.
double lot_of(std::uint64_t seed, std::int64_t base, std::uint32_t purpose);

}  // namespace truce::analysis
