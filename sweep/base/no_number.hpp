// The number where there is none, in memory and in files.
#pragma once

#include <limits>

namespace truce {

inline constexpr double no_number = std::numeric_limits<double>::quiet_NaN();

}  // namespace truce
