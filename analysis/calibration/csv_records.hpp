// CSV (RFC 4180) with a header line, as records that know their columns by name.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace truce::analysis {

/// One line below the header: cell by column name, quotes taken off.
using CsvRecord = std::map<std::string, std::string>;

/// Throws Error(internal) naming `shown` and the line where the number of cells is not that of the header.
std::vector<CsvRecord> csv_records(std::string_view text, const std::string& shown);

}  // namespace truce::analysis
