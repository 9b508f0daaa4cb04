// The runs of a sealed result with `rows = run`, for the same study with more replicates: they are not run again.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "sweep/run/open_result.hpp"
#include "sweep/study/plan.hpp"

namespace truce {

class KnownRuns {
 public:
  /// `plan`, which must outlive this, has the row_id of the result, and more replicates.
  KnownRuns(const std::string& file, const Plan& plan);
  /// The result has fewer replicates than the plan.
  bool are_fewer() const { return opened_.plan().replicates < plan_.replicates; }
  /// Of a unit of `plan` so many replicates, its first ones, are known.
  std::uint32_t count(std::int64_t unit) const;
  /// Of a range of units so many runs, of all siblings.
  std::int64_t runs(Range units) const;
  /// What they gave for one sibling: outcomes [replicate][outcome], failed [replicate]. Fast where units come in
  /// order. Throws Error(corrupt).
  void copy(std::int64_t unit, std::int64_t policy, int member, std::span<double> outcomes,
            std::span<std::uint8_t> failed);

 private:
  std::int64_t replicates_before(std::int64_t unit) const;
  void load(std::int64_t unit);
  OpenResult opened_;
  const Plan& plan_;
  std::vector<std::size_t> variables_;        ///< the outcomes, then the status
  std::int64_t loaded_ = -1;                  ///< unit
  std::vector<std::vector<double>> columns_;  ///< of that unit: [variable][run]
};

/// None if `file` is "" or has nothing that this is for: rows of points, or as many replicates as `plan`.
std::unique_ptr<KnownRuns> known_runs(const std::string& file, const Plan& plan);

}  // namespace truce
