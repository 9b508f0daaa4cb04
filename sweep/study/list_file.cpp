// Plain CSV: commas, one header line, numbers or names of choices; quotes around a cell and a byte-order mark are
// dropped.
#include "sweep/study/list_file.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

#include "sweep/base/sha256.hpp"
#include "sweep/study/marginal_parse.hpp"
#include "sweep/study/plan_parts.hpp"
#include "sweep/study/records.hpp"
#include "sweep/study/values.hpp"

namespace truce {
namespace {

constexpr int most_faults = Problems::most_told - 1;  // and the line that there are more

std::vector<std::string_view> cells_of(std::string_view line) {
  std::vector<std::string_view> cells;
  while (true) {
    const auto comma = line.find(',');
    std::string_view cell = trim(line.substr(0, comma));
    if (cell.size() >= 2 && cell.front() == '"' && cell.back() == '"') cell = trim(cell.substr(1, cell.size() - 2));
    cells.push_back(cell);
    if (comma == std::string_view::npos) return cells;
    line = line.substr(comma + 1);
  }
}

/// What a header without commas is separated by, "" if it has commas or one name alone.
std::string wrong_separator(std::string_view line) {
  if (line.find(',') != std::string_view::npos) return "";
  if (line.find(';') != std::string_view::npos) return "semicolons";
  return trim(line).find('\t') != std::string_view::npos ? "tabs" : "";
}

/// One reading of a file: the header first, then row after row.
class Table {
 public:
  Table(const std::string& shown, const Kernel& kernel, const std::vector<const Kernel*>& others, Problems& problems)
      : shown_(shown), kernel_(kernel), others_(others), problems_(problems) {}

  void read(std::string_view line) {
    ++number_;
    if (number_ == 1) return header(line);
    if (trim(line).empty()) {
      if (blank_ == 0) blank_ = number_;
      return;
    }
    if (blank_ != 0) {
      fault(blank_, "", "is empty (a row is a point); delete the line");
      blank_ = 0;
    }
    if (bad_header_) return;
    row(line);
  }

  /// Columns put into declaration order.
  ListData finish() {
    if (rows_ == 0 && faults_ == 0) {
      problems_.add(shown_, "has no row below its header (a list needs at least one point); add rows");
    }
    std::vector<std::size_t> columns;
    for (const std::size_t column : columns_)
      if (column != others_column) columns.push_back(column);
    std::vector<std::size_t> order(columns.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return columns[a] < columns[b]; });
    ListData data;
    data.rows = rows_;
    data.values.reserve(values_.size());
    for (const std::size_t c : order) data.inputs.push_back(columns[c]);
    for (std::size_t first = 0; first < values_.size(); first += columns.size()) {
      for (const std::size_t c : order) data.values.push_back(values_[first + c]);
    }
    return data;
  }

 private:
  void fault(std::size_t line, const std::string& name, const std::string& text) {
    ++faults_;
    const std::string place = shown_ + ":" + std::to_string(line) + (name.empty() ? "" : ": " + name);
    if (faults_ <= most_faults) problems_.add(place, text);
    if (faults_ == most_faults + 1)
      problems_.add(shown_,
                    "has further faults (only " + std::to_string(most_faults) + " are shown); mend these first");
  }

  void header(std::string_view line) {
    const int faults_before = faults_;
    const std::string separator = wrong_separator(line);
    if (!separator.empty()) {
      bad_header_ = true;
      return fault(1, "",
                   "is separated by " + separator + " (a list is comma-separated); use commas, and a point in " +
                       "decimal numbers");
    }
    const std::vector<std::string> names = all_inputs();
    std::vector<std::string_view> seen;
    std::size_t column = 0;
    for (const auto cell : cells_of(line)) {
      const auto found = std::find(names.begin(), names.end(), cell);
      const auto index = static_cast<std::size_t>(found - names.begin());
      ++column;
      if (cell.empty()) {
        fault(1, "column " + std::to_string(column), "has no name (is a comma too many?); name an input or delete it");
      } else if (found == names.end()) {
        fault(1, std::string(cell),
              "not an input of " +
                  any_of_kernels(others_.empty() ? KernelList{&kernel_} : others_, "the header names inputs; ") +
                  suggestion(cell, names));
      } else if (std::find(seen.begin(), seen.end(), cell) != seen.end()) {
        fault(1, std::string(cell), "named by two columns (they could differ); delete one of the two");
      } else {
        seen.push_back(cell);
        columns_.push_back(index < kernel_.inputs.size() ? index : others_column);
      }
    }
    bad_header_ = faults_ != faults_before;
  }

  void row(std::string_view line) {
    ++rows_;
    const auto cells = cells_of(line);
    if (cells.size() == columns_.size() + 1 && cells.back().empty()) {
      return fault(number_, "", "ends with a comma (an empty value beyond the last column); delete the comma");
    }
    if (cells.size() != columns_.size()) {
      return fault(number_, "",
                   "has " + std::to_string(cells.size()) + " values (the header names " +
                       std::to_string(columns_.size()) + " inputs); give one value a column");
    }
    for (std::size_t c = 0; c < cells.size(); ++c) {
      if (columns_[c] == others_column) continue;
      const Input& input = kernel_.inputs[columns_[c]];
      try {
        if (cells[c].empty()) throw Error(Exit::usage, "has no value (nothing is assumed); give one");
        values_.push_back(parse_level(input, cells[c]));
      } catch (const Error& error) {
        fault(number_, std::string(input.name), error.what());
        values_.push_back(0);
      }
    }
  }

  /// Those of this kernel first, so that their places are its indices.
  std::vector<std::string> all_inputs() const {
    std::vector<std::string> names = input_names(kernel_);
    for (const Kernel* other : others_)
      for (auto& name : input_names(*other))
        if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
    return names;
  }

  static constexpr std::size_t others_column = std::numeric_limits<std::size_t>::max();
  const std::string& shown_;
  const Kernel& kernel_;
  const std::vector<const Kernel*>& others_;
  Problems& problems_;
  std::vector<std::size_t> columns_;  ///< of each column the index of its input, or others_column
  std::vector<double> values_;
  std::size_t number_ = 0;
  std::size_t blank_ = 0;  ///< an empty line that is a fault only if a row follows
  std::int64_t rows_ = 0;
  int faults_ = 0;
  bool bad_header_ = false;
};

}  // namespace

ListData parse_list(std::string_view text, const std::string& shown, const Kernel& kernel, Problems& problems,
                    const std::vector<const Kernel*>& others) {
  constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";  // spreadsheets write one
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  if (has_mac_line_ends(text)) {
    problems.add(shown, "ends its lines with CR alone (all would be one line); save it with Unix or Windows line ends");
    return {};
  }
  if (trim(text).empty()) {
    problems.add(shown, "is empty (a list needs a header and rows); name the inputs in its first line");
    return {};
  }
  Table table(shown, kernel, others, problems);
  while (!text.empty()) {
    const auto end = text.find('\n');
    table.read(text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  }
  return table.finish();
}

std::string list_hash(const Kernel& kernel, const std::vector<std::size_t>& inputs, const std::vector<double>& values) {
  Sha256 hash;
  for (const std::size_t input : inputs) {
    hash.update(kernel.inputs[input].name);
    hash.update(std::string_view(",", 1));
  }
  hash.update(std::as_bytes(std::span(values)));
  return hex(hash.digest());
}

}  // namespace truce
