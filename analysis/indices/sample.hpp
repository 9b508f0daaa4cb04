// Rows in memory: those of a design that are independent of each other, all of them or a sample of fixed size.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "analysis/answers/answers.hpp"
#include "analysis/data/moments_reader.hpp"
#include "analysis/indices/rank_order.hpp"
#include "sweep/crew/crew.hpp"

namespace truce::analysis {

/// Of each base point the members that share no input: A and B of a saltelli design, else the first. Up to `most`
/// values of a series (rows by policies) it is all of them; else one base point, drawn by (seed, stratum), from each of
/// as many equal strata of consecutive ones.
class Sample {
 public:
  static constexpr std::int64_t most = 1 << 20;
  /// `data` must outlive the sample. `most_values` is for tests.
  explicit Sample(const Dataset& data, std::int64_t most_values = most);
  std::int64_t rows() const { return strata_ * static_cast<std::int64_t>(members_.size()); }
  /// Independent rows that the file has.
  std::int64_t of() const { return data_.bases() * static_cast<std::int64_t>(members_.size()); }

  /// Collective. Values of a varied input by row of the sample, on rank 0; nothing elsewhere.
  std::vector<double> input(Crew& crew, std::size_t input) const;
  /// Collective. Moments of a series, [row of the sample][policy], on rank 0; nothing elsewhere.
  Moments series(Crew& crew, std::size_t series) const;

 private:
  std::int64_t base_of(std::int64_t stratum) const;
  template <class Visit>
  void visit(Crew& crew, const Visit& visit) const;

  const Dataset& data_;
  std::vector<int> members_;
  std::int64_t strata_;
};

/// Collective. The order of the rows of a sample by each varied input in turn and, last, by an input that does nothing;
/// on rank 0.
std::vector<RankOrder> rank_orders(Crew& crew, const Dataset& data, const Sample& sample);

/// The same orders for the rank estimator: in classes_for(rows) classes where the points are a Sobol' sequence, whose
/// neighbours in one input are no random pairs in the others; else as they are.
std::vector<RankOrder> orders_of_indices(const Dataset& data, std::vector<RankOrder> orders);

/// "the rank estimator (Gamboa et al. 2022)", and in how many classes of ranks where it takes them.
std::string rank_estimator_of(const Dataset& data, const Sample& sample);

/// The axis of such orders: the varied inputs and `dummy`.
Axis single_input_axis(const Dataset& data);

}  // namespace truce::analysis
