// The parts of an analysis that say which inputs an outcome depends on.
#pragma once

#include "analysis/parts.hpp"

namespace truce::analysis {

Part sobol_part();       ///< Sobol' indices of method = saltelli
Part morris_part();      ///< elementary effects of method = morris or saltelli
Part given_data_part();  ///< first-order indices of any design
Part regional_part();    ///< regional sensitivity of any design
Part failures_part();    ///< what makes runs fail

}  // namespace truce::analysis
