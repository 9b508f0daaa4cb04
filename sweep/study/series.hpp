// The names under which outcomes get moments: what a study may ask for, and the columns that a result has.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "kernels/contract.hpp"

namespace truce {

/// A series is what gets moments: an outcome, or one meaning of a flag with more than two.
struct Series {
  std::string name;     ///< "war_months", "ending_settlement"
  std::size_t outcome;  ///< index into Kernel::outcomes
  int code = -1;        ///< indicator of this code; -1: the outcome itself
};
std::vector<Series> series_of(const Kernel& kernel);

/// Why nothing is stored under the name of an outcome or a curve, and what to name instead: "'ending' is stored as a
/// share of each of its results; name one of ..."; "" if it is a series, or nothing of the kernel.
std::string stored_as(const Kernel& kernel, std::string_view name);

/// Index into Kernel::outcomes; their number if there is none of that name.
std::size_t outcome_index(const Kernel& kernel, std::string_view name);

}  // namespace truce
