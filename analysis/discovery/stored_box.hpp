// A box as an analysis file has it.
#pragma once

#include <string>
#include <vector>

#include "analysis/discovery/box.hpp"
#include "sweep/store/result.hpp"

namespace truce::analysis {

/// Which box of the part `prim`.
struct StoredCase {
  std::string outcome;          ///< name of a series
  std::string goal = "higher";  ///< or lower
  std::size_t policy = 0, number = 1;
};

/// Labels of a dimension of an analysis file; a blank in a label is a comma there. None if it has no such dimension.
std::vector<std::string> labels_of(const Result& analysis, const std::string& dimension);

/// The box, which is empty if none was found. `plan` is of the result that was analysed. Error(usage) if the file has
/// no boxes, or not of this outcome, policy or number.
Box stored_box(Result& analysis, const Plan& plan, const StoredCase& which);

/// What told_from_chance asks of the first box of the case; later ones, which have none of their own, stand on it. NaN
/// if there is none. Errors as of stored_box.
double stored_p_new(Result& analysis, StoredCase which);

}  // namespace truce::analysis
