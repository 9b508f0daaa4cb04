// The points of method = list: a CSV file whose header names inputs and whose rows are points.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "kernels/contract.hpp"
#include "sweep/base/error.hpp"

namespace truce {

/// Columns in the kernel's declaration order, whatever the order in the file.
struct ListData {
  std::vector<std::size_t> inputs;  ///< of each column: its index in the kernel
  std::vector<double> values;       ///< [row][column], row-major; choices as codes
  std::int64_t rows = 0;
};

/// Gives the list's values, [base point][column], for these columns; used where the CSV file is not at hand. `member`
/// is the one of each base point that has the values of the list, 0 unless a pair switches them off there.
using ListReader = std::function<std::vector<double>(const std::vector<std::string>& columns, int member)>;

/// Reads CSV text; `shown` names it in faults, which go to `problems` as "shown:line" (at most 20 of them). Columns
/// that `kernel` does not declare but one of `others` does are left out.
ListData parse_list(std::string_view text, const std::string& shown, const Kernel& kernel, Problems& problems,
                    const std::vector<const Kernel*>& others = {});

/// SHA-256 (hex) over column names and values: what of a list decides bytes.
std::string list_hash(const Kernel& kernel, const std::vector<std::size_t>& inputs, const std::vector<double>& values);

}  // namespace truce
