// Tables of answers as an HDF5 file, written and verified by the store.
#include <algorithm>

#include "analysis/answers/answers.hpp"
#include "sweep/base/error.hpp"
#include "sweep/base/no_number.hpp"
#include "sweep/store/file_kind.hpp"
#include "sweep/store/files.hpp"
#include "sweep/store/result.hpp"
#include "sweep/store/seal.hpp"

namespace truce::analysis {
namespace {

namespace fs = std::filesystem;

Dimension dimension_of(const Axis& axis) {
  std::vector<double> codes(axis.labels.size());
  std::string meanings;
  for (std::size_t i = 0; i < codes.size(); ++i) {
    codes[i] = static_cast<double>(i);
    std::string label = axis.labels[i];
    std::ranges::replace(label, ' ', ',');  // CF separates the meanings of flags by blanks
    meanings += (i == 0 ? "" : " ") + label;
  }
  return {axis.name,
          static_cast<std::int64_t>(axis.labels.size()),
          {},
          {{"long_name", axis.long_name}, {"flag_values", codes}, {"flag_meanings", meanings}}};
}

void add_table(Layout& layout, const AnswerTable& table) {
  std::vector<std::string> names;
  for (const Axis& axis : table.axes) {
    names.push_back(axis.name);
    const auto same = [&](const Dimension& dimension) { return dimension.name == axis.name; };
    const auto at = std::ranges::find_if(layout.dimensions, same);
    if (at == layout.dimensions.end()) {
      layout.dimensions.push_back(dimension_of(axis));
    } else if (at->attributes.back().value != dimension_of(axis).attributes.back().value) {
      throw Error(Exit::internal,
                  "two tables of an analysis give the axis " + axis.name + " other labels; please report this");
    }
  }
  for (const Answer& answer : table.answers) {
    if (answer.values.size() != table.size())
      throw Error(Exit::internal, table.name + "." + answer.name + " has " + std::to_string(answer.values.size()) +
                                      " values for " + std::to_string(table.size()) + " places; please report this");
    const std::size_t width = table.axes.empty() ? 1 : table.size() / table.axes.front().labels.size();
    Column column{answer.name, Type::f64, names, Origin::fixed, width, answer.values, {}};
    column.attributes = {{"units", answer.units}, {"long_name", answer.long_name}, {"table", table.name}};
    layout.columns.push_back(std::move(column));
  }
  layout.attributes.push_back({"table_" + table.name, table.summary});
}

std::string with_article(const std::string& kind) { return (kind == "analysis" ? "an " : "a ") + kind; }

/// What stands there: analysis, calibration or ledger; "" of any other file.
std::string kind_there(const fs::path& file) {
  try {
    return answers_kind(Result(file, analysis_file_type).attributes());
  } catch (const Error&) {
    return "";
  }
}

}  // namespace

void require_may_replace(const fs::path& file, const std::string& kind) {
  if (file.extension() == ".csv")
    throw Error(
        Exit::usage,
        file.string() + " would hold HDF5 (tables as CSV are written beside it); name a file that " + "ends in .h5");
  if (!fs::exists(file)) return;
  const std::string there = kind_there(file);
  if (there == kind) return;
  throw Error(Exit::usage, file.string() + " is there and is " +
                               (there.empty() ? "no " + kind + " of truce" : with_article(there)) +
                               " (it would be lost); move it away, or name another file with --out");
}

std::size_t AnswerTable::size() const {
  std::size_t places = 1;
  for (const Axis& axis : axes) places *= axis.labels.size();
  return places;
}

std::vector<double>& AnswerTable::add(std::string answer, std::string units, std::string long_name) {
  answers.push_back(
      {std::move(answer), std::move(units), std::move(long_name), std::vector<double>(size(), no_number)});
  return answers.back().values;
}

void write_answers(const fs::path& file, const std::vector<AnswerTable>& tables, std::vector<Attribute> attributes) {
  Layout layout;
  layout.attributes = {{"file_type", std::string(analysis_file_type)}};
  layout.attributes.insert(layout.attributes.end(), attributes.begin(), attributes.end());
  require_may_replace(file, answers_kind(layout.attributes));
  for (const AnswerTable& table : tables)
    if (table.size() > 0) add_table(layout, table);
  if (layout.dimensions.empty())
    throw Error(Exit::usage, file.string() +
                                 " would hold no answers (nothing applies to this result); see truce analyze "
                                 "--help for what each part needs");
  layout.row_dimension = layout.dimensions.front().name;
  layout.rows = layout.dimensions.front().size;
  const fs::path fresh = temporary_beside(file);
  fs::remove(fresh);
  write_result(fresh, layout, {});
  try {
    rename_into_place(fresh, file);
  } catch (...) {
    std::error_code ignored;
    fs::remove(fresh, ignored);
    throw;
  }
}

fs::path csv_path(const fs::path& analysis_file, const AnswerTable& table) {
  fs::path stem = analysis_file;
  return stem.replace_extension("." + table.name + ".csv");
}

}  // namespace truce::analysis
