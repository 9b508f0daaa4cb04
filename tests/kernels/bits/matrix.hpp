// Kernels in every width, compiled with every set of flags: the matrix whose cells must all give the same bits.
#pragma once

#include <span>
#include <string_view>

#include "kernels/contract.hpp"

namespace truce::testing {

/// One kernel in one number type. `prepare` is missing: points are prepared by plain code.
struct Cell {
  Code code;
  int registers = 1;  ///< numbers that a number consists of; each has code.lanes / registers lanes
};

inline constexpr int most_cells = 16;

/// One kernel with one set of compiler flags.
struct MatrixRow {
  std::string_view kernel, instruction_set;
  std::string_view flags;      ///< the instruction set and the level of optimisation
  Cell* (*write)(Cell* into);  ///< behind the last cell written; only for processors with the instruction set
};

/// All rows of this build (generated list).
std::span<const MatrixRow> matrix();

}  // namespace truce::testing
