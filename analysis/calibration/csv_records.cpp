// One pass over the characters: inside quotes a comma and a line's end are text.
#include "analysis/calibration/csv_records.hpp"

#include "sweep/base/error.hpp"

namespace truce::analysis {
namespace {

std::vector<std::vector<std::string>> lines_of(std::string_view text) {
  std::vector<std::vector<std::string>> lines;
  std::vector<std::string> cells(1);
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted && c == '"' && i + 1 < text.size() && text[i + 1] == '"') {
      cells.back() += text[++i];
    } else if (c == '"') {
      quoted = !quoted;
    } else if (!quoted && c == ',') {
      cells.emplace_back();
    } else if (!quoted && c == '\n') {
      lines.push_back(std::move(cells));
      cells.assign(1, {});
    } else if (c != '\r') {
      cells.back() += c;
    }
  }
  if (cells.size() > 1 || !cells.front().empty()) lines.push_back(std::move(cells));
  return lines;
}

}  // namespace

std::vector<CsvRecord> csv_records(std::string_view text, const std::string& shown) {
  const auto lines = lines_of(text);
  std::vector<CsvRecord> records;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    if (lines[i].size() != lines[0].size())
      throw Error(Exit::internal, shown + ":" + std::to_string(i + 1) + ": " + std::to_string(lines[i].size()) +
                                      " cells (the header has " + std::to_string(lines[0].size()) +
                                      "); quote cells that hold a comma");
    CsvRecord& record = records.emplace_back();
    for (std::size_t c = 0; c < lines[0].size(); ++c) record[lines[0][c]] = lines[i][c];
  }
  return records;
}

}  // namespace truce::analysis
